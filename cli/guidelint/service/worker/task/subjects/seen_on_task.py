"""What verdicts on subjects above one submission say of one of their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.store.subjects.verdicts import on_task, verdicts_by_task

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import sqlalchemy as sa

    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.judging.verdict import Verdict


def seen_on_tasks(checks: Mapping[str, Gathers]) -> frozenset[str]:
    """Keys of the checks whose findings stand on tasks: those that are not for a manager alone."""
    return frozenset(key for key, one in checks.items() if one.scope.shown_to != "manager")


def on_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int], checks: Mapping[str, Gathers]
) -> dict[int, tuple[Verdict, ...]]:
    """Task → current verdicts on its subjects, each with what concerns that task."""
    found = verdicts_by_task(connection, server, project, wanted, seen_on_tasks(checks))
    return {
        task: tuple(seen for one in judged if (seen := on_task(one.verdict, task)) is not None)
        for task, judged in found.items()
    }
