"""All that stands in a project now, each annotation with the version of the guideline that it is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.supplied import SuppliedError
from guidelint.labelstudio.connection.listing import PageSize, whole_tasks
from guidelint.service.store.base.database import place_of
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox_rows import BULK
from guidelint.service.store.hints.job import Job
from guidelint.service.store.projects import Plans
from guidelint.service.worker.servers.not_known import not_pushed
from guidelint.service.worker.task.read_task import LookedAt, as_they_stand, look_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient
    from guidelint.service.versions.project_address import ProjectAddress
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.validation.judging.plan import Plan


def newest_plan(engine: sa.Engine, of: ProjectAddress) -> Plan:
    """Find what a project follows now. Raises SuppliedError where the store does not know it, and PlanError."""
    plan = Plans(engine).newest(of.server, of.project)
    if plan is None:
        raise SuppliedError(not_pushed(of.server, of.project, place_of(engine)))
    return plan


def standing(engine: sa.Engine, client: TaskClient, of: ProjectAddress) -> Iterator[TaskAsItStands]:
    """Read every task of a project, by id. Raises LabelStudioError and PlanError."""
    plans, wanted = Plans(engine), sorted({task.id for task in client.tasks(of.project)})
    for asked, found in whole_tasks(client, of.project, wanted, PageSize()):
        read = {task.id: LookedAt(_job(of, task.id), task) for task in found}
        every = [read.get(task) or look_at(client, _job(of, task)) for task in asked]
        yield from as_they_stand(engine, plans, _there(every))


def _job(of: ProjectAddress, task: int) -> Job:
    return Job(TaskKey(of.server, of.project, task), (), 0, 0, BULK)


def _there(found: Sequence[LookedAt]) -> list[LookedAt]:
    """Leave out tasks that were deleted meanwhile."""
    return [item for item in found if item.task is not None]
