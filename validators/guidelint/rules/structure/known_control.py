"""The rule ``known-control``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.submission import Submission, UnknownItem
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.parameters.free_text import ControlName, Words
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.spelling import hint, quoted
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.reply import Departure


AGAIN = "Reload the page; delete what is still there and mark or answer it again. If it was imported, tell who did."


class KnownControl(SubmissionRule):
    """Every item of the result comes from a control of the guideline.

    ## Why
    Label Studio stores whatever a script or an outdated page sends, with the status 201. Such an item is invisible in
    the editor and missing in every count.

    ## How it is measured
    The names under ``from_name``, ``to_name`` and ``type`` are compared with the controls of the compiled labeling
    config and with the aliases that the guideline declares.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    controls: Annotated[
        tuple[ControlName, ...],
        Beside(),
        From("names.controls", given="`draw:` of each class, `attributes:` and `control_aliases:`"),
    ] = ()
    """Names of the controls that the guideline has, and their aliases."""

    titles: Annotated[
        dict[ControlName, Words],
        Beside(),
        From("attributes.*.title", by="names.attributes.*.controls", given="the titles of the questions"),
    ] = {}
    """Questions as annotators see them: control → title."""

    images: Annotated[
        dict[ControlName, Words], Beside(), UnlessEmpty(), From("names.image_titles", given="`images: of_task:`")
    ] = {}
    """Images of the task, where they are named: name or alias → title."""

    always = True
    fixed_because = "an item that no rule has judged would be accepted"
    needs = frozenset({"controls"})
    says = {
        "unknown": Says(
            "a mark or an answer was made with {control}, which the guideline does not have (stored as {type} of "
            "{target}, id {item})",
            AGAIN,
            "Declare the name in the guideline: a drawing control under `control_aliases`, a question among its "
            "`aliases`. What means nothing there is taken out of the file.",
        ),
        "other-form": Says(
            "a mark or an answer was made with {control} in another way than the guideline has it (stored as {type} of "
            "{target}, id {item})",
            AGAIN,
            "Correct the program that wrote it: the type of the item is another one than the guideline's.",
        ),
        "other-image": Says(
            "a mark or an answer made with {control} lies on an image that the guideline does not have (stored as "
            "{type} of {target}, id {item}); it has {images}",
            AGAIN,
            "Correct the program that wrote it: under `to_name` stands the name that an image has in the guideline, "
            "under `images: of_task:`.",
        ),
        "resembles": Says(
            "a mark or an answer was made with {control}, which the guideline does not have: {hint} (stored as "
            "{type} of {target}, id {item})",
            AGAIN,
            "Correct the name where it is written, or declare it as an alias in the guideline.",
        ),
    }

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report every unknown item."""
        yield from map(self._unknown, submission.unknown_items)

    def _unknown(self, item: UnknownItem) -> Departure:
        likely = hint(item.control, self.controls, self.titles)
        control = self.titles.get(item.control, item.control)
        return self.departs(
            self._kind(item, likely),
            item=item.id or "none",
            control=quoted(control) if control else "something without a name",
            target=item.to_name or "nothing",
            type=item.delivered_type or "no type",
            hint=likely,
            images=", ".join(dict.fromkeys(self.images.values())),
        )

    def _kind(self, item: UnknownItem, likely: str) -> str:
        if self.images and item.to_name not in self.images:
            return "other-image"
        if item.control in self.controls:
            return "other-form"
        return "resembles" if likely else "unknown"

    cases = (
        Case("every item is known", {}, "##"),
        Case(
            "a control of another project",
            {},
            "##",
            finds="“bbox”, which the guideline does not have (stored as rectanglelabels of image, id a1)",
            unknown_items=(UnknownItem("a1", "bbox", "image", "rectanglelabels"),),
        ),
        Case(
            "a name that differs by capitals",
            {"controls": ["rectangle", "malignancy"]},
            "",
            finds="“Rectangle”, which the guideline does not have: it differs from “rectangle” only by capitals "
            "(stored",
            unknown_items=(UnknownItem("a1", "Rectangle", "image", "rectanglelabels"),),
        ),
        Case(
            "a known name that draws something else",
            {"controls": ["rectangle"]},
            "",
            finds="“rectangle” in another way than the guideline has it (stored as polygonlabels of image",
            unknown_items=(UnknownItem("a1", "rectangle", "image", "polygonlabels"),),
        ),
        Case(
            "a question whose answer has another form",
            {"controls": ["malignancy"], "titles": {"malignancy": "How malignant?"}},
            "",
            finds="“How malignant?” in another way than the guideline has it (stored as rating of image",
            unknown_items=(UnknownItem("a1", "malignancy", "image", "rating"),),
        ),
        Case(
            "an image that the task does not have",
            {"controls": ["brush_flair"], "images": {"t1": "T1", "flair": "FLAIR"}},
            "",
            finds="“brush_flair” lies on an image that the guideline does not have (stored as brushlabels of dwi, id "
            "a1); it has T1, FLAIR",
            unknown_items=(UnknownItem("a1", "brush_flair", "dwi", "brushlabels"),),
        ),
        Case(
            "a control that an image of the task does not have",
            {"controls": ["motion_flair"], "images": {"t1": "T1", "flair": "FLAIR"}},
            "",
            finds="“motion”, which the guideline does not have",
            unknown_items=(UnknownItem("a1", "motion", "t1", "choices"),),
        ),
        Case(
            "each unknown item is named",
            {},
            "",
            finds="which the guideline does not have",
            times=2,
            unknown_items=(
                UnknownItem("a1", "bbox", "image", "rectanglelabels"),
                UnknownItem("a2", "bbox", "image", "rectanglelabels"),
            ),
        ),
    )
