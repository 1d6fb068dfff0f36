"""What a delivery comes to, record by record: judged, not readable, or a task that was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.decoding.decoder import RecordText
    from guidelint.checking.kept.task_starts import TaskStarts
    from guidelint.checking.known import Standing
    from guidelint.imaging.beside import Beside
    from guidelint.validation.judging.fed import Unfed
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Decision, Verdict


AGAIN = "Export it again and change nothing in it; what a program has written or changed, its maker puts right"


def with_remedy(reason: str) -> str:
    """Say what to do about something unreadable, unless the reason does."""
    return reason if ". " in reason else f"{reason}. {AGAIN}"


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict: on an annotation, or on a series once all its slices were read."""

    file: str
    """Empty for a series, which may stand in several files."""
    verdict: Verdict
    annotator: str | None = None
    annotator_name: str = ""
    """What the annotator is called; empty: not told."""
    record: int = 0
    """Which record of the file, from 1; 0 for a series."""
    image: str = ""
    """The image as the task data give it, unsigned."""
    task_has_id: bool = True
    """Whether the task has an id of its own; without one it is known by its record."""
    number: int = 0
    """Which annotation of the task, from 1; 0 for a series."""
    project: str = ""
    """Number of the project in Label Studio, where the task tells it."""
    text: RecordText | None = None
    """Text of the task, if places were asked for."""
    regions: Mapping[str | None, int] = field(default_factory=Counter[str | None])
    """How many regions of each class were judged; None: of no class. Empty for a series."""
    starts: TaskStarts | None = None
    """For a series: where its tasks begin, if places were asked for."""
    standings: Mapping[str, Standing] = field(default_factory=dict[str, "Standing"])
    """How findings stand to the baseline, by their id; those that it does not tell of are not among them."""
    but_for_known: Decision | None = None
    """What is decided but for known findings; None: the run is compared with no baseline."""

    def standing(self, finding: Finding) -> Standing | None:
        """How a finding stands to the baseline; None: that does not tell of it."""
        return self.standings.get(finding.id)

    def is_known(self, finding: Finding) -> bool:
        """Whether the baseline makes a finding known."""
        found = self.standing(finding)
        return found is not None and found.is_known


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, and so could not be judged."""

    file: str
    reason: str
    position: int = 0
    """Which record of the file, from 1; 0: the file itself."""
    offset: int | None = None
    """Its first byte in the uncompressed text; None: the format counts none."""
    task: str = ""
    annotation: int = 0
    """Which annotation of the task, from 1; 0: the task itself."""
    project: str = ""
    """Number of the project in Label Studio, where the task tells it."""
    text: RecordText | None = None
    """Text of the task, if places were asked for."""
    usage: bool = False
    """The file is of another kind: nothing in it can be read."""
    repeats: bool = False
    """It was told of another record before, and is only counted."""
    times: int = 1
    """How many it stands for."""


@dataclass(frozen=True, slots=True)
class TaskSeen:
    """A task that was read, told after its annotations."""

    file: str
    record: int
    """Which record of the file, from 1."""
    task: str
    """Its id; empty: none."""
    data: Mapping[str, object]
    """Its data as delivered, but for what names other images than its own."""
    project: str = ""
    """Number of the project in Label Studio, where the task tells it."""
    judged: int = 0
    """Annotations with a verdict, but for the skipped."""
    skipped: int = 0
    unread: int = 0
    """Annotations that could not be read."""
    left_out: int = 0
    """Annotations that the run is not about."""
    undelivered: int = 0
    """Annotations that Label Studio counts on the task, beyond those that stand here."""
    drafted: bool = False
    """Somebody has begun, and not handed in."""
    predicted: bool = False
    """A model has made a proposal."""
    beside: tuple[Beside, ...] = ()
    """What is told of each of its images beside its data."""
    guidelines: tuple[str, ...] = ()
    """By which of several guidelines its annotations were judged."""

    @property
    def annotated(self) -> int:
        """Annotations that were handed in."""
        return self.judged + self.skipped + self.unread


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file whose format is known, told before what it holds."""

    file: str
    format_name: str
    format_title: str
    """What people call a file of it, with its article."""
    not_judged: tuple[Unfed, ...] = ()
    """Rules of the guideline that the format cannot feed."""
    refusal: str = ""
    """Why nothing in this format is accepted; empty: the guideline takes it."""
    remedy: str = ""
    guideline: str = ""
    """By which guideline it is judged."""
    has_legend: bool = False
    """Whether a legend says what its values mean."""
    again: bool = False
    """It was told before, of another guideline of the run."""


Shown = Judged | Unread
"""What is shown of a delivery."""
Record = Shown | TaskSeen | FileSeen


def is_shown(record: Record) -> TypeGuard[Shown]:
    """Tell what people are shown from what is only counted."""
    return isinstance(record, Judged) or (isinstance(record, Unread) and not record.repeats)
