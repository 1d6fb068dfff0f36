"""Exams: which projects are exams, which task shows which item, and what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import msgspec
import sqlalchemy as sa

from guidelint.annotation.qualification import Qualification
from guidelint.service.store.base.conditions import of_project
from guidelint.service.store.base.database import insert_if_absent, insert_or_update, read_only
from guidelint.service.store.base.tables import annotation_rows, exam_items, exam_results, exams
from guidelint.service.store.known import STANDING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

NO_TASK = 0


@dataclass(frozen=True, slots=True)
class KeptExam:
    """One exam."""

    server: str
    project: int
    exam: str
    guideline: str
    version: str
    role: str
    made_at: str
    sheet: bytes
    """All that it is graded by."""


class Came(msgspec.Struct, frozen=True):
    """What came of an exam, as far as the service asks for it: the result as it is kept tells more."""

    outcome: Literal["passed", "failed", "undecided", "unfinished"]
    qualification: Qualification | None = None


class ToldOfExam(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a result: what the one who took the exam reads, and what came of it."""

    told: tuple[str, ...]
    result: Came


@dataclass(frozen=True, slots=True)
class KeptResult:
    """What came of an exam for one who took it."""

    server: str
    project: int
    annotator: int
    last_task: int
    """The task that was handed in last."""
    passed: bool
    graded_at: str
    result: str
    """JSON of ``ToldOfExam``."""


def put_exam(connection: sa.Connection, exam: KeptExam, items: Iterable[str]) -> None:
    """Keep an exam and its items, none of which has a task yet. The caller commits."""
    insert_or_update(connection, exams, asdict(exam))
    for item in items:
        row = {"server": exam.server, "project": exam.project, "item": item, "task": NO_TASK}
        insert_if_absent(connection, exam_items, row)


def put_tasks(connection: sa.Connection, server: str, project: int, tasks: Mapping[str, int]) -> None:
    """Keep which task shows which item. The caller commits."""
    for item, task in tasks.items():
        which = of_project(exam_items, server, project) & (exam_items.c.item == item)
        connection.execute(sa.update(exam_items).where(which, exam_items.c.task != task).values(task=task))


def newest_exam(engine: sa.Engine, server: str, guideline: str, version: str, role: str) -> KeptExam | None:
    """Find the exam of a role under a version that was made last on a server."""
    found = (
        sa.select(exams)
        .where(exams.c.server == server, exams.c.guideline == guideline)
        .where(exams.c.version == version, exams.c.role == role)
        .order_by(exams.c.made_at.desc(), exams.c.project.desc())
        .limit(1)
    )
    with read_only(engine) as connection:
        row = connection.execute(found).first()
    return None if row is None else KeptExam(*row)


def exam_at(connection: sa.Connection, server: str, project: int) -> KeptExam | None:
    """Find the exam that a project is; None: it is none that is known."""
    row = connection.execute(sa.select(exams).where(of_project(exams, server, project))).first()
    return None if row is None else KeptExam(*row)


def items_seen(engine: sa.Engine, guideline: str) -> frozenset[str]:
    """Items of all exams in a guideline, of whatever version, role and server."""
    seen = sa.select(exam_items.c.item).select_from(_with_exam(exam_items)).where(exams.c.guideline == guideline)
    with read_only(engine) as connection:
        return frozenset(connection.execute(seen.distinct()).scalars())


def exams_made(engine: sa.Engine, guideline: str) -> int:
    """Count the exams in a guideline, of whatever version, role and server."""
    with read_only(engine) as connection:
        return connection.execute(
            sa.select(sa.func.count()).select_from(exams).where(exams.c.guideline == guideline)
        ).scalar_one()


def tasks_of_exam(connection: sa.Connection, server: str, project: int) -> dict[int, str]:
    """Lead from each task of an exam to its item."""
    found = sa.select(exam_items.c.task, exam_items.c.item).where(of_project(exam_items, server, project))
    return {row.task: row.item for row in connection.execute(found) if row.task != NO_TASK}


def handed_in_by(connection: sa.Connection, server: str, project: int, annotator: int) -> set[int]:
    """Tasks of a project on which somebody has handed in what stands."""
    found = (
        sa.select(annotation_rows.c.task)
        .where(of_project(annotation_rows, server, project), annotation_rows.c.annotator == annotator)
        .where(annotation_rows.c.state == STANDING)
    )
    return set(connection.execute(found).scalars())


def attempts_before(connection: sa.Connection, exam: KeptExam, annotator: int) -> int:
    """Count how often somebody has handed in all of another exam for the same role under the same version."""
    found = (
        sa.select(sa.func.count())
        .select_from(_with_exam(exam_results))
        .where(exams.c.server == exam.server, exams.c.project != exam.project, exams.c.role == exam.role)
        .where(exams.c.guideline == exam.guideline, exams.c.version == exam.version)
        .where(exam_results.c.annotator == annotator)
    )
    return connection.execute(found).scalar_one()


def put_result(connection: sa.Connection, result: KeptResult) -> bool:
    """Keep a result; False: there is one already, and it stays. The caller commits."""
    return insert_if_absent(connection, exam_results, asdict(result))


def results_of_exam(connection: sa.Connection, server: str, project: int) -> dict[int, KeptResult]:
    """Lead from each annotator who has handed in all of an exam to what came of it."""
    found = sa.select(exam_results).where(of_project(exam_results, server, project))
    return {row.annotator: KeptResult(*row) for row in connection.execute(found)}


def qualifications_at(
    connection: sa.Connection, server: str, guideline: str, annotators: Collection[int]
) -> tuple[Qualification, ...]:
    """Find what each has passed at one Label Studio: elsewhere a number of a user is that of somebody else."""
    passed = (
        _results_in(guideline)
        .where(exams.c.server == server, exam_results.c.passed)
        .where(exam_results.c.annotator.in_(annotators))
    )
    kept = map(read_result, connection.execute(passed).scalars())
    return tuple(one.result.qualification for one in kept if one.result.qualification is not None)


def read_result(text: str) -> ToldOfExam:
    """Read what is kept of a result."""
    return msgspec.json.decode(text, type=ToldOfExam)


def results_in(connection: sa.Connection, guideline: str) -> Iterator[str]:
    """Give what is kept of the results in a guideline, as JSON, in the order of their grading."""
    yield from connection.execute(_results_in(guideline)).scalars()


def _results_in(guideline: str) -> sa.Select[str]:
    return (
        sa.select(exam_results.c.result)
        .select_from(_with_exam(exam_results))
        .where(exams.c.guideline == guideline)
        .order_by(exam_results.c.graded_at)
    )


def _with_exam(table: sa.Table) -> sa.Join:
    """Give rows beside the exam that they are of."""
    return table.join(exams, (exams.c.server == table.c.server) & (exams.c.project == table.c.project))
