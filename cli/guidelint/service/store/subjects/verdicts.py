"""Verdicts on subjects above one submission: tasks, series, patients, annotators, whole projects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store.base.conditions import has_its, of_project
from guidelint.service.store.base.tables import contributions, subject_verdicts
from guidelint.service.store.subjects.contributions import subject_of
from guidelint.validation.judging.verdict import Verdict, decide, escalations

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.validation.judging.finding import Finding


@dataclass(frozen=True, slots=True)
class SubjectJudged:
    """The current verdict on a subject."""

    subject: str
    """As it is written in the store."""
    verdict: Verdict
    judged_at: str


def current_verdict(connection: sa.Connection, server: str, project: int, subject: str) -> Verdict | None:
    """Find the current verdict on a subject; None: there is none."""
    text = _current_text(connection, server, project, subject)
    return None if text is None else msgspec.json.decode(text, type=Verdict)


def current_verdicts(connection: sa.Connection, server: str, project: int) -> list[SubjectJudged]:
    """Find every current verdict of a project."""
    found = sa.select(subject_verdicts).where(
        of_project(subject_verdicts, server, project), subject_verdicts.c.is_current
    )
    return [_judged(row) for row in connection.execute(found.order_by(subject_verdicts.c.subject))]


def given_since(connection: sa.Connection, server: str, project: int, moment: str) -> Counter[str]:
    """Count the current verdicts of a project that were given since a moment, by kind of subject."""
    found = sa.select(subject_verdicts.c.subject).where(
        of_project(subject_verdicts, server, project),
        subject_verdicts.c.is_current,
        subject_verdicts.c.judged_at >= moment,
    )
    return Counter(subject_of(text).kind for text in connection.execute(found).scalars())


def verdicts_by_task(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int], checks: Collection[str]
) -> dict[int, list[SubjectJudged]]:
    """Task → current verdicts on the subjects that it contributes to under some checks."""
    if not checks:
        return {}
    pairs = (
        sa.select(contributions.c.task, contributions.c.subject)
        .where(
            of_project(contributions, server, project),
            contributions.c.task.in_(wanted),
            contributions.c.check_key.in_(sorted(checks)),
        )
        .distinct()
        .subquery()
    )
    same = pairs.c.subject == subject_verdicts.c.subject
    found = (
        sa.select(pairs.c.task, subject_verdicts)
        .join(subject_verdicts, same)
        .where(of_project(subject_verdicts, server, project), subject_verdicts.c.is_current)
        .order_by(subject_verdicts.c.subject)
    )
    by_task: dict[int, list[SubjectJudged]] = {}
    for row in connection.execute(found):
        by_task.setdefault(row.task, []).append(_judged(row))
    return by_task


def subjects_of_task(connection: sa.Connection, key: TaskKey) -> list[SubjectJudged]:
    """Find what is judged over several submissions and concerns a task: its verdict, or findings on its regions."""
    contributed = sa.select(contributions.c.subject).where(
        of_project(contributions, key.server, key.project), contributions.c.task == key.task
    )
    found = sa.select(subject_verdicts).where(
        of_project(subject_verdicts, key.server, key.project),
        subject_verdicts.c.is_current,
        subject_verdicts.c.subject.in_(contributed),
    )
    judged = (_judged(row) for row in connection.execute(found.order_by(subject_verdicts.c.subject)))
    return [replace(one, verdict=seen) for one in judged if (seen := on_task(one.verdict, key.task)) is not None]


def on_task(verdict: Verdict, task: int) -> Verdict | None:
    """Say what a verdict says of one task; None: nothing. A verdict on the task itself is all about it."""
    if verdict.subject.task:
        return verdict
    findings = tuple(finding for finding in verdict.findings if _concerns(finding, task))
    held = tuple(finding for finding in verdict.held if _concerns(finding, task))
    if not findings and not held:
        return None
    return replace(
        verdict,
        findings=findings,
        decision=decide(findings),
        escalations=escalations(findings),
        awaited=verdict.awaited if held else None,
        held=held,
    )


def _concerns(finding: Finding, task: int) -> bool:
    """Whether a finding is about a region of a task; one that names no region concerns all its subject's tasks."""
    places = {region.task for region in finding.regions} - {""}
    return not places or str(task) in places


def judged_otherwise(connection: sa.Connection, server: str, project: int, plan_digest: str, engine: str) -> list[str]:
    """Subjects whose current verdict another plan or engine gave."""
    other = sa.or_(subject_verdicts.c.plan_digest != plan_digest, subject_verdicts.c.engine != engine)
    found = sa.select(subject_verdicts.c.subject).where(
        of_project(subject_verdicts, server, project), subject_verdicts.c.is_current, other
    )
    return sorted(connection.execute(found).scalars())


def replace_verdict(
    connection: sa.Connection, server: str, project: int, subject: str, verdict: Verdict | None
) -> bool:
    """Let a verdict be the current one, or none where nothing is left to judge; whether that is news."""
    text = None if verdict is None else msgspec.json.encode(verdict).decode()
    if _current_text(connection, server, project, subject) == text:
        return False
    own = sa.and_(of_project(subject_verdicts, server, project), subject_verdicts.c.subject == subject)
    connection.execute(sa.update(subject_verdicts).where(own, subject_verdicts.c.is_current).values(is_current=False))
    if verdict is not None:
        last = connection.execute(sa.select(sa.func.max(subject_verdicts.c.number)).where(own)).scalar()
        row = {
            "server": server,
            "project": project,
            "subject": subject,
            "number": 1 if last is None else last + 1,
            "decision": verdict.decision,
            "verdict": text,
            "plan_digest": verdict.plan_digest,
            "engine": verdict.engine,
            "judged_at": now(),
            "is_current": True,
        }
        connection.execute(sa.insert(subject_verdicts).values(row))
    return True


def _current_text(connection: sa.Connection, server: str, project: int, subject: str) -> str | None:
    values = {"its_server": server, "its_project": project, "its_subject": subject}
    text: str | None = connection.execute(CURRENT, values).scalar()
    return text


def _judged(row: sa.Row[tuple[object, ...]]) -> SubjectJudged:
    return SubjectJudged(row.subject, msgspec.json.decode(row.verdict, type=Verdict), row.judged_at)


CURRENT = sa.select(subject_verdicts.c.verdict).where(
    has_its(subject_verdicts, "server", "project", "subject"), subject_verdicts.c.is_current
)
"""Made once: making it takes longer than what it does."""
