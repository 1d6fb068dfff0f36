"""Judging: plan and submission in, verdict out. No effects."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from guidelint.validation.judging.ask import (
    MOST_FINDINGS,
    cannot_tell,
    in_words,
    reference,
    replies,
    rule_failed,
    with_ids_of_their_own,
)
from guidelint.validation.judging.concerned import Concerned
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.filled import with_derived
from guidelint.validation.judging.finding import of_returned
from guidelint.validation.judging.not_accepted import MANY_FINDINGS, Reservation
from guidelint.validation.judging.of_image import NoPart, parts
from guidelint.validation.judging.under_condition import asked_of
from guidelint.validation.judging.verdict import Verdict, decide, escalations
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.judging.verdict import Decision
    from guidelint.validation.rule.rule import Question

Mark = tuple[str, int]
"""Id and number of a region: regions on several images of a task may share an id."""
OF_IMAGE = "image"
"""Name of the scope of rules that look at one image alone."""
_TOO_MANY = Reservation(
    MANY_FINDINGS,
    "not-all",
    f"more than {MOST_FINDINGS:,} findings are made on it; the others were not looked for",
    "Mend what is found most often, and check again.",
    "",
    "Every submission",
)
Broken = set[Mark]
"""Regions with nothing to measure."""


def judge(plan: Plan, submission: Submission) -> Verdict:
    """Judge one submission. A skipped one is not judged; whatever cannot be told is said, never accepted."""
    subject = Subject("submission", task=submission.task, annotation=submission.annotation)
    if submission.skipped:
        return _verdict(plan, subject, (), "skipped")
    filled, raised = with_derived(plan.filling, submission)
    failed = (rule_failed(check, subject, in_words(error), ()) for check, error in raised)
    found = [*islice(chain(failed, _findings(plan, filled, subject)), MOST_FINDINGS + 1)]
    verdict = verdict_on(plan, subject, found[:MOST_FINDINGS])
    return _TOO_MANY.settle(verdict) if len(found) > MOST_FINDINGS else verdict


def judge_image(plan: Plan, image: Submission) -> Verdict:
    """Judge an image before anybody draws on it, by the rules that ask for nothing else.

    ``image``: what is known of the images of a task, with nothing submitted.
    """
    subject = Subject(OF_IMAGE, task=image.task)
    found = (_run(check, image, subject, (), set()) for check in asked_of_images(plan))
    return verdict_on(plan, subject, chain.from_iterable(found))


def asked_of_images(plan: Plan) -> tuple[Check, ...]:
    """Give the checks of a plan that look at an image alone."""
    return tuple(check for check in plan.checks if check.rule.scope.name == OF_IMAGE)


def verdict_on(plan: Plan, subject: Subject, findings: Iterable[Finding]) -> Verdict:
    """Draw the verdict that follows from findings."""
    found = with_ids_of_their_own(findings)
    decision = decide(found)
    if decision == "returned" and subject.kind != "submission":
        found = tuple(map(of_returned, found))
    return _verdict(plan, subject, found, decision)


def _verdict(plan: Plan, subject: Subject, found: tuple[Finding, ...], decision: Decision) -> Verdict:
    return Verdict(
        subject=subject,
        guideline=str(plan.guideline),
        plan_digest=plan.digest,
        engine=engine_version(),
        findings=found,
        decision=decision,
        escalations=escalations(found),
        text_digest=plan.text_digest,
    )


def _findings(plan: Plan, submission: Submission, subject: Subject) -> Iterator[Finding]:
    """Find out first which regions have nothing to measure; the other rules leave them out."""
    concerned, broken = Concerned(submission.regions), set[Mark]()
    for check in plan.asked_first:
        for finding in _run(check, submission, subject, concerned.by(check), set()):
            if finding.outcome == "departs" and check.rule.says[finding.kind].leaves_nothing:
                broken.update(map(_mark, finding.regions))
            yield finding
    for check in plan.asked_then:
        yield from _run(check, submission, subject, concerned.by(check), broken)


def _run(
    check: Check, submission: Submission, subject: Subject, regions: tuple[Region, ...], broken: Broken
) -> Iterable[Finding]:
    """Judge by one rule; what follows from broken regions is said by those already."""
    if broken:
        regions = tuple(region for region in regions if not _rests_on(region, broken))
    if not regions and check.rule.scope.of_regions:
        return ()
    if check.when is None and not check.rule.varies:
        found = _replies(check, subject, check.rule.questions(submission, regions))
    else:
        found = _under_condition(check, submission, subject, regions)
    return (finding for finding in found if _is_about(check, finding) and not _follows(finding, broken))


def _replies(check: Check, subject: Subject, questions: Iterable[Question]) -> Iterator[Finding]:
    for ask, about in questions:
        yield from replies(check, subject, ask, about)


def _under_condition(
    check: Check, submission: Submission, subject: Subject, regions: tuple[Region, ...]
) -> Iterator[Finding]:
    asked = asked_of(check, submission, regions)
    for one in asked.untold:
        yield cannot_tell(check, subject, one.reason, tuple(map(reference, one.regions)))
    for part in parts(check.rule, asked.submission, asked.regions) if asked.applies else ():
        if isinstance(part, NoPart):
            yield cannot_tell(check, subject, part.reason, tuple(map(reference, part.regions)))
        else:
            yield from _replies(check, subject, part.rule.questions(part.submission, part.regions))


def _rests_on(region: Region, broken: Broken) -> bool:
    """Whether the region, or one that takes something out of it, has nothing to measure."""
    return _mark(region) in broken or any(_mark(other) in broken for other in (*region.excluded, *region.yields_to))


def _mark(region: Region | RegionRef) -> Mark:
    return region.id, region.number


def _follows(finding: Finding, broken: Broken) -> bool:
    """Whether it only follows from broken regions: one of them cannot be told, or they were compared."""
    if not broken:
        return False
    concerned = [_mark(ref) in broken for ref in finding.regions]
    return any(concerned) if finding.outcome == "cannot-evaluate" else len(concerned) > 1 and all(concerned)


def _is_about(check: Check, finding: Finding) -> bool:
    """Whether a finding concerns a region of the check's classes, or no region in particular."""
    return (
        check.classes is None
        or not finding.regions
        or any(region.class_name in check.classes for region in finding.regions)
    )
