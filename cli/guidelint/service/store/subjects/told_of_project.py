"""What the store can tell of a whole project: verdicts on what spans several of its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.store.base.database import read_only
from guidelint.service.store.projects import Plans
from guidelint.service.store.subjects.groups import subjects_that_wait
from guidelint.service.store.subjects.verdicts import current_verdicts
from guidelint.validation.judging.fold import gathering_checks
from guidelint.validation.judging.plan import PlanError
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.store.subjects.verdicts import SubjectJudged


def told_of_project(engine: sa.Engine, server: str, project: int) -> tuple[list[SubjectJudged], int]:
    """Find current verdicts on what spans several tasks, and how many subjects changed since."""
    with read_only(engine) as connection:
        judged = current_verdicts(connection, server, project)
    return [one for one in judged if one.verdict.subject.kind != TASK.name], waiting(engine, server, project)


def waiting(engine: sa.Engine, server: str, project: int) -> int:
    """Count the subjects that changed since they were judged; none where this engine cannot read the guideline."""
    try:
        plan = Plans(engine).newest(server, project)
    except PlanError:
        return 0
    checks = {} if plan is None else gathering_checks(plan)
    with read_only(engine) as connection:
        return len(subjects_that_wait(connection, server, project, checks))
