"""Running a rule's cases: what was found on each, and where that is not what the case says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from guidelint.annotation.vocabulary import Vocabulary
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.contributions import InMemory
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Check, GuidelineRef, Plan, ReturnOfWork
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.judging.contributions import Group
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.gathering import GatheringRule

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a rule found on one of its cases."""

    case: Case
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> str:
        """How the findings differ from what the case says; empty when they do not."""
        return "; ".join(_differences(self.case, self.findings))


def run_cases(rule: type[Rule]) -> tuple[CaseResult, ...]:
    """Run every case of a rule."""
    return tuple(run_case(rule, case) for case in rule.cases)


def run_case(rule: type[Rule], case: Case) -> CaseResult:
    """Judge what a case draws by its rule alone. Raises pydantic's ValidationError when its parameters are wrong."""
    return CaseResult(case, judged(made_for(rule, case), case))


def judged(plan: Plan, case: Case) -> tuple[Finding, ...]:
    """Judge what a case draws by a plan."""
    return found_by(plan, submissions_of(case), case.tasks)


def found_by(plan: Plan, submissions: Sequence[Submission], tasks: Iterable[TaskFacts] = ()) -> tuple[Finding, ...]:
    """Judge submissions by a plan, each by itself and all together."""
    findings = [finding for submission in submissions for finding in judge(plan, submission).findings]
    folded = _folded(plan, submissions, tasks, InMemory())
    findings.extend(finding for verdict in folded.verdicts() for finding in verdict.findings)
    return tuple(findings)


def made_for(rule: type[Rule], case: Case) -> Plan:
    """Make the plan that a case is judged by. Raises pydantic's ValidationError when its parameters are wrong."""
    return plan_of(_made(rule, case))


def gathered(rule: type[GatheringRule[Any]], case: Case) -> tuple[GatheringRule[Any], tuple[Group, ...]]:
    """Make the rule as a case uses it, and all groups of contributions to be judged by it, however small."""
    made, kept = _made(rule, case), InMemory()
    _folded(plan_of(made), submissions_of(case), case.tasks, kept)
    return made, tuple(group for _, groups in kept.subjects({}) for group in groups)


def _made(rule: type[R], case: Case) -> R:
    return rule.model_validate_json(msgspec.json.encode(case.given))


def _folded(plan: Plan, submissions: Iterable[Submission], tasks: Iterable[TaskFacts], kept: InMemory) -> Fold:
    fold = Fold(plan, kept)
    for submission in submissions:
        fold.add(submission)
    for task in tasks:
        fold.add_task(task)
    return fold


def plan_of(*rules: Rule) -> Plan:
    """Make a plan of these rules, each at its own level, on regions of every class."""
    return Plan(
        guideline=GuidelineRef(name="case", version="0.0.0", title="Case"),
        checks=tuple(Check(rule, clause="case", level=rule.level) for rule in rules),
        vocabulary=Vocabulary(classes={}),
        routes={},
        return_of_work=ReturnOfWork(),
    ).sealed()


def _differences(case: Case, findings: tuple[Finding, ...]) -> Iterator[str]:
    departs = [finding for finding in findings if finding.outcome == "departs"]
    cannot = [finding for finding in findings if finding.outcome == "cannot-evaluate"]
    failed = [finding for finding in findings if finding.outcome == "rule-failed"]
    yield from (f"the rule failed: {finding.message}" for finding in failed)
    expected = case.times if case.finds is not None else 0
    if len(departs) != expected:
        yield f"{expected} findings expected, {len(departs)} found: {[finding.message for finding in departs]}"
    yield from (
        f"{case.finds!r} is not in {finding.message!r}"
        for finding in departs
        if case.finds is not None and case.finds not in finding.message
    )
    if case.at is not None:
        places = [(finding.place.x, finding.place.y) for finding in departs if finding.place]
        yield from (f"it points at {place}, not at {case.at}" for place in places if place != case.at)
        if len(places) != len(departs):
            yield f"it points at no place, not at {case.at}"
    if case.cannot is None:
        yield from (f"it could not be evaluated: {finding.message}" for finding in cannot)
    elif not any(case.cannot in finding.message for finding in cannot):
        yield f"it was evaluated, or not for {case.cannot!r}: {[finding.message for finding in cannot]}"
