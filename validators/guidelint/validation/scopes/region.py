"""One region."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from guidelint.validation.rule.rule import Rule, may_depart
from guidelint.validation.rule.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.rule import Question

REGION = Scope(name="region", judges="one region", per_class=True, of_regions=True)


class RegionRule(Rule):
    """Judges one region."""

    scope = REGION

    def questions(self, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Question]:
        """Ask each region by itself that may depart."""
        for region in may_depart(self, submission, regions):
            yield partial(self.check, region), (region,)

    @abstractmethod
    def check(self, region: Region) -> Iterator[Reply]:
        """Yield how the region departs; raise NotMeasurable when that cannot be told."""


class PlacedRegionRule(Rule):
    """Judges one region by where it lies among everything else on its image."""

    scope = REGION

    def questions(self, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Question]:
        """Ask each region with everything in sight."""
        for region in regions:
            yield partial(self.check, region, submission), (region,)

    @abstractmethod
    def check(self, region: Region, submission: Submission) -> Iterator[Reply]:
        """Yield how the region departs; raise NotMeasurable when that cannot be told."""
