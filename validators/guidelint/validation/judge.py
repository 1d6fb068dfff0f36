"""Judging: plan and submission in, verdict out. No effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.annotation.submission import Submission
from guidelint.validation.finding import Finding, Part, RegionRef, finding_id, render
from guidelint.validation.plan import Check, Plan
from guidelint.validation.rule import Departure, ObjectRule, RegionRule, Rule, SubmissionRule
from guidelint.validation.verdict import Subject, Verdict, decide, escalations
from guidelint.validation.version import engine_version


def judge(plan: Plan, submission: Submission) -> Verdict:
    """Judge one submission. A skipped one is not judged; whatever cannot be told is said, never accepted."""
    subject = Subject("submission", task=submission.task, annotation=submission.annotation)
    if submission.skipped:
        return Verdict(subject, str(plan.guideline), plan.digest, engine_version(), (), "skipped")
    found = tuple(finding for check in plan.checks for finding in _run(check, submission, subject))
    return verdict_on(plan, subject, found)


def verdict_on(plan: Plan, subject: Subject, findings: tuple[Finding, ...]) -> Verdict:
    """The verdict that follows from findings."""
    return Verdict(
        subject, str(plan.guideline), plan.digest, engine_version(), findings, decide(findings), escalations(findings)
    )


def concerns(check: Check, region: Region) -> bool:
    """Whether a check is about a region, by class and tool."""
    return (check.classes is None or region.class_name in check.classes) and (
        check.rule.tools is None or region.tool in check.rule.tools
    )


def finding_of(check: Check, subject: Subject, departure: Departure, regions: tuple[RegionRef, ...]) -> Finding:
    """A departure as a finding."""
    says = check.rule.says[departure.kind]
    return Finding(
        id=finding_id(check.rule.id(), subject.key, tuple(ref.id for ref in regions), check.clause, departure.kind),
        rule=check.rule.id(),
        kind=departure.kind,
        outcome="departs",
        level=check.level,
        parts=render(says.text, departure.evidence),
        do="".join(part.text for part in render(check.note or says.do, departure.evidence)),
        regions=regions,
        evidence=dict(departure.evidence),
        clause=check.clause,
        escalates_to=check.escalates_to,
        place=departure.place,
    )


def unevaluated(check: Check, subject: Subject, error: Exception, regions: tuple[RegionRef, ...]) -> Finding:
    """A check that gave no answer, as a finding: why it could not, or that the rule itself failed."""
    known = isinstance(error, NotMeasurable)
    kind = "cannot-evaluate" if known else "rule-failed"
    reason = str(error) if known else f"{type(error).__name__}: {error}"
    return Finding(
        id=finding_id(check.rule.id(), subject.key, tuple(ref.id for ref in regions), check.clause, kind),
        rule=check.rule.id(),
        kind=kind,
        outcome=kind,
        level=check.level,
        parts=(Part("this could not be checked: " if known else "the rule itself failed: "), Part(reason)),
        do="" if known else "Please report this: it is a fault of the rule, not of the annotation.",
        regions=regions,
        evidence={"reason": reason},
        clause=check.clause,
    )


def reference(region: Region) -> RegionRef:
    """How a finding names a region."""
    return RegionRef(region.id, region.title, region.class_name, region.number)


def _run(check: Check, submission: Submission, subject: Subject) -> Iterator[Finding]:
    match check.rule:
        case SubmissionRule() as rule:
            yield from _guarded(check, subject, lambda: rule.check(submission), ())
        case RegionRule() as rule:
            for region in submission.regions:
                if concerns(check, region):
                    yield from _guarded(check, subject, lambda region=region: rule.check(region), (region,))
        case ObjectRule() as rule:
            for region in submission.regions:
                if concerns(check, region):
                    yield from _guarded(
                        check, subject, lambda region=region: _on_slice(rule, region, submission), (region,)
                    )
        case Rule():
            raise TypeError(f"{check.rule.id()} has no scope that a submission can be judged in")


def _on_slice(rule: ObjectRule, region: Region, submission: Submission) -> Iterator[Departure]:
    value = rule.measure(region)
    if submission.image.series_uid:
        return rule.check_slice(region, value)
    return rule.check_alone(region, value)


def _guarded(check: Check, subject: Subject, run: object, regions: tuple[Region, ...]) -> Iterable[Finding]:
    found: list[Finding] = []
    try:
        for departure in run():  # type: ignore[operator]
            concerned = tuple(reference(region) for region in (departure.regions or regions))
            found.append(finding_of(check, subject, departure, concerned))
    except Exception as error:  # noqa: BLE001 - a rule that raises is reported, never passed over
        found.append(unevaluated(check, subject, error, tuple(reference(region) for region in regions)))
    return found
