"""Which of the stored annotations change their verdict, and whom that concerns."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from guidelint.checking.impact.sides import Told, told
from guidelint.imaging.given import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.impact.differing import Differing
    from guidelint.checking.impact.sides import Cause
    from guidelint.checking.record import Judged
    from guidelint.validation.judging.verdict import Decision

NO_CLASS: Final = ""
"""What is found of no region in particular."""
ANNOTATION: Final = "submission"
"""Kind of subject that one annotation is."""


@dataclass(frozen=True, slots=True)
class Row:
    """How much of something changes."""

    name: str
    changed: int
    of: int


@dataclass(frozen=True, slots=True)
class Move:
    """A verdict that becomes another."""

    kind: str
    """Of what: ``submission``, ``series``, ``patient``."""
    old: Decision
    new: Decision
    count: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A subject whose verdict changes."""

    subject: str
    """In words: an annotation, a series, a patient."""
    task: str
    annotation: str
    annotator: str | None
    source: str
    old: Decision
    new: Decision
    clauses: tuple[str, ...]
    """Where the guideline asks for what only one of the versions finds."""


@dataclass(frozen=True, slots=True)
class Again:
    """A class whose rules are others, and who has marked it."""

    name: str
    annotators: tuple[str, ...]


@dataclass(frozen=True)
class Impact:
    """What becomes of stored work under another version."""

    old: str
    new: str
    rules_differ: tuple[str, ...]
    """Where the versions ask otherwise, as paths."""
    in_one_go: bool
    """Whether only rules that differ were judged twice."""
    annotations: int
    """Annotations judged, but for the skipped."""
    moves: tuple[Move, ...]
    """Annotations that change by their verdict before and after, the most first."""
    above: tuple[Move, ...]
    """The same of what lies above annotations."""
    changed: tuple[Changed, ...]
    """Annotations and whatever lies above them, as they came."""
    by_class: tuple[Row, ...]
    """Annotations that change for a region of the class, of those that have one; ``""``: for no region."""
    by_annotator: tuple[Row, ...]
    by_source: tuple[Row, ...]
    """By the file that it was handed in in: by vendor, where each has files of its own."""
    by_clause: tuple[Row, ...]
    """By where the guideline asks for what only one version finds, of all verdicts, those above annotations too."""
    again: tuple[Again, ...]
    """Classes that annotators must be certified for again."""
    unread: int = 0

    @property
    def annotations_changed(self) -> int:
        """Annotations that change."""
        return sum(move.count for move in self.moves)

    @property
    def above_changed(self) -> int:
        """Verdicts above annotations that change."""
        return sum(move.count for move in self.above)


@dataclass(slots=True)
class _Tally:
    of: Counter[str] = field(default_factory=Counter[str])
    changed: Counter[str] = field(default_factory=Counter[str])

    def rows(self) -> tuple[Row, ...]:
        names = sorted({*self.of, *(+self.changed)}, key=lambda name: (-self.changed[name], -self.of[name], name))
        return tuple(Row(name, self.changed[name], self.of[name]) for name in names)


@dataclass(slots=True)
class _Counting:
    """What was counted so far."""

    subjects: int = 0
    annotations: int = 0
    unread: int = 0
    moves: Counter[tuple[str, Decision, Decision]] = field(default_factory=Counter[tuple[str, "Decision", "Decision"]])
    changed: list[Changed] = field(default_factory=list["Changed"])
    clauses: Counter[str] = field(default_factory=Counter[str])
    classes: _Tally = field(default_factory=_Tally)
    annotators: _Tally = field(default_factory=_Tally)
    sources: _Tally = field(default_factory=_Tally)
    marked_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set[str]))

    def take(self, one: Told) -> None:
        """Count a subject that is judged."""
        judged = one.judged
        self.subjects += 1
        if is_annotation := judged.verdict.subject.kind == ANNOTATION:
            self._take_annotation(judged)
        if one.old.decision == one.new.decision:
            return
        causes = one.old.causes ^ one.new.causes
        self.changed.append(_changed(one, causes))
        self.moves[judged.verdict.subject.kind, one.old.decision, one.new.decision] += 1
        self.clauses.update({cause.clause for cause in causes})
        if is_annotation:
            self.annotators.changed[judged.annotator or ""] += 1
            self.sources.changed[judged.file] += 1
            self.classes.changed.update(_classes(causes))

    def _take_annotation(self, judged: Judged) -> None:
        self.annotations += 1
        self.annotators.of[judged.annotator or ""] += 1
        self.sources.of[judged.file] += 1
        for name in filter(None, judged.regions):
            self.classes.of[name] += 1
            self.marked_by[name].add(judged.annotator or "")

    def moved(self, *, of_annotations: bool) -> tuple[Move, ...]:
        """List how verdicts move, the most frequent first."""
        found = (Move(*what, count) for what, count in self.moves.most_common())
        return tuple(move for move in found if (move.kind == ANNOTATION) is of_annotations)


def impact(differing: Differing, sources: Sequence[Source], given: Given = NOTHING_GIVEN) -> Impact:
    """Judge everything under both versions, and count what changes."""
    counting = _Counting()
    for one in told(differing, sources, given):
        if not isinstance(one, Told):
            counting.unread += one.times
        elif one.old.decision != "skipped":
            counting.take(one)
    if counting.classes.changed[NO_CLASS]:
        counting.classes.of[NO_CLASS] = counting.annotations
    return Impact(
        old=str(differing.old.guideline),
        new=str(differing.new.guideline),
        rules_differ=tuple(dict.fromkeys(check.clause for check in (*differing.only_new, *differing.only_old))),
        in_one_go=differing.both is not None,
        annotations=counting.annotations,
        moves=counting.moved(of_annotations=True),
        above=counting.moved(of_annotations=False),
        changed=tuple(counting.changed),
        by_class=counting.classes.rows(),
        by_annotator=counting.annotators.rows(),
        by_source=counting.sources.rows(),
        by_clause=tuple(Row(name, count, counting.subjects) for name, count in counting.clauses.most_common()),
        again=_again(differing, counting.marked_by),
        unread=counting.unread,
    )


def _changed(one: Told, causes: Iterable[Cause]) -> Changed:
    subject = one.judged.verdict.subject
    return Changed(
        subject=subject.title,
        task=subject.task,
        annotation=subject.annotation,
        annotator=one.judged.annotator,
        source=one.judged.file,
        old=one.old.decision,
        new=one.new.decision,
        clauses=tuple(sorted({cause.clause for cause in causes})),
    )


def _classes(causes: Iterable[Cause]) -> set[str]:
    return {name or NO_CLASS for cause in causes for _, name in cause.regions or (("", None),)}


def _again(differing: Differing, marked_by: dict[str, set[str]]) -> tuple[Again, ...]:
    """List the classes whose rules are others, under the names of the new version."""
    names = differing.classes
    every = tuple(differing.new.vocabulary.classes) if names is None else names
    return tuple(Again(name, tuple(sorted(filter(None, marked_by.get(name, ()))))) for name in every)
