"""The rule ``count-limits``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.beside import Beside
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.parameters.amount import Count
from guidelint.validation.rule.parameters.bound import REGIONS, Lower, Upper
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import counted, miscounted
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class CountLimits(SubmissionRule):
    """The number of regions of a class on one image lies within limits.

    ## Why
    Some structures are there exactly once; some protocols stop counting at a number. More than that is a slip or a
    duplicate, less is a forgotten one.

    ## How it is measured
    Regions of the classes on the image are counted together; excluded areas are not regions of their own. In a task of
    several images each is counted by itself.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026) measures at most 5 target lesions.
    """

    classes: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    """Classes counted together; none: all."""
    title: Annotated[Words, Beside(), From("classes.*.title", "joined", fills_in=True)] = ""
    """What is counted, as annotators see it."""
    min: Annotated[Count, Lower(REGIONS), From("classes.*.count.min")] | None = None
    """Fewest regions on one image."""
    max: Annotated[Count, Upper(REGIONS), From("classes.*.count.max")] | None = None
    """Most regions on one image."""

    follows = "classes.*.count"
    says = {
        "too-few": Says(
            "on this image {marked}; at least {limit} is asked for", "Look for what is missing and mark it."
        ),
        "too-many": Says(
            "on this image {marked}; no more than {limit} may be",
            "Delete what is marked twice, and what does not belong to it.",
        ),
        "any": Says("on this image {marked}; none may be", "Delete it, or choose another class for it."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"An image has {counted(self.min, self.max, self._things(names))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"an image has {miscounted(self.min, self.max, self._things(names))}"

    def _things(self, names: Names) -> tuple[str, str]:
        """Name what is counted, as one and as several."""
        called = titled(self.title) if {"title"} & self.model_fields_set else ""
        classes = self.classes or names.concerned
        kinds = names.kinds(classes) if classes else ""
        together = ", counted together" if classes[1:] else ""
        of = f" of {': '.join(filter(None, dict.fromkeys((called, kinds))))}{together}" if called or kinds else ""
        return f"region{of}", f"regions{of}"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count and compare."""
        counted = (region for region in submission.regions if not self.classes or region.class_name in self.classes)
        for on_image in submission.by_item(counted):
            yield from self._compare(on_image)

    def _compare(self, counted: tuple[Region, ...]) -> Iterator[Departure]:
        count, marked = len(counted), self._marked(len(counted))
        if self.min is not None and count < self.min:
            yield self.departs("too-few", *counted, count=count, marked=marked, limit=self.min)
        if self.max is not None and count > self.max:
            kind = "too-many" if self.max else "any"
            yield self.departs(kind, *counted, count=count, marked=marked, limit=self.max)

    def _marked(self, count: int) -> str:
        verb, kind = "are" if count > 1 else "is", f" as {self.title}" if self.title else ""
        return f"{count or 'no'} region{'s' * (count > 1)} {verb} marked{kind}"

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
    )
