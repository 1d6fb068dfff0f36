"""The rule ``same-objects-on-images``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import Classes, Concerned, ImageName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.object import NOT_JOINED
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names

UNTOLD = "the annotation does not say on which of the images of the task it is drawn"
PLANES = {"sagittal": "Sagittal", "transverse": "Transverse", "scout": "Scout"}


class SameObjectsOnImages(SubmissionRule):
    """An object is marked on each of several images of a task, under one name.

    ## Why
    A nodule is measured in two planes, a tumour outlined on two sequences. One that is marked in one plane alone, or
    under another name in the other, has half of its diameters.

    ## How it is measured
    What bears one name and one class is one object. Where it is marked on one of the named images, it must be marked on
    each of them. What is marked on none of them is not asked for, nor is it counted how often it is marked on one. A
    region without an object name joins nothing, and cannot be evaluated.

    ## Source
    ACR TI-RADS measures a thyroid nodule in two planes (Tessler et al. 2017, doi 10.1016/j.jacr.2017.01.046).
    """

    classes: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    """Classes that it concerns; none: all."""
    images: Annotated[tuple[ImageName, ...], UnlessEmpty(), From("classes.*.on", "united", fills_in=True)] = ()
    """Images of the task, by their names; none: those on which the classes may be drawn, or all."""

    needs = frozenset({"object names", "controls"})
    says = {
        "missing": Says(
            "it is marked on {there}, but not on {missing}",
            "Look for it there, and mark it under the same name.",
            "Have it looked for there, and marked under the same name.",
            of_first=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        kinds = names.kinds(self.classes or names.concerned)
        return f"Every {kinds} is marked on {self._each(names)}, under the same object name."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kinds(self.classes or names.concerned)} is not marked on {self._each(names)}"

    def _each(self, names: Names) -> str:
        return both(map(names.image, self.images)) or "each image of the task"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Look for each object on every image."""
        titles = self._titles(submission)
        objects: dict[tuple[str | None, str], dict[int, Region]] = defaultdict(dict)
        for region in each_once(one for one in submission.regions if self._concerns(one)):
            if region.named is None:
                yield CannotTell(UNTOLD, (region,))
            elif region.image_index in titles and not region.object_name:
                yield CannotTell(NOT_JOINED, (region,))
            elif region.image_index in titles:
                objects[region.class_name, region.object_name or ""].setdefault(region.image_index, region)
        for found in objects.values():
            if len(found) < len(titles):
                yield self._missing(found, titles)

    def _concerns(self, region: Region) -> bool:
        return not self.classes or region.class_name in self.classes

    def _titles(self, submission: Submission) -> Mapping[int, str]:
        """Give the images on each of which an object is marked, with what people call them."""
        named = {item: image.named for item, image in submission.item_images.items() if image.named}
        return {item: one.title for item, one in named.items() if not self.images or one.name in self.images}

    def _missing(self, found: Mapping[int, Region], titles: Mapping[int, str]) -> Departure:
        there = both(title for item, title in titles.items() if item in found)
        missing = both(title for item, title in titles.items() if item not in found)
        return self.departs("missing", *found.values(), there=there, missing=missing)

    cases = (
        Case(
            "marked in both planes",
            {"images": ["sagittal", "transverse"]},
            (
                Drawn(text="#", object_name="1", item_index=0),
                Drawn(text="#", object_name="2", item_index=1),
                Drawn(text="##", object_name="1", item_index=1),
                Drawn(text="#", object_name="2", item_index=0),
            ),
            of_task=PLANES,
        ),
        Case(
            "marked in one plane alone",
            {"classes": ["lesion"], "images": ["sagittal", "transverse"]},
            (Drawn(text="#", object_name="1", item_index=1), Drawn(text="#", object_name="1", item_index=2)),
            finds="it is marked on Transverse, but not on Sagittal",
            of_task=PLANES,
        ),
        Case(
            "under another name in the other plane",
            {"images": ["sagittal", "transverse"]},
            (Drawn(text="#", object_name="1", item_index=0), Drawn(text="#", object_name="2", item_index=1)),
            finds="it is marked on",
            times=2,
            of_task=PLANES,
        ),
        Case(
            "of another class in the other plane",
            {"images": ["sagittal", "transverse"]},
            (
                Drawn(text="#", object_name="1", item_index=0),
                Drawn(text="#", object_name="1", class_name="cyst", item_index=1),
            ),
            finds="it is marked on",
            times=2,
            of_task=PLANES,
        ),
        Case(
            "a class of which it is not asked",
            {"classes": ["lesion"], "images": ["sagittal", "transverse"]},
            Drawn(text="#", object_name="1", class_name="cyst", item_index=1),
            of_task=PLANES,
        ),
        Case(
            "on an image of which it is not asked",
            {"images": ["sagittal", "transverse"]},
            (Drawn(text="#", object_name="1", item_index=2), Drawn(text="#", item_index=2)),
            of_task=PLANES,
        ),
        Case(
            "on each of all images",
            {},
            (Drawn(text="#", object_name="1", item_index=0), Drawn(text="#", object_name="1", item_index=1)),
            finds="it is marked on Sagittal and Transverse, but not on Scout",
            of_task=PLANES,
        ),
        Case(
            "without a name",
            {"images": ["sagittal", "transverse"]},
            (Drawn(text="#", item_index=0), Drawn(text="#", object_name="1", item_index=1)),
            finds="it is marked on Transverse, but not on Sagittal",
            cannot="it cannot be joined with what is marked on other images: the region has no object name",
            of_task=PLANES,
        ),
        Case("it is not known on which image", {}, Drawn(text="#", object_name="1"), cannot="does not say on which"),
    )
