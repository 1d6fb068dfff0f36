"""What a trial comes to: what stands in Label Studio, held against the store and against what the tasks say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from tests.faults.work import deserved
from tests.service.told import status_told

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.labelstudio.writeback.judged import StandingAnnotation
from guidelint.labelstudio.writeback.write_back import TaskState, write_back_for
from guidelint.service.clock import as_text
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import annotation_rows, contents, inbox, requeues, verdicts
from guidelint.service.worker.task.judge_annotation import content_digest
from guidelint.service.worker.task.task_submissions import GIVEN_UP
from guidelint.validation.judging.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.validation.judging.plan import Plan

Row = dict[str, Any]
STANDING, REQUEUED = "standing", "requeued"


@dataclass(frozen=True)
class Reckoning:
    """What went wrong, each as a sentence; all four are empty when nothing did."""

    standing: int
    """Annotations that stand in Label Studio."""
    decisions: Counter[str]
    """What was decided on them."""
    lost: list[str] = field(default_factory=list[str])
    """An annotation without a current verdict, or an acknowledged delivery that is not in the store."""
    doubled: list[str] = field(default_factory=list[str])
    """A version judged twice, or returned work prefilled twice."""
    ghost: list[str] = field(default_factory=list[str])
    """A current verdict on what is not there, and was not taken out by us."""
    stale: list[str] = field(default_factory=list[str])
    """A current verdict, or a task, that says what is no longer so."""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Lost, doubled, ghost, stale."""
        return len(self.lost), len(self.doubled), len(self.ghost), len(self.stale)


@dataclass
class Books:
    """Everything that is compared."""

    engine: sa.Engine
    server: str
    """Address under which the store knows Label Studio."""
    projects: dict[int, Plan]
    tasks: list[TaskRead]

    def reckon(self, acknowledged: set[str]) -> Reckoning:
        """Compare all of it."""
        decisions = Counter(deserved(item) for task in self.tasks for item in task.annotations)
        return Reckoning(
            decisions.total(),
            decisions,
            [*self._lost(), *self._not_kept(acknowledged)],
            [*self._judged_twice(), *self._prefilled_twice()],
            list(self._ghosts()),
            list(self._stale()),
        )

    def _lost(self) -> Iterator[str]:
        judged = {_identity(row) for row in self._rows(verdicts) if row["is_current"]}
        for task in self.tasks:
            for item in task.annotations:
                if (task.project, item.id, as_text(item.created_at)) not in judged:
                    yield f"annotation {item.id} of task {task.id} has no verdict"

    def _not_kept(self, acknowledged: set[str]) -> Iterator[str]:
        kept = {row["digest"] for row in self._rows(inbox)}
        yield from (f"delivery {digest[:8]} was acknowledged and is not there" for digest in acknowledged - kept)

    def _judged_twice(self) -> Iterator[str]:
        judged = [row for row in self._rows(verdicts) if row["engine"] != GIVEN_UP]
        times = Counter((_identity(row), row["version"]) for row in judged)
        yield from (f"{version} was judged {count} times" for version, count in times.items() if count > 1)

    def _prefilled_twice(self) -> Iterator[str]:
        for task in self.tasks:
            times = Counter(bytes(item.result) for item in task.predictions)
            if len(times) < len(task.predictions):
                yield f"task {task.id} is prefilled with the same work {max(times.values())} times"

    def _ghosts(self) -> Iterator[str]:
        there = {(task.project, item.id, as_text(item.created_at)) for task in self.tasks for item in task.annotations}
        ours = {_identity(row) for row in self._rows(requeues) if row["state"] == "done"}
        told = [(row, "a current verdict") for row in self._rows(verdicts) if row["is_current"]]
        told += [(row, "a standing row") for row in self._rows(annotation_rows) if row["state"] == STANDING]
        for row, what in told:
            if _identity(row) not in there | ours:
                yield f"annotation {row['annotation']} is gone and has {what}"

    def _stale(self) -> Iterator[str]:
        held = self._held()
        for task in self.tasks:
            mine = held.get((task.project, task.id), {})
            yield from self._stale_verdicts(task, mine)
            yield from self._stale_words(task, list(mine.values()))

    def _stale_verdicts(self, task: TaskRead, held: dict[tuple[int, str], Row]) -> Iterator[str]:
        for item in task.annotations:
            row = held.get((item.id, as_text(item.created_at)))
            if row is not None and (row["content"], row["decision"]) != (content_digest(item), deserved(item)):
                yield f"annotation {item.id} deserves {deserved(item)}, the store says {row['decision']}"

    def _stale_words(self, task: TaskRead, held: Sequence[Row]) -> Iterator[str]:
        shown = task.data.get("gl_status", "")
        taken_out = [row["decision"] for row in held if row["state"] == REQUEUED]
        wanted = status_told(list(map(deserved, task.annotations)), task.overlap, taken_out)
        state = TaskState(task.data, task.overlap, task.is_labeled)
        if shown != wanted:
            yield f"task {task.id} shows {shown!r} and should show {wanted!r}"
        else:
            readings = [_reading(row, task) for row in held]
            told = write_back_for(state, readings, self.projects[task.project].routes).data or task.data
            other = [key for key in KEYS if task.data.get(key, "") != told.get(key, "")]
            if other:
                yield f"task {task.id} shows other words than its verdicts: {', '.join(other)}"

    def _held(self) -> dict[tuple[int, int], dict[tuple[int, str], Row]]:
        """Task → annotation → what the store holds of it that counts, with its current verdict."""
        contents_of = {(_identity(row), row["version"]): row["digest"] for row in self._rows(contents)}
        current = {_identity(row): row for row in self._rows(verdicts) if row["is_current"]}
        found: dict[tuple[int, int], dict[tuple[int, str], Row]] = {}
        for row in self._rows(annotation_rows):
            if row["state"] not in {STANDING, REQUEUED} or _identity(row) not in current:
                continue  # lost, or a ghost, and told as such
            told = current[_identity(row)]
            held = {**row, "decision": told["decision"], "verdict": told["verdict"], "digest": told["digest"]}
            held["content"] = contents_of.get((_identity(row), told["version"]))
            found.setdefault((row["project"], row["task"]), {})[row["annotation"], row["created_at"]] = held
        return found

    def _rows(self, table: sa.Table) -> list[Row]:
        with read_only(self.engine) as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def tasks_of(url: str, token: str, projects: Sequence[int]) -> list[TaskRead]:
    """Every task as it stands in Label Studio."""
    with TaskClient(url, token) as client:
        numbers = sorted({listed.id for project in projects for listed in client.tasks(project)})
        return [client.task(number) for number in numbers]


def _identity(row: Row) -> tuple[int, int, str]:
    return row["project"], row["annotation"], row["created_at"]


def _reading(row: Row, task: TaskRead) -> StandingAnnotation:
    names = {(item.id, as_text(item.created_at)): item.annotator_name for item in task.annotations}
    return StandingAnnotation(
        annotation=row["annotation"],
        annotator=row["annotator"],
        submitted_at=row["submitted_at"],
        verdict=msgspec.json.decode(row["verdict"], type=Verdict),
        digest=row["digest"],
        requeued=row["state"] == REQUEUED,
        annotator_name=names.get((row["annotation"], row["created_at"]), ""),
    )
