"""What criteria are asked of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.distance import Distances
from guidelint.validation.rule.condition import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Answer, Region
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.question import Asked, Titles


@dataclass(frozen=True)
class Seen:
    """What criteria are asked of: one region or image, and everything around it."""

    one: Asked
    submission: Submission
    titles: Titles
    terms: tuple[FollowsFrom, ...]
    """The questions in the criteria."""

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
        region = self.one.regions[0] if self.one.regions else None
        of_item = self.submission.item_images.get(self.one.item or 0, self.submission.image)
        image = of_item if region is None else self.submission.image_of(region)
        item = self.one.item if region is None else region.image_index
        return self._situation(self.one.in_sight, image, region, item)

    def of(self, region: Region) -> Situation:
        """Give what a condition on a region that is counted is asked of."""
        answers = {**self.submission.answers_around(region), **region.answers}
        return self._situation(answers, self.submission.image_of(region), region, region.image_index)

    def _situation(
        self, answers: Mapping[str, Answer], image: ImageFacts, region: Region | None, item: int | None
    ) -> Situation:
        """Take answers to what is not asked for none."""
        not_asked = frozenset(term.question for term in self.terms if not term.is_asked(answers))
        return Situation(
            answers={name: answer for name, answer in answers.items() if name not in not_asked},
            image=image,
            region=region,
            optional=not_asked,
            titles=self.titles.questions,
            leaves_open=frozenset(term.question for term in self.terms if not term.required),
            marked=self.submission.marked_on(item),
        )
