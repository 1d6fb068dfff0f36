"""Work that was done, judged: by groups of tasks that hang together, what each reading asked of whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.subject import Subject

BY = ("patient", "study", "series", "task")
"""What tasks hang together by, the widest first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One task as one annotator read it."""

    classes: frozenset[str]
    routes: frozenset[str]
    returned: bool = False
    unverified: bool = False
    skipped: bool = False
    lead_time_s: float | None = None

    @property
    def accepted(self) -> bool:
        """Whether nothing is asked of anybody."""
        return not (self.returned or self.unverified or self.skipped or self.routes)


@dataclass(slots=True)
class Above:
    """Verdicts on everything that annotators have read of a patient, a study or a series."""

    judged: int = 0
    returned: int = 0
    routes: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(slots=True)
class Group:
    """Tasks that hang together: of one patient, else of one study or series."""

    by: str
    tasks: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list[Reading]))
    above: dict[str, Above] = field(default_factory=lambda: defaultdict(Above))
    """Kind of subject → verdicts."""


@dataclass(slots=True)
class Past:
    """Everything that was done."""

    plan: Plan
    groups: dict[tuple[str, str], Group] = field(default_factory=dict[tuple[str, str], Group])
    left_out: set[str] = field(default_factory=set[str])
    """Kinds of subjects with findings that no group of tasks has: deliveries, annotators."""
    _group_of: dict[tuple[str, str], Group] = field(default_factory=dict[tuple[str, str], Group])
    """Group of what stands within it: the patients, studies, series and tasks."""

    @classmethod
    def of(cls, plan: Plan, submissions: Iterable[Submission]) -> Past:
        """Judge everything once."""
        past, fold = cls(plan), Fold(plan)
        for submission in submissions:
            past._take(submission)
            fold.add(submission)
        for verdict in fold.verdicts():
            past._take_above(verdict)
        return past

    @property
    def readings(self) -> int:
        """How often a task was read."""
        return sum(len(readings) for group in self.groups.values() for readings in group.tasks.values())

    @property
    def tasks(self) -> int:
        """How many tasks were read."""
        return sum(len(group.tasks) for group in self.groups.values())

    def _take(self, submission: Submission) -> None:
        verdict = judge(self.plan, submission)
        names = _names(submission.image, submission.task)
        by, name = next(iter(names.items()))
        group = self.groups.setdefault((by, name), Group(by))
        for one in names.items():
            self._group_of.setdefault(one, group)
        group.tasks[submission.task].append(
            Reading(
                classes=frozenset(one.class_name for one in submission.regions if one.class_name is not None),
                routes=frozenset(one.route for one in verdict.escalations),
                returned=verdict.decision == "returned",
                unverified=verdict.decision == "unverified",
                skipped=submission.skipped,
                lead_time_s=submission.lead_time_s,
            )
        )

    def _take_above(self, verdict: Verdict) -> None:
        group = self._group(verdict.subject)
        if group is None:
            if verdict.findings:
                self.left_out.add(verdict.subject.kind)
            return
        above = group.above[verdict.subject.kind]
        above.judged += 1
        above.returned += verdict.decision == "returned"
        for one in verdict.escalations:
            above.routes[one.route] += 1

    def _group(self, subject: Subject) -> Group | None:
        named = {subject.kind: subject.name} if subject.name else {"series": subject.series, "task": subject.task}
        found = (self._group_of.get((by, named.get(by, ""))) for by in BY)
        return next((group for group in found if group is not None), None)


def _names(image: ImageFacts, task: str) -> dict[str, str]:
    """Name what a task is within, the widest first."""
    every = (image.patient, image.study_uid, image.series_uid, task)
    return {by: name for by, name in zip(BY, every, strict=True) if name}
