"""How an exam stands, as far as each of its tasks tells it, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.exam.banner import ToldResult, exam_banner, exam_write_back
from guidelint.labelstudio.writeback.columns import annotator_called
from guidelint.service.store.exams import read_result, results_of_exam, tasks_of_exam

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.labelstudio.writeback.write_back import WriteBack
    from guidelint.service.store.exams import KeptResult
    from guidelint.service.store.handed_in import HandedIn


@dataclass(frozen=True, slots=True)
class ExamStands:
    """An exam: its tasks, and what came of it for those who have handed in all of them."""

    tasks: frozenset[int]
    results: Mapping[int, KeptResult]

    def write_back(self, task: TaskRead, versions: Sequence[HandedIn]) -> WriteBack:
        """Tell who has handed in a task, and what came of the exam for those who have finished it."""
        if task.id not in self.tasks:
            return exam_write_back(task.data, "")
        in_order = sorted(versions, key=lambda one: (one.submitted_at, one.annotation))
        names = {one.annotator: annotator_called(one.annotator_name, one.annotator) for one in in_order}
        last = in_order[-1].annotator if in_order else None
        told = [self._told(who, name, task.id, last) for who, name in names.items() if who in self.results]
        return exam_write_back(task.data, exam_banner(len(self.tasks), list(names.values()), told))

    def _told(self, annotator: int | None, name: str, task: int, last: int | None) -> ToldResult:
        kept = self.results[annotator or 0]
        read = read_result(kept.result)
        outcome = "undecided" if read.result.outcome == "unfinished" else read.result.outcome
        return ToldResult(name, outcome, read.told, is_open=kept.last_task == task and annotator == last)


def exam_stands(connection: sa.Connection, server: str, project: int) -> ExamStands:
    """Find how an exam stands."""
    return ExamStands(
        frozenset(tasks_of_exam(connection, server, project)), results_of_exam(connection, server, project)
    )
