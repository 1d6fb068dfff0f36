"""What verdicts on subjects above one submission say of one of their tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.service.store.subject_verdicts import verdicts_by_task
from guidelint.validation.judging.verdict import decide, escalations

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import sqlalchemy as sa

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.fold import Gathers
    from guidelint.validation.judging.verdict import Verdict


def seen_on_tasks(checks: Mapping[str, Gathers]) -> frozenset[str]:
    """Keys of the checks whose findings stand on tasks: those that are not for a manager alone."""
    return frozenset(key for key, (_, _, scope) in checks.items() if scope.shown_to != "manager")


def on_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int], checks: Mapping[str, Gathers]
) -> dict[int, tuple[Verdict, ...]]:
    """Task → current verdicts on its subjects, each with what concerns that task."""
    found = verdicts_by_task(connection, server, project, wanted, seen_on_tasks(checks))
    return {
        task: tuple(seen for one in judged if (seen := on_task(one.verdict, task)) is not None)
        for task, judged in found.items()
    }


def on_task(verdict: Verdict, task: int) -> Verdict | None:
    """Say what a verdict says of one task; None: nothing. A verdict on the task itself is all about it."""
    if verdict.subject.task:
        return verdict
    findings = tuple(finding for finding in verdict.findings if concerns(finding, task))
    if not findings:
        return None
    return replace(verdict, findings=findings, decision=decide(findings), escalations=escalations(findings))


def concerns(finding: Finding, task: int) -> bool:
    """Whether a finding is about a region of a task; one that names no region concerns all its subject's tasks."""
    places = {region.task for region in finding.regions} - {""}
    return not places or str(task) in places
