"""Statistics of a delivery: how many of what, by decision and by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

from guidelint.checking.counting.by_class import ByClass
from guidelint.checking.counting.formats import Formats
from guidelint.checking.counting.oddities import Oddities
from guidelint.checking.counting.tallies import MOST_KEPT, NOBODY, Tallies
from guidelint.checking.kept.digest import digest
from guidelint.checking.kept.numbers import Numbers
from guidelint.checking.record import FileSeen, Judged, Record, TaskSeen, Unread
from guidelint.validation.judging.verdict import DECISIONS, Decision
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.submission import SUBMISSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.counting.facts_used import FactsUsed
    from guidelint.checking.expected.expectation import Expectation
    from guidelint.imaging.supplied.supply import Supply
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.rule.subject import Subject

Column = Literal["error", "warning", "note", "escalates", "not checked", "rule failed", "known"]
COLUMNS: tuple[Column, ...] = ("error", "warning", "note", "escalates", "not checked", "rule failed", "known")
PASSING: frozenset[Decision] = frozenset({"accepted", "skipped"})
"""Decisions that ask nobody to do anything."""


def column(finding: Finding) -> Column:
    """Tell how a finding is counted: its level, unless it escalates or tells that there is no answer."""
    if finding.outcome == "cannot-evaluate":
        return "not checked"
    if finding.outcome == "rule-failed":
        return "rule failed"
    return "escalates" if finding.escalates_to else finding.level


def counted_as(judged: Judged, finding: Finding) -> Column:
    """Tell how a finding of a record is counted: those that a baseline makes known apart."""
    return "known" if judged.is_known(finding) else column(finding)


@dataclass(slots=True)
class TaskCounts:
    """How many tasks were read, and what was on them. A task that stands in several records counts for each."""

    annotated: int = 0
    """With an annotation that is not skipped, whether or not it could be read."""
    skipped: int = 0
    """With skipped annotations only."""
    unannotated: int = 0
    """Without an annotation; the next two are among these."""
    drafts_only: int = 0
    predictions_only: int = 0
    left_out: int = 0
    """With annotations that the run was not about, and no others."""
    annotations_left_out: int = 0

    def count(self, task: TaskSeen) -> None:
        """Count one task."""
        self.annotations_left_out += task.left_out
        if task.left_out and not task.annotated:
            self.left_out += 1
        elif task.annotated:
            self.skipped += task.annotated == task.skipped
            self.annotated += task.annotated != task.skipped
        else:
            self.unannotated += 1
            self.drafts_only += task.drafted
            self.predictions_only += task.predicted and not task.drafted

    def merge(self, other: TaskCounts) -> None:
        """Count what was counted behind these."""
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)

    @property
    def total(self) -> int:
        """All tasks."""
        return self.annotated + self.skipped + self.unannotated + self.left_out


@dataclass(slots=True)
class Totals:
    """Counts that grow with every record."""

    allow_empty: bool = False
    """Whether a run may end well although nothing was judged."""
    expectation: Expectation | None = None
    """What was expected, if that was said."""
    complete: bool = False
    """Whether all that was expected must have a verdict."""
    differences: tuple[str, ...] = ()
    """How the run departs from its guideline, in words; none: it is a conformance check."""
    comparison: Comparison | None = None
    """With the baseline that the run is compared with, if there is one."""
    facts: FactsUsed | None = None
    """What of the facts given beside the task data was of use, if there were any."""
    given: tuple[Supply, ...] = ()
    """All that was given beside the tasks: facts of their images, and the images."""
    legend: str = ""
    """The file of the legend that was given for masks; empty: none was."""
    not_shown: int = 0
    """Findings that are counted here and shown nowhere."""
    tasks: TaskCounts = field(default_factory=TaskCounts)
    formats: Formats = field(default_factory=Formats)
    oddities: Oddities = field(default_factory=Oddities)
    annotations: Counter[Decision] = field(default_factory=Counter[Decision])
    subjects: dict[str, Counter[Decision]] = field(default_factory=dict[str, Counter[Decision]])
    """Series, tasks, patients, …: verdicts on what lies above one annotation, by kind."""
    rules: dict[str, Counter[Column]] = field(default_factory=dict[str, Counter[Column]])
    annotators: Tallies = field(default_factory=Tallies)
    """Annotations by annotator."""
    guidelines: Tallies = field(default_factory=Tallies)
    """Annotations by the guideline that they were judged by."""
    annotator_names: dict[str, str] = field(default_factory=dict[str, str])
    """What annotators are called, by their ids, as far as the delivery tells it."""
    by_class: ByClass = field(default_factory=ByClass)
    unread: int = 0
    wrong_files: int = 0
    _whole: dict[str, Numbers] = field(default_factory=dict[str, Numbers])
    """Series, patients, … by kind, whoever read them."""
    _failed: set[str] = field(default_factory=set[str])

    def count(self, record: Record) -> None:
        """Count one record."""
        if isinstance(record, TaskSeen):
            self.tasks.count(record)
            self.oddities.see_task(record)
            if self.facts is not None:
                self.facts.see(record)
            if self.expectation is not None:
                self.expectation.see(record)
        elif isinstance(record, FileSeen):
            self.formats.see(record)
        elif isinstance(record, Unread):
            self.unread += 0 if record.usage else record.times
            self.wrong_files += record.usage
        else:
            self._count_verdict(record)

    def _count_verdict(self, record: Judged) -> None:
        verdict = record.verdict
        if verdict.subject.kind == SUBMISSION.name:
            self._count_annotation(record)
        else:
            self.subjects.setdefault(verdict.subject.kind, Counter())[verdict.decision] += 1
            key = _whole(verdict.subject, verdict.guideline)
            self._whole.setdefault(verdict.subject.kind, Numbers()).put(key, 1)
            self.by_class.count_above(record)
        for finding in verdict.findings:
            self.rules.setdefault(finding.rule, Counter())[counted_as(record, finding)] += 1
            if finding.outcome == "rule-failed":
                self._failed.add(finding.rule)

    def _count_annotation(self, record: Judged) -> None:
        decision = record.verdict.decision
        self.annotations[decision] += 1
        self.oddities.see_verdict(record)
        self.annotators.add(record.annotator or NOBODY, decision)
        self.guidelines.add(record.verdict.guideline, decision)
        if record.annotator and record.annotator_name and len(self.annotator_names) < MOST_KEPT:
            self.annotator_names.setdefault(record.annotator, record.annotator_name)
        self.by_class.count(record)

    def part(self) -> Totals:
        """Begin to count a part of the same run, to be merged."""
        facts = None if self.facts is None else self.facts.part()
        oddities, by_class = Oddities(later=[]), ByClass(self.by_class.several, later=[])
        return Totals(facts=facts, oddities=oddities, by_class=by_class)

    def merge(self, other: Totals) -> None:
        """Take in what was counted of what follows all this."""
        self.annotations.update(other.annotations)
        for kind, counts in other.subjects.items():
            self.subjects.setdefault(kind, Counter()).update(counts)
        for rule, columns in other.rules.items():
            self.rules.setdefault(rule, Counter()).update(columns)
        for kind, numbers in other._whole.items():
            self._whole.setdefault(kind, Numbers()).update(numbers)
        for annotator, name in other.annotator_names.items():
            if len(self.annotator_names) < MOST_KEPT:
                self.annotator_names.setdefault(annotator, name)
        self.tasks.merge(other.tasks)
        self.formats.merge(other.formats)
        self.oddities.merge(other.oddities)
        self.annotators.merge(other.annotators)
        self.guidelines.merge(other.guidelines)
        self.by_class.merge(other.by_class)
        if self.facts is not None and other.facts is not None:
            self.facts.merge(other.facts)
        self.unread += other.unread
        self.wrong_files += other.wrong_files
        self._failed |= other._failed

    def whole(self, kind: str) -> int:
        """How many series, patients, … there are, each of which may have been judged of several annotators."""
        return len(self._whole.get(kind, ()))

    @property
    def judged(self) -> int:
        """Annotations with a verdict, but for the skipped."""
        return self.annotations.total() - self.annotations["skipped"]

    @property
    def concerns(self) -> tuple[str, ...]:
        """What of the delivery as a whole keeps it from being accepted, in sentences."""
        return tuple(self._concerns())

    def _concerns(self) -> Iterator[str]:
        if not (self.judged or self.allow_empty or self.wrong_files):
            yield self._nothing_judged
        if self.complete and self.expectation and (missing := len(self.expectation.missing)):
            verb = "has" if missing == 1 else "have"
            yield f"The delivery is not complete: {missing} of what was expected {verb} no verdict"
        if self.complete and (count := self.oddities.undelivered.count):
            verb = "is" if count == 1 else "are"
            yield f"The delivery is not complete: {count} of the annotations that Label Studio counts {verb} not in it"
        for supply in self.given:
            yield from supply.doubts()

    @property
    def _nothing_judged(self) -> str:
        if self.unread:
            return "Nothing was judged: what was handed in could not be read"
        reason = "the export holds no task"
        if self.tasks.annotations_left_out:
            reason = "nothing is there of what the run was about"
        elif self.tasks.total:
            reason = "all annotations were skipped" if self.tasks.skipped else "no annotation was handed in"
        return f"Nothing was judged: {reason}. That is no acceptance; --allow-empty lets it pass"

    @property
    def status(self) -> int:
        """Exit status: 2 a file of another kind, 1 anything not accepted (or not read, or nothing judged), else 0.

        Known findings count for nothing here.
        """
        if self.wrong_files:
            return 2
        decided = self._decided if self.comparison is None else self.comparison.decisions
        failing = any(decided[decision] for decision in DECISIONS if decision not in PASSING)
        return int(self.unread > 0 or failing or bool(self.concerns))

    @property
    def _decided(self) -> Counter[Decision]:
        return sum(self.subjects.values(), self.annotations)

    @property
    def failed_rules(self) -> tuple[str, ...]:
        """Rules that raised on any record, also where somebody waives it."""
        return tuple(sorted(self._failed))

    def as_json(self) -> dict[str, object]:
        """Give the counts under stable names."""
        return {
            "tasks": {"total": self.tasks.total, **asdict(self.tasks)},
            "annotations": _by_decision(self.annotations),
            "series": _by_decision(self.subjects.get(SERIES.name, Counter())),
            "subjects": {kind: _by_decision(counts) for kind, counts in sorted(self.subjects.items())},
            "rules": {rule: dict(counts) for rule, counts in sorted(self.rules.items())},
            "by_guideline": self.guidelines.as_json(),
            "by_annotator": self.annotators.as_json(),
            "by_class": self.by_class.tallies.as_json(),
            "unreadable": self.unread,
            **self.oddities.as_json(),
            "files_of_another_kind": self.wrong_files,
            **self.formats.as_json(),
            **({} if self.expectation is None else {"expected": self.expectation.as_json()}),
            **({} if self.facts is None else {"facts": self.facts.as_json()}),
            **({"legend": {"from": self.legend, "used": self.formats.have_legend}} if self.legend else {}),
            **({} if self.comparison is None else {"baseline": self.comparison.as_json()}),
            "concerns": list(self.concerns),
            "differences": list(self.differences),
            "not_shown": self.not_shown,
        }


def _whole(subject: Subject, guideline: str) -> int:
    """Tell a series or a patient from others, whoever read it; an annotator by who it is."""
    it = subject
    named = it.task, it.annotation, it.series, it.name
    return digest(guideline, *named) if any(named) else digest(guideline, it.annotator)


def _by_decision(counts: Counter[Decision]) -> dict[Decision, int]:
    return {decision: counts[decision] for decision in DECISIONS}
