"""What the store can tell of a whole project: verdicts on what spans several of its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.store.base.database import read_only
from guidelint.service.store.subjects.groups import subjects_that_wait
from guidelint.service.store.subjects.verdicts import current_verdicts

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.store.subjects.verdicts import SubjectJudged


def told_of_project(engine: sa.Engine, server: str, project: int) -> tuple[list[SubjectJudged], int]:
    """Find current verdicts on what spans several tasks, and how many subjects changed since."""
    with read_only(engine) as connection:
        judged = current_verdicts(connection, server, project)
        waiting = subjects_that_wait(connection, server, project)
    return [one for one in judged if not one.verdict.subject.task], len(waiting)
