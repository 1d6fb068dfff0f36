"""Which regions of a submission a check is about, by class and tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from guidelint.annotation.each_once import each_once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Region
    from guidelint.annotation.tool import Tool
    from guidelint.validation.judging.plan import Check

Choice: TypeAlias = "tuple[frozenset[str] | None, frozenset[str], frozenset[Tool] | None, bool]"
"""Classes, or all; but for these; tools, or all; whether each region is asked."""


class Concerned:
    """Regions of one submission: what several checks are about is looked for once."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self._regions = regions
        self._chosen: dict[Choice, tuple[Region, ...]] = {(None, frozenset(), None, False): regions}

    def by(self, check: Check) -> tuple[Region, ...]:
        """Give the regions that a check is about, in delivered order; where it asks each of them, each once."""
        choice = check.classes, check.but_for, check.rule.tools, check.rule.scope.of_regions
        known = self._chosen.get(choice)
        if known is None:
            known = self._chosen[choice] = self._concerned(check)
        return known

    def _concerned(self, check: Check) -> tuple[Region, ...]:
        found = concerned(check, self._regions)
        return tuple(each_once(found)) if check.rule.scope.of_regions else found


def concerned(check: Check, regions: Iterable[Region]) -> tuple[Region, ...]:
    """Choose the regions that a check is about."""
    classes, but_for, tools = check.classes, check.but_for, check.rule.tools
    return tuple(
        region
        for region in regions
        if (classes is None or region.class_name in classes)
        and region.class_name not in but_for
        and (tools is None or region.tool in tools)
    )
