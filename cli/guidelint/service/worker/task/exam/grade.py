"""Grading: whoever has handed in every item of an exam is graded once, and that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.checking.exam.grading import Grader, HandedIn
from guidelint.checking.exam.item import ITEM_KEY
from guidelint.checking.exam.result import Taken
from guidelint.checking.exam.sheet import Sheet
from guidelint.labelstudio.connection.listing import PageSize, whole_tasks
from guidelint.service.clock import now
from guidelint.service.log import note
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.exams import KeptResult, attempts_before, exam_at, handed_in_by, put_result
from guidelint.service.store.hints import inbox
from guidelint.service.worker.task.exam.words import told_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import sqlalchemy as sa

    from guidelint.checking.exam.result import Result
    from guidelint.imaging.given import Given
    from guidelint.labelstudio.connection.task_client import AnnotationRead, TaskClient, TaskRead
    from guidelint.service.store.exams import KeptExam
    from guidelint.service.worker.task.exam.stands import ExamStands


@dataclass(frozen=True, slots=True)
class Grading:
    """Grades those who have handed in all of an exam, one of whose tasks is looked at."""

    engine: sa.Engine
    client: TaskClient
    key: TaskKey
    """The task."""
    lane: int
    given: Given

    def grade_due(self, stands: ExamStands, readers: Collection[int | None]) -> bool:
        """Grade those of the readers of this task who have handed in all others; whether anybody was graded.

        Raises Unreachable, NotMine or Refused when Label Studio does not tell what was handed in.
        """
        server, project, tasks = self.key.server, self.key.project, stands.tasks
        with read_only(self.engine) as connection:
            due = [
                reader
                for reader in sorted(one for one in {*readers} - stands.results.keys() if one is not None)
                if tasks and tasks <= handed_in_by(connection, server, project, reader)
            ]
            exam = exam_at(connection, server, project) if due else None
        if exam is None:
            return False
        whole = [task for _, found in whole_tasks(self.client, project, sorted(tasks), PageSize()) for task in found]
        data = {str(task.data.get(ITEM_KEY)): task.data for task in whole}
        sheet = Sheet.from_json(exam.sheet, data, self.given)
        news = [self._grade(exam, sheet, whole, reader) for reader in due]
        return any(news)

    def _grade(self, exam: KeptExam, sheet: Sheet, tasks: Sequence[TaskRead], reader: int) -> bool:
        """Grade one who has handed in all; False: something of it is not there any more, or another has done it."""
        handed_in = [(task, one) for task in tasks for one in task.annotations if one.annotator == reader]
        if len({task.id for task, _ in handed_in}) < len(sheet.items):
            return False
        grader = Grader(sheet)
        graded = [grader.graded(_handed_in(task, annotation)) for task, annotation in handed_in]
        with read_only(self.engine) as connection:
            earlier = attempts_before(connection, exam, reader)
        result = Taken(sheet, sheet.id, sheet.items).result(str(reader), graded, earlier + 1)
        if result.outcome == "unfinished":
            return False
        last, _ = max(handed_in, key=lambda pair: (pair[1].created_at, pair[1].id))
        with self.engine.begin() as connection:
            is_new = put_result(connection, _kept(exam, sheet, result, reader, last.id))
            for other in (task.id for task in tasks if is_new):
                hint = inbox.hint_row(TaskKey(exam.server, exam.project, other), inbox.REVISIT, lane=self.lane)
                inbox.put_once(connection, hint, unless_begun=True)
        if is_new:
            note("an exam was graded", server=exam.server, project=exam.project, outcome=result.outcome)
        return is_new


def _handed_in(task: TaskRead, annotation: AnnotationRead) -> HandedIn:
    """Give it as an export does, which tells addresses: elsewhere the number of a user is that of somebody else."""
    read: dict[str, Any] = msgspec.json.decode(annotation.raw)
    if annotation.annotator_address:
        read["completed_by"] = {"id": annotation.annotator, "email": annotation.annotator_address}
    return HandedIn(str(task.data.get(ITEM_KEY)), read, str(task.id))


def _kept(exam: KeptExam, sheet: Sheet, result: Result, reader: int, last_task: int) -> KeptResult:
    told = msgspec.json.encode({"told": list(told_lines(sheet, result)), "result": result}).decode()
    return KeptResult(exam.server, exam.project, reader, last_task, result.outcome == "passed", now(), told)
