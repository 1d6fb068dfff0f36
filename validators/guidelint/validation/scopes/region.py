"""One region."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from guidelint.validation.rule.rule import Rule, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Reply


class RegionRule(Rule):
    """Judges one region."""

    scope: ClassVar[Scope] = "region"

    @abstractmethod
    def check(self, region: Region) -> Iterator[Reply]:
        """Yield how the region departs; raise CannotEvaluate when that cannot be told."""
