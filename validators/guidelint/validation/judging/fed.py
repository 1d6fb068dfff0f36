"""What a format can feed: the checks that work in it is judged by, and those that it cannot be judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.carried import Carried
from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.validation.judging.fold import gathering_checks
from guidelint.validation.judging.gathers import filling_of
from guidelint.validation.judging.not_accepted import ALLOWED_FORMAT, Reservation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.decoding.decoder import Decoder
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.condition import Condition

CLAUSE = "delivery.formats"


@dataclass(frozen=True, slots=True)
class Unfed:
    """A rule that work in a format is not judged by."""

    rule: str
    clauses: tuple[str, ...]
    """Where the guideline asks for it, as paths."""
    lacks: tuple[Carried, ...]
    """What the format does not carry."""


@dataclass(frozen=True, slots=True)
class Fed:
    """How work in one format is judged under a plan."""

    plan: Plan
    """The plan without the checks that the format cannot feed."""
    gathers: Mapping[str, Gathers]
    not_judged: tuple[Unfed, ...] = ()
    refusal: str = ""
    """Why nothing in this format is accepted; empty: the guideline takes it."""
    remedy: str = ""

    def settle(self, verdict: Verdict) -> Verdict:
        """Accept nothing where the guideline does not take the format; skipped work stays skipped."""
        return self._reservation.settle(verdict) if self.refusal else verdict

    @property
    def _reservation(self) -> Reservation:
        return Reservation(ALLOWED_FORMAT, "another-format", self.refusal, self.remedy, CLAUSE, "Delivery › Formats")


def fed(plan: Plan, decoder: Decoder) -> Fed:
    """Find out how work in the format of a decoder is judged."""
    unfed = tuple((check, lacks) for check in plan.checks if (lacks := _all_needs(plan, check) - decoder.carries))
    left_out = {id(check) for check, _ in unfed}
    kept = tuple(check for check in plan.checks if id(check) not in left_out)
    judging = replace(plan, checks=kept) if unfed else plan
    refusal, remedy = ("", "") if decoder.name in plan.formats else _refusal(plan, decoder)
    return Fed(judging, gathering_checks(judging), tuple(_told(unfed)), refusal, remedy)


def _all_needs(plan: Plan, check: Check) -> frozenset[Carried]:
    """Tell what it rests on, together with the answers that follow from others by which it goes."""
    return needs(check).union(*map(needs, filling_of(plan, check)))


def needs(check: Check) -> frozenset[Carried]:
    """Tell what a check rests on beside marks and their labels: its rule, and the condition it stands under."""
    return check.rule.needs if check.when is None else check.rule.needs | _of_condition(check.when.condition)


def _of_condition(condition: Condition) -> frozenset[Carried]:
    found = set[Carried]()
    if condition.questions:
        found.add("answers")
    if condition.source:
        found.add("origins")
    return frozenset(found).union(*(_of_condition(part) for _, part in condition.parts))


def _told(unfed: Iterable[tuple[Check, frozenset[Carried]]]) -> Iterator[Unfed]:
    """Tell each rule once, however often the guideline asks for it."""
    clauses: dict[str, list[str]] = {}
    lacking: dict[str, set[Carried]] = {}
    for check, lacks in unfed:
        clauses.setdefault(check.rule.id(), []).append(check.clause)
        lacking.setdefault(check.rule.id(), set()).update(lacks)
    for rule in sorted(clauses):
        yield Unfed(rule, tuple(clauses[rule]), tuple(sorted(lacking[rule])))


def _refusal(plan: Plan, decoder: Decoder) -> tuple[str, str]:
    taken = " or ".join(plan.formats)
    reason = f"the work came as {decoder.title}, and the guideline takes deliveries in the format {taken} only"
    add = f"`delivery: {{formats: [{', '.join(dict.fromkeys((*plan.formats, decoder.name)))}]}}`"
    home = "a JSON export of Label Studio" if AT_HOME in plan.formats else f"a file in the format {taken}"
    return reason, f"Hand in {home}. If the guideline is to take {decoder.name}, its author writes {add}."
