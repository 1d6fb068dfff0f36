"""The rule ``count-limits``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.beside import Beside
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.parameters.amount import Count
from guidelint.validation.rule.parameters.bound import REGIONS, Lower, Upper
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.rule.wording import counted, miscounted
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.object import Mark, mark_of
from guidelint.validation.scopes.patient import PATIENT
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.study import STUDY
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.scope import Scope, Share


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted of one submission; of most, nothing."""

    marks: tuple[Mark, ...]


def _nameless(found: Sequence[Mark]) -> str:
    """Say how many are counted each since nothing joins them."""
    count = sum(not mark.object_name for mark in found)
    return f", {count} of them without an object name" if count else ""


def _read(
    *names: str,
    patient: str | None = "P-1",
    study: str | None = "1.1",
    series: str | None = "1.2",
    task: str = "1",
) -> Handed:
    """Hand in one slice of a patient with the objects that it names, `-` for one without a name."""
    drawn = tuple(Drawn(text="#", object_name=None if name == "-" else name) for name in names)
    image = ImageFacts(spacing=ONE_MM, series_uid=series, patient=patient, study_uid=study)
    return Handed(draws=drawn, task=task, image=image)


class CountLimits(SubmissionRule, GatheringRule[Counted]):
    """The number of regions of a class on one image, or of objects of a series, study or patient, lies within limits.

    ## Why
    Some structures are there exactly once; some protocols stop counting at a number. More than that is a slip or a
    duplicate, less is a forgotten one.

    ## How it is measured
    Regions of the classes on the image are counted together; excluded areas are not regions of their own. In a task of
    several images each is counted by itself.

    Per series, study and patient, objects are counted, over all images that one annotator has read: regions of one
    class that bear one object name are one object, on whatever slice, series or study they lie. So what differs needs
    names that differ. A region without an object name counts as an object of its own, on every slice anew; the message
    says how many there are of them. Series, study and patient are known by Series Instance UID (0020,000E), Study
    Instance UID (0020,000D) and Patient ID (0010,0020), or by what stands for them under the keys that `images: keys:`
    names; where that is not known, nothing can be told.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026) measures at most 5 target lesions per patient.
    """

    classes: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    """Classes counted together; none: all."""
    title: Annotated[Words, Beside(), From("classes.*.title", "joined", fills_in=True)] = ""
    """What is counted, as annotators see it."""
    min: Annotated[Count, Lower(REGIONS), From("classes.*.count.min")] | None = None
    """Fewest regions on one image, or fewest objects."""
    max: Annotated[Count, Upper(REGIONS), From("classes.*.count.max")] | None = None
    """Most regions on one image, or most objects."""
    per: Literal["image", "series", "study", "patient"] = "image"
    """Over what they are counted: one image, one series, one study, or one patient with all studies."""

    contribution = Counted
    follows = "classes.*.count"
    needs = frozenset({"separate objects"})
    says = {
        "too-few": Says(
            "on this image {marked}; at least {limit} is asked for", "Look for what is missing and mark it."
        ),
        "too-many": Says(
            "on this image {marked}; no more than {limit} may be",
            "Delete what is marked twice, and what does not belong to it.",
        ),
        "any": Says("on this image {marked}; none may be", "Delete it, or choose another class for it."),
        "too-few-over": Says(
            "{marked}; at least {limit} is asked for",
            "Look on all images for what is missing and mark it.",
            of_absence=True,
        ),
        "too-many-over": Says(
            "{marked}; no more than {limit} may be",
            "Delete what does not belong to it; give the regions of one object one object name, that they count once.",
        ),
        "any-over": Says("{marked}; none may be", "Delete it, or choose another class for it."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self._one.capitalize()} has {counted(self.min, self.max, self._things(names))}{self._together}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self._one} has {miscounted(self.min, self.max, self._things(names))}{self._together}"

    @property
    def _one(self) -> str:
        return "an image" if self.per == "image" else f"a {self.per}"

    @property
    def _together(self) -> str:
        return "" if self.per == "image" else ", where regions with one object name count once"

    def _things(self, names: Names) -> tuple[str, str]:
        """Name what is counted, as one and as several."""
        called = titled(self.title) if {"title"} & self.model_fields_set else ""
        classes = self.classes or names.concerned
        kinds = names.kinds(classes) if classes else ""
        together = ", counted together" if classes[1:] else ""
        of = f" of {': '.join(filter(None, dict.fromkeys((called, kinds))))}{together}" if called or kinds else ""
        return f"{self._thing}{of}", f"{self._thing}s{of}"

    @property
    def _thing(self) -> str:
        return "region" if self.per == "image" else "object"

    def over(self) -> Scope | None:
        """Gather over what is counted over; an image by itself needs no others."""
        return {"image": None, "series": SERIES, "study": STUDY, "patient": PATIENT}[self.per]

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count on each image and compare."""
        if self.per == "image":
            for on_image in submission.by_item(filter(self._counts, submission.regions)):
                yield from self._compare("", on_image, self._marked(len(on_image)))

    def gather(self, share: Share) -> Iterator[Gathered[Counted]]:
        """Contribute what is counted; nothing counts as well, where a least number is asked for."""
        yield Gathered(Counted(tuple(mark_of(one, share.submission) for one in filter(self._counts, share.regions))))

    def check_gathered(self, contributions: Sequence[Contributed[Counted]]) -> Iterator[Departure]:
        """Count objects and compare."""
        if None in {one.annotator for one in contributions}:
            raise NotMeasurable(NO_ANNOTATOR)
        objects: dict[tuple[str | None, ...], Mark] = {}
        for mark in (mark for one in contributions for mark in one.value.marks):
            objects.setdefault((mark.class_name, mark.object_name) if mark.object_name else mark.key(), mark)
        found = tuple(objects.values())
        marked = f"of this {self.per} {self._marked(len(found))}{_nameless(found)}"
        for departure in self._compare("-over", found, marked):
            yield self._of_each(departure, objects)

    def _of_each(self, departure: Departure, objects: Mapping[tuple[str | None, ...], Mark]) -> Departure:
        """Let each object count by itself where there are too many of them; of too few, the number tells all."""
        several = Several()
        for key, mark in objects.items():
            several.add(mark, of="\x1f".join(part or "" for part in key))
        members = several.members if self.max is not None and several.count > self.max else b""
        return replace(departure, regions=several.refs, about="", count=several.count, members=members)

    def _counts(self, region: Region) -> bool:
        return not self.classes or region.class_name in self.classes

    def _compare(self, over: str, found: Sequence[Region | Mark], marked: str) -> Iterator[Departure]:
        if (broken := self._broken(len(found))) is not None:
            kind, limit = broken
            yield self.departs(f"{kind}{over}", *found, count=len(found), marked=marked, limit=limit)

    def _broken(self, count: int) -> tuple[str, int] | None:
        """Tell how a number departs, and from which limit, if it does."""
        if self.min is not None and count < self.min:
            return "too-few", self.min
        if self.max is not None and count > self.max:
            return "too-many" if self.max else "any", self.max
        return None

    def _marked(self, count: int) -> str:
        verb, kind = "are" if count > 1 else "is", f" as {self.title}" if self.title else ""
        return f"{count or 'no'} {self._thing}{'s' * (count > 1)} {verb} marked{kind}"

    cases = (
        Case("as many as asked for", {"min": 1, "max": 1}, "#"),
        Case(
            "one too few",
            {"min": 1, "title": "Optic disc"},
            "",
            finds="on this image no region is marked as Optic disc; at least 1 is asked for",
        ),
        Case(
            "one too many",
            {"max": 1, "title": "Optic disc"},
            (Drawn(text="#.."), Drawn(text="..#")),
            finds="on this image 2 regions are marked as Optic disc; no more than 1 may be",
        ),
        Case(
            "where none is asked for",
            {"max": 0, "title": "Optic disc"},
            "#",
            finds="on this image 1 region is marked as Optic disc; none may be",
        ),
        Case("no region where one is asked for", {"min": 1}, "", finds="on this image no region is marked; at least 1"),
        Case("one region of two", {"min": 2}, "#", finds="on this image 1 region is marked; at least 2"),
        Case(
            "one on each of two images",
            {"min": 1, "max": 1},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
        ),
        Case(
            "two on one of two images",
            {"min": 1, "max": 1},
            (Drawn(text="#..", item_index=0), Drawn(text="..#", item_index=0), Drawn(text="#", item_index=1)),
            finds="on this image 2 regions are marked; no more than 1 may be",
        ),
        Case(
            "another class does not count",
            {"max": 1, "classes": ["lesion"]},
            (Drawn(text="#.."), Drawn(text="..#", class_name="cyst")),
        ),
        Case(
            "two classes counted together",
            {"max": 1, "classes": ["lesion", "cyst"]},
            (Drawn(text="#.."), Drawn(text="..#", class_name="cyst")),
            finds="2 regions are marked",
        ),
        Case(
            "as many objects of a patient as may be", {"max": 2, "per": "patient"}, (_read("1"), _read("2", task="2"))
        ),
        Case(
            "one object more than a patient may have, over two series",
            {"max": 2, "per": "patient", "title": "Target lesion"},
            (_read("1"), _read("2", series="1.3", task="2"), _read("3", series="1.3", task="3")),
            finds="of this patient 3 objects are marked as Target lesion; no more than 2 may be",
        ),
        Case(
            "one object on several slices counts once",
            {"max": 1, "per": "patient"},
            (_read("1"), _read("1", task="2"), _read("1", series="1.3", task="3")),
        ),
        Case(
            "regions without an object name count each",
            {"max": 2, "per": "patient"},
            (_read("1", "-"), _read("-", task="2")),
            finds="of this patient 3 objects are marked, 2 of them without an object name; no more than 2",
        ),
        Case(
            "one region without an object name",
            {"max": 1, "per": "series"},
            (_read("1"), _read("-", task="2")),
            finds="of this series 2 objects are marked, 1 of them without an object name; no more than 1",
        ),
        Case(
            "each patient by itself",
            {"max": 1, "per": "patient"},
            (_read("1"), _read("2", patient="P-2", task="2")),
        ),
        Case(
            "each series by itself",
            {"max": 1, "per": "series"},
            (_read("1"), _read("2", series="1.3", task="2")),
        ),
        Case(
            "one object more than a series may have",
            {"max": 1, "per": "series"},
            (_read("1"), _read("2", task="2")),
            finds="of this series 2 objects are marked; no more than 1 may be",
        ),
        Case(
            "each study of a patient by itself",
            {"max": 1, "per": "study"},
            (_read("1"), _read("2", study="1.5", task="2")),
        ),
        Case(
            "one object more than a study may have, over two series",
            {"max": 1, "per": "study"},
            (_read("1"), _read("2", series="1.3", task="2")),
            finds="of this study 2 objects are marked; no more than 1 may be",
        ),
        Case(
            "no object of a patient where one is asked for",
            {"min": 1, "per": "patient", "title": "Target lesion"},
            (_read(), _read(task="2")),
            finds="of this patient no object is marked as Target lesion; at least 1 is asked for",
        ),
        Case(
            "one object of a patient where one is asked for",
            {"min": 1, "per": "patient"},
            (_read(), _read("1", task="2"), _read(task="3")),
        ),
        Case(
            "an object where a patient is to have none",
            {"max": 0, "per": "patient"},
            (_read("1"),),
            finds="of this patient 1 object is marked; none may be",
        ),
        Case(
            "objects of two classes may bear one name",
            {"max": 1, "per": "patient"},
            (
                _read("1"),
                Handed(
                    draws=Drawn(text="#", class_name="cyst", object_name="1"),
                    task="2",
                    image=ImageFacts(spacing=ONE_MM, patient="P-1"),
                ),
            ),
            finds="of this patient 2 objects are marked; no more than 1",
        ),
        Case(
            "whose image it is, is not known",
            {"max": 1, "per": "patient"},
            (_read("1", patient=None),),
            cannot="the patient of the image is not known: the task data do not say; deliver Patient ID (0010,0020)",
        ),
        Case(
            "objects of nobody",
            {"max": 1, "per": "patient"},
            (Handed(draws="#", annotator=None, image=ImageFacts(spacing=ONE_MM, patient="P-1")),),
            cannot="the annotation does not say who made it",
        ),
        Case(
            "which study it is, is not known",
            {"max": 1, "per": "study"},
            (_read("1", study=None),),
            cannot="the study of the image is not known: the task data do not say; deliver Study Instance UID",
        ),
        Case(
            "which series it is, is not known",
            {"max": 1, "per": "series"},
            (_read("1", series=None),),
            cannot="the series of the image is not known: the task data do not say; deliver Series Instance UID",
        ),
    )
