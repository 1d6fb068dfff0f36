"""Small rules over subjects above one submission, and a plan that has one of each audience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from tests.service.bench import plan

from guidelint.annotation.region_ref import RegionRef
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Check, Plan, Route
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule, Unknown
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.scope import Scope
from guidelint.validation.scopes.annotator import ANNOTATOR
from guidelint.validation.scopes.delivery import DELIVERY
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Catalogue
    from guidelint.validation.rule.scope import Share


FAILS_PX, NOT_MEASURED_PX = 7, 9
"""Regions just so wide are those at which the rules fail, and those of which they cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Width(RegionRef):
    """A region, and how wide it is."""

    px: float = float("nan")


class _Widths(GatheringRule[Width]):
    contribution: ClassVar[type] = Width
    most_px: float = 60.0
    """Widest that may be, over all."""

    def told(self, names: Names) -> str:  # noqa: ARG002
        return f"Together no wider than {self.most_px:g} px."

    def gather(self, share: Share) -> Iterator[Gathered[Width] | Unknown]:
        for region in share.regions:
            width = float(region.mask.crop.shape[1])
            ref = (region.id, region.title, region.class_name, region.number)
            it = Width(*ref, share.submission.task, share.submission.annotation, px=width)
            group = self.group(it)
            if width == FAILS_PX:
                raise ZeroDivisionError("by what was drawn")
            if width == NOT_MEASURED_PX:
                raise NotMeasurable("nothing so wide can be measured")
            yield Unknown("it is one pixel wide", (it,), group) if width <= 1 else Gathered(it, group)

    def group(self, width: Width) -> str:
        return width.class_name or ""

    def check_gathered(self, contributions: Sequence[Contributed[Width]]) -> Iterator[Departure]:
        whole = sum(one.value.px for one in contributions)
        if whole > self.most_px:
            yield self.departs(
                "wide", *(one.value for one in contributions), width=round(whole), limit=round(self.most_px)
            )

    says = MappingProxyType({"wide": Says("together they are {width} px wide, more than {limit} px", "Draw less.")})


class SeriesWidth(_Widths):
    """Regions of a series are together no wider than so much."""

    scope: ClassVar[Scope] = SERIES


class AnnotatorWidth(_Widths):
    """All that an annotator draws is no wider than so much."""

    scope: ClassVar[Scope] = ANNOTATOR


class DeliveryWidth(_Widths):
    """Regions of one width in a project are together no wider than so much."""

    scope: ClassVar[Scope] = DELIVERY

    def group(self, width: Width) -> str:
        return f"{width.px:.0f}"

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[Width]]:
        yield Gathered(Width("", f"Task {task.task}", None, 0, px=float("nan")), "tasks")


class ReadersAlike(_Widths):
    """Readers of a task draw regions of one width."""

    scope: ClassVar[Scope] = TASK

    within_px: float = 3.0
    """Largest difference."""
    says = MappingProxyType({"apart": Says("the readings are up to {difference} px apart, more than {limit} px")})

    def told(self, names: Names) -> str:  # noqa: ARG002
        return "Readers draw alike."

    def check_gathered(self, contributions: Sequence[Contributed[Width]]) -> Iterator[Departure]:
        widths = [one.value.px for one in contributions]
        if (difference := max(widths) - min(widths)) > self.within_px:
            regions = (one.value for one in contributions)
            yield self.departs("apart", *regions, difference=round(difference), limit=round(self.within_px))


RULES = (SeriesWidth, AnnotatorWidth, DeliveryWidth, ReadersAlike)
WITH_THEM: Catalogue = {**catalogue(), **{rule.id(): rule for rule in RULES}}


def plan_over(*checks: Check, version: str = "1.0.0") -> Plan:
    """The plan of the bench, with checks over several submissions and a board that reads what readers differ on."""
    routes = {"board": Route(who="the board", readers=3), **plan().routes}
    whole = replace(plan(version, min_mm2=1.0), routes=routes)
    return replace(whole, checks=(*whole.checks[:1], *checks)).sealed()


LESION = frozenset({"lesion"})
ALIKE = Check(ReadersAlike(), "readers.rules.readers-alike", escalates_to="board")
ALIKE_OR_RETURNED = Check(ReadersAlike(), "readers.rules.readers-alike")
IN_SERIES = Check(SeriesWidth(), "rules.series-width")
OF_ANNOTATOR = Check(AnnotatorWidth(), "annotators.rules.annotator-width")
OF_DELIVERY = Check(DeliveryWidth(), "delivery.rules.delivery-width")
