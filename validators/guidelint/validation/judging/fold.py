"""Subjects above one submission: what each submission contributes, and the verdicts once all are in.

Any order, partition and repetition of the same submissions gives the same verdicts.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.annotation.natural_order import natural
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.judging.ask import cannot_tell, in_words, reference, replies
from guidelint.validation.judging.concerned import concerned
from guidelint.validation.judging.contributed_facts import as_judged, bringing_facts, contribution_type, of_task
from guidelint.validation.judging.contributions import Group, InMemory, Put, Row, RuleFault
from guidelint.validation.judging.filled import with_derived
from guidelint.validation.judging.finding import Of
from guidelint.validation.judging.gathers import gathers_of
from guidelint.validation.judging.judge import verdict_on
from guidelint.validation.judging.named_in_two_ways import named_in_two_ways
from guidelint.validation.judging.under_condition import asked_of_share, asked_of_task
from guidelint.validation.judging.untold import not_told
from guidelint.validation.rule.gathering import Gathered, Unknown
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.judging.contributions import Contributions
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.judging.under_condition import Asked
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.gathering import GatheringRule
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Scope, Share


class Fold:
    """Collects what every submission contributes to the subjects above it; numbers and names, no whole masks."""

    def __init__(self, plan: Plan, kept: Contributions | None = None) -> None:
        self._plan = plan
        self._checks = gathering_checks(plan)
        self._kept: Contributions = InMemory() if kept is None else kept

    @property
    def gathers(self) -> bool:
        """Whether the plan judges anything above one submission."""
        return bool(self._checks)

    def add(self, submission: Submission, checks: Mapping[str, Gathers] | None = None) -> None:
        """Take in one submission in place of its version before; nothing is kept of a skipped one.

        ``checks``: those of the plan that it can feed; None: all.
        """
        if self._checks:
            feeds = self._checks if checks is None else checks
            rows = () if submission.skipped else tuple(contributed(feeds, submission))
            handed_in = submission.updated_at or submission.submitted_at
            version = f"{handed_in.isoformat() if handed_in else ''} {_digest(rows)}"
            self._kept.put(Put(submission.task, submission.annotation, version, rows))

    def add_task(self, task: TaskFacts, checks: Mapping[str, Gathers] | None = None) -> None:
        """Take in a task, whether anybody annotated it or not; ``checks`` as in ``add``."""
        if self._checks:
            handed_in = task.annotations, task.skipped, task.unread, task.undelivered, task.drafted, task.predicted
            version = " ".join(f"{count:09}" for count in handed_in)
            self._kept.put(
                Put(
                    task.task, "", version, tuple(contributed_by_task(self._checks if checks is None else checks, task))
                )
            )

    def merge(self, other: Fold) -> None:
        """Take in what another fold of the same plan collected."""
        for put in other._kept.puts():
            self._kept.put(put)

    def verdicts(self) -> Iterator[Verdict]:
        """One verdict per subject that anything was contributed to, in a stable order."""
        for subject, groups in self._kept.subjects(least_compared(self._checks, self._checks)):
            yield verdict_on(self._plan, subject, self._findings(groups))

    def _findings(self, groups: Iterable[Group]) -> Iterator[Finding]:
        """Judge the groups of a subject."""
        told = ((group.check, one) for group in groups for one in judged_group(self._checks[group.check], group))
        yield from in_order(self._checks, told)


def in_order(checks: Iterable[str], told: Iterable[tuple[str, Finding]]) -> Iterator[Finding]:
    """Put findings, each with the key of its check, in the order of the plan, then by what they are about."""
    order = {key: number for number, key in enumerate(checks)}
    yield from (finding for _, finding in sorted(told, key=lambda one: (order[one[0]], *_about(one[1]))))


def _about(finding: Finding) -> tuple[str, ...]:
    task, title = next(((region.task, region.title) for region in finding.regions), ("", ""))
    place = finding.evidence.get("position", "")
    return (
        str(finding.outcome != "departs"),
        natural(task),
        natural(title),
        natural(str(place)),
        finding.kind,
        finding.id,
    )


def _digest(rows: tuple[Row, ...]) -> str:
    """Tell versions of one annotation apart that were handed in at one time, or that do not say when."""
    return hashlib.sha256(msgspec.msgpack.encode(rows)).hexdigest()[:16]


def gathering_checks(plan: Plan) -> dict[str, Gathers]:
    """Find the checks of a plan that gather over submissions, by their keys, in the order of the plan."""
    return {gathers.key: gathers for gathers in gathers_of(plan)}


def contribution_types(plan: Plan) -> dict[str, type]:
    """Tell by the key of each check what is contributed under it, for whoever keeps contributions elsewhere."""
    return {key: contribution_type(gathers.rule) for key, gathers in gathering_checks(plan).items()}


def least_compared(checks: Mapping[str, Gathers], keys: Iterable[str]) -> dict[str, int]:
    """Tell by the keys of checks how many annotations or tasks a group must have for anything to be found in it."""
    return {key: checks[key].rule.compares_at_least() for key in keys}


def contributed(checks: Mapping[str, Gathers], submission: Submission) -> Iterator[Row]:
    """Gather what a submission contributes under every check; a rule that raises contributes its fault.

    A check that goes by an answer which nobody enters sees the submission with it.
    """
    source = (submission.task, submission.annotation, submission.annotator)
    filling = next((one.filling for one in checks.values() if one.filling), ())
    filled = with_derived(filling, submission)
    for key, gathers in checks.items():
        seen, raised = filled if gathers.filling else (submission, ())
        for subject, share in _shares(gathers.scope, seen):
            told = (share,) if isinstance(share, RuleFault) else _told(partial(_gathered, gathers, share))
            faults = (RuleFault(in_words(error)) for _, error in raised)
            for content in (*faults, *told):
                yield Row(subject, key, *source, content)


def faulty(checks: dict[str, Gathers], bare: Submission, message: str) -> Iterator[Row]:
    """Contribute why nothing can be told of an annotation, to every subject that it is of.

    ``bare``: what is known of it without looking at what was drawn.
    """
    source = (bare.task, bare.annotation, bare.annotator)
    for key, gathers in checks.items():
        for subject, _ in _shares(gathers.scope, bare):
            yield Row(subject, key, *source, RuleFault(message))


def contributed_by_task(checks: Mapping[str, Gathers], task: TaskFacts) -> Iterator[Row]:
    """Gather what a task by itself contributes, to the subjects that its scope says."""
    for key, gathers in checks.items():
        for subject in gathers.scope.of_task(task):
            for content in _told(partial(_gathered_of_task, gathers.check, gathers.rule, task)):
                yield Row(subject, key, task.task, "", None, content)


def judged_group(gathers: Gathers, group: Group) -> Iterable[Finding]:
    """Judge one group of contributions: all of it, or nothing where one of them cannot be told."""
    check, rule = gathers.check, gathers.rule
    if rule.tells_readers_apart and (reason := named_in_two_ways(group.subject, group.contributions)):
        return (cannot_tell(check, group.subject, reason, (), Of(group.name, "")),)
    if group.untold:
        return (not_told(check, group.subject, group.untold, Of(group.name, "")),)
    return replies(check, group.subject, partial(_replied, rule, group), group=group.name)


def _replied(rule: GatheringRule[Any], group: Group) -> Iterable[Reply]:
    judging, contributions = as_judged(rule, group.contributions)
    return judging.check_gathered(contributions)


def _shares(scope: Scope, submission: Submission) -> Iterator[tuple[Subject, Share | RuleFault]]:
    """Find what a submission has of each subject; what a scope raises takes the place of what it did not tell."""
    try:
        for share in scope.shares(submission):
            yield share.subject, share
    except Exception as error:  # noqa: BLE001 - reported with the subject, never passed over
        yield Subject(scope.name, task=submission.task, name="not known"), RuleFault(in_words(error))


def _gathered(gathers: Gathers, share: Share) -> Iterable[Gathered[Any] | Unknown]:
    check, rule = gathers.check, gathers.rule
    if share.problem:
        return (Unknown(share.problem),)
    asked = asked_of_share(check, share.submission, concerned(check, share.regions))
    own = replace(share, submission=asked.submission, regions=asked.regions)
    told = bringing_facts(rule, own, rule.gather(own)) if asked.applies else ()
    return chain(told, _untold(asked, rule, share))


def _gathered_of_task(check: Check, rule: GatheringRule[Any], task: TaskFacts) -> Iterator[Gathered[Any] | Unknown]:
    """Gather what a task contributes where the rule is asked of it; one that asks no task needs no answer to that."""
    for one in of_task(rule, rule.gather_task(task)):
        if asked_of_task(check.when, task):
            yield one


def _untold(asked: Asked, rule: GatheringRule[Any], share: Share) -> Iterator[Unknown]:
    """Tell that the condition of a region cannot be told, in whichever group the region would be judged."""
    for one in asked.untold:
        refs = tuple(map(reference, one.regions))
        groups = {gathered.group for gathered in rule.gather(replace(share, regions=one.regions))} if refs else {""}
        yield from (Unknown(one.reason, refs, group) for group in sorted(groups or {""}))


def _told(
    gather: Callable[[], Iterable[Gathered[Any] | Unknown]],
) -> Iterator[Gathered[Any] | Unknown | RuleFault]:
    try:
        yield from gather()
    except NotMeasurable as error:
        yield Unknown(str(error))
    except Exception as error:  # noqa: BLE001 - reported with the subject, never passed over
        yield RuleFault(in_words(error))
