"""What criteria are asked of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.distance import Distances
from guidelint.validation.question import Asked
from guidelint.validation.rule.condition import Situation

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.criteria.course import Course
    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.question import Titles


@dataclass(frozen=True)
class Seen:
    """What criteria are asked of: one region or image, and everything around it."""

    one: Asked
    submission: Submission
    titles: Titles
    terms: tuple[FollowsFrom, ...]
    """The questions in the criteria."""
    course: Course | None = None
    """The time points of a patient, of which one is asked; None: it is none."""

    def at(self, course: Course) -> Seen:
        """Ask another time point."""
        return replace(self, one=course.now.one, terms=course.now.terms, course=course)

    def regions(self, class_name: str) -> tuple[Region, ...]:
        """List the regions of a class on the image that is asked, or on that of the region that is."""
        return tuple(region for region in self.submission.of_class(class_name) if self.one.is_on_image(region))

    @property
    def region(self) -> Region:
        """The region that is asked."""
        if not self.one.regions:
            raise NotMeasurable("it depends on a region, and the whole image is asked")
        return self.one.regions[0]

    @property
    def distances(self) -> Distances:
        """Distances to the landmarks."""
        return Distances(self.submission, self.titles.classes)

    @cached_property
    def itself(self) -> Situation:
        """What a condition on whoever is asked is asked of."""
        of_item = self.submission.item_images.get(self.one.item or 0, self.submission.image)
        return self._situation(self.one, of_item, self.one.item)

    def of(self, region: Region) -> Situation:
        """Give what a condition on a region that is counted is asked of."""
        return self._situation(Asked.of(region, self.submission), self.submission.image, None)

    def _situation(self, one: Asked, image: ImageFacts, item: int | None) -> Situation:
        """Take answers to what is not asked for none; a region says by itself on which image it lies."""
        not_asked = frozenset(term.question for term in self.terms if not term.is_asked(one, self.submission))
        not_asked |= self.course.now.not_asked if self.course else frozenset()
        region = one.regions[0] if one.regions else None
        return Situation(
            answers={name: answer for name, answer in one.in_sight.items() if name not in not_asked},
            image=image if region is None else self.submission.image_of(region),
            region=region,
            optional=not_asked,
            titles=self.titles.questions,
            leaves_open=frozenset(term.question for term in self.terms if not term.required),
            marked=self.submission.marked_on(item if region is None else region.image_index),
        )
