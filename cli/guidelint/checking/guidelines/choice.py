"""Which of the guidelines of a run a piece of work is judged by: the one that it names, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.checking.guidelines.named import KEYS
from guidelint.checking.guidelines.reference import Reference, reference, written
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.validation.judging.plan import GuidelineRef, Plan

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Refused:
    """Why none of them is taken, and what to do."""

    reason: str
    remedy: str
    may_be_any: bool = True
    """Whether the work may belong to any of them; else it belongs to none."""

    def __str__(self) -> str:
        return f"{self.reason}. {self.remedy}"


def chosen(told: Sequence[str], plans: Sequence[Plan], format_name: str) -> int | Refused:
    """Choose among several, by what is told of the work; by its format where nothing is told and one alone takes it."""
    if not told:
        taking = [number for number, plan in enumerate(plans) if format_name in plan.formats]
        return taking[0] if len(taking) == 1 else _unnamed(plans)
    left = list(range(len(plans)))
    for text in told:
        meant = reference(text)
        if meant is None:
            return _unclear(text, plans, "which is not how a guideline is written")
        left = [number for number in left if meant.means(plans[number].guideline)]
    if len(left) == 1:
        return left[0]
    return _unclear(told[0], plans, "which may be several of them") if left else _not_given(told, plans)


def doubt(told: Sequence[str], guideline: GuidelineRef) -> Refused | None:
    """Say why work is not accepted under the only guideline of a run: it names another one, or another version."""
    if not told:
        return None
    meant = [one for text in told if (one := reference(text)) is not None and one.version]
    other = next((one for one in meant if not one.means(guideline)), None)
    if other is None:
        return None
    named = other if other.name else f"{guideline.name} {other}"
    give = f"--also {other.name or guideline.name}@{other.version}"
    return Refused(
        f"it was annotated under {named}, and this run judges by {guideline}",
        f"Give that one, too, so that each task is judged by its own: {give}, or the path of it",
    )


def _given(plans: Sequence[Plan]) -> str:
    return both([str(plan.guideline) for plan in plans])


def _unnamed(plans: Sequence[Plan]) -> Refused:
    how = f'"{KEYS[0]}": "{written(plans[-1].guideline)}"'
    return Refused(
        f"it does not say under which guideline it was annotated, and several are given: {_given(plans)}",
        f"Write that into the data of the task: {how}; or into a column {KEYS[0]} of the table for --facts",
    )


def _unclear(text: str, plans: Sequence[Plan], why: str) -> Refused:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return Refused(
        f"it says of its guideline “{shown}”, {why}: {_given(plans)} are given",
        f"Write name and version, such as {written(plans[-1].guideline)}",
    )


def _not_given(told: Sequence[str], plans: Sequence[Plan]) -> Refused:
    names = {plan.guideline.name for plan in plans}
    meant = [_completed(text, names) for text in told]
    reason = f"it was annotated under {both(list(map(str, meant)))}, and what is given is {_given(plans)}"
    if len(meant) > 1:
        return Refused(reason, "Let it name one guideline, and give that", may_be_any=False)
    give = f"--also {str(meant[0]).replace(' ', '@')}, or the path of it"
    return Refused(reason, f"Give the guideline that it names, too: {give}", may_be_any=False)


def _completed(text: str, names: AbstractSet[str]) -> Reference:
    """Read what is told; a version alone is one of the only name that is given."""
    meant = reference(text) or Reference("", "")
    return replace(meant, name=next(iter(names))) if not meant.name and len(names) == 1 else meant
