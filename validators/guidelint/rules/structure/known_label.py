"""The rule ``known-label``."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.free_text import Spelling, Words
from guidelint.validation.rule.parameters.naming import Classes, ClassName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.spelling import hint, quoted
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure


class KnownLabel(RegionRule):
    """The label of a region is a class of the guideline.

    ## Why
    A label that the guideline does not define means something else to everyone who reads it, and no rule about its
    class is applied.

    ## How it is measured
    The delivered labels are compared with the keys, titles and aliases of all classes, letter by letter. Where one
    differs only by a space, by capitals, by an accent that is stored in another way, or by the encoding that it was
    read in, that is said; a label is never taken for another one. A region that carries two labels must not mean two
    classes, unless the guideline lets these stand together on one region: it is judged as a region of each then. Of
    three or more classes, every two must be such.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    classes: Annotated[
        dict[Spelling, ClassName],
        Beside(),
        From("classes.*", "name", by="names.classes.*.labels", given="the names, titles and aliases of the classes"),
    ] = {}
    """Every label that the guideline knows → the class it means."""
    titles: Annotated[dict[ClassName, Words], Beside(), From("classes.*.title", given="the titles of the classes")] = {}
    """The classes as annotators see them: class → title."""
    together: Annotated[dict[ClassName, Classes], UnlessEmpty(), From("classes.*.together_with")] = {}
    """Classes that one region may be of: class → others; what one says of another holds for both."""

    always = True
    follows = "names.classes"
    fixed_because = "a region that means no class, or two, would be accepted without the rules of its class"
    says = {
        "unknown": Says(
            "the label {label} is not in the guideline",
            "Choose a class for it.",
            "Choose a class of the guideline. If the label is an older name of one, declare it as an alias.",
        ),
        "resembles": Says(
            "the label {label} is not in the guideline: {hint}",
            "Choose the class that is meant.",
            "Correct the label where it is written, or declare it as an alias of the class that is meant.",
        ),
        "several": Says(
            "the labels mean {count} classes: {shown}", "Keep the label that fits, and take the others off."
        ),
        "not-together": Says(
            "the labels mean {count} classes: {shown}. {apart} do not stand together on one region",
            "Keep the labels that may stand together, and draw a region of its own for what else is there.",
        ),
    }

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out regions of one label, which means a class."""
        return (region for region in regions if len(region.labels) != 1 or region.labels[0] not in self.classes)

    def check(self, region: Region) -> Iterator[Departure]:
        """Report labels that mean no class, or several."""
        for label in region.labels:
            if self._is_unknown(label, region):
                yield self._unknown(label)
        meant = sorted({self.classes[label] for label in region.labels if label in self.classes})
        apart = [pair for pair in combinations(meant, 2) if not self._may_stand(*pair)]
        if apart:
            labels, shown = ", ".join(region.labels), ", ".join(map(self._title, meant))
            if self.together:
                of_two = both(map(self._title, apart[0]))
                yield self.departs("not-together", count=len(meant), labels=labels, shown=shown, apart=of_two)
            else:
                yield self.departs("several", count=len(meant), labels=labels, shown=shown)

    def _may_stand(self, one: str, other: str) -> bool:
        return other in self.together.get(one, ()) or one in self.together.get(other, ())

    def _title(self, name: str) -> str:
        return self.titles.get(name, name)

    def _unknown(self, label: str) -> Departure:
        if likely := hint(label, self.classes, self.titles):
            return self.departs("resembles", label=quoted(label), hint=likely)
        return self.departs("unknown", label=quoted(label))

    def _is_unknown(self, label: str, region: Region) -> bool:
        return label not in self.classes if self.classes else region.class_name is None

    cases = (
        Case("a class of the guideline", {}, "##"),
        Case(
            "a label that nobody defined",
            {},
            Drawn(text="##", class_name=None, labels=("Lesion?",)),
            finds="the label “Lesion?” is not in the guideline",
        ),
        Case(
            "a known label beside one that nobody defined",
            {"classes": {"lesion": "lesion"}},
            Drawn(text="##", labels=("lesion", "Tumor")),
            finds="the label “Tumor” is not in the guideline",
        ),
        Case(
            "a space too many",
            {"classes": {"lesion": "lesion"}},
            Drawn(text="##", class_name=None, labels=("lesion ",)),
            finds="the label “lesion ” is not in the guideline: it differs from “lesion” only by a space",
        ),
        Case(
            "capitals",
            {"classes": {"lesion": "lesion", "Lesion": "lesion"}},
            Drawn(text="##", class_name=None, labels=("LESION",)),
            finds="it differs from “Lesion” only by capitals",
        ),
        Case(
            "a text read in the wrong encoding",
            {"classes": {"Läsion": "lesion"}},
            Drawn(text="##", class_name=None, labels=("LÃ¤sion",)),
            finds="it is “Läsion”, read in the wrong encoding (UTF-8 taken for Latin-1)",
        ),
        Case(
            "a slip of the keyboard",
            {"classes": {"lesion": "lesion", "cyst": "cyst"}},
            Drawn(text="##", class_name=None, labels=("leison",)),
            finds="perhaps “lesion” is meant",
        ),
        Case(
            "nearly the name of a class, which people know by its title",
            {"classes": {"lesion": "lesion", "Herd": "lesion"}, "titles": {"lesion": "Herd"}},
            Drawn(text="##", class_name=None, labels=("lesion ",)),
            finds="the label “lesion ” is not in the guideline: it differs from a name of “Herd” only by a space",
        ),
        Case(
            "two labels that nobody defined",
            {"classes": {"lesion": "lesion"}},
            Drawn(text="##", class_name=None, labels=("Tumor", "Node")),
            finds="is not in the guideline",
            times=2,
        ),
        Case(
            "two labels, two classes",
            {"classes": {"lesion": "lesion", "cyst": "cyst"}, "titles": {"lesion": "Lesion"}},
            Drawn(text="##", labels=("lesion", "cyst")),
            finds="the labels mean 2 classes: cyst, Lesion",
        ),
        Case(
            "two labels, two classes that may stand together",
            {"classes": {"lesion": "lesion", "cyst": "cyst"}, "together": {"lesion": ["cyst"]}},
            Drawn(text="##", labels=("lesion", "cyst")),
        ),
        Case(
            "two classes that may stand together, as the other one says",
            {"classes": {"lesion": "lesion", "cyst": "cyst"}, "together": {"cyst": ["lesion"]}},
            Drawn(text="##", labels=("lesion", "cyst")),
        ),
        Case(
            "a third class, which stands with neither of the others",
            {
                "classes": {"lesion": "lesion", "cyst": "cyst", "scar": "scar"},
                "titles": {"lesion": "Lesion"},
                "together": {"lesion": ["cyst"]},
            },
            Drawn(text="##", labels=("lesion", "cyst", "scar")),
            finds="the labels mean 3 classes: cyst, Lesion, scar. cyst and scar do not stand together on one region",
        ),
        Case(
            "two labels of one class",
            {"classes": {"lesion": "lesion", "Lesion": "lesion"}},
            Drawn(text="##", labels=("lesion", "Lesion")),
        ),
        Case("no label at all is another rule's matter", {}, Drawn(text="##", class_name=None, labels=())),
    )
