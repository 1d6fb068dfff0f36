"""Judging the subjects above one submission: only groups of contributions that changed are judged anew.

What stands on tasks is judged right after the submission that changed it. What is for managers (annotators, whole
projects) is judged now and then, with whatever a process that was killed has left.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from guidelint.service.log import logger, note
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox
from guidelint.service.store.subjects.contributions import contributes, subject_of, tasks_of
from guidelint.service.store.subjects.groups import Dirty, dirty_groups, findings_of, mark_again, settle
from guidelint.service.store.subjects.members import awaited_by, lacking_with, note_absence
from guidelint.service.store.subjects.one_group import group_at
from guidelint.service.store.subjects.verdicts import current_verdict, judged_otherwise, replace_verdict
from guidelint.service.worker.task.subjects.seen_on_task import seen_on_tasks
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.finding import brief
from guidelint.validation.judging.fold import in_order, judged_group, least_compared
from guidelint.validation.judging.held_back import held_back
from guidelint.validation.judging.judge import verdict_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.subject import Subject

Told = tuple[frozenset[str], bytes]
"""Tasks that a finding names, and all it says."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Judges the subjects of one project under one plan."""

    engine: sa.Engine
    server: str
    project: int
    plan: Plan
    checks: Mapping[str, Gathers]
    """Checks of the plan that gather, by key."""
    lane: int = inbox.BULK
    """How urgent it is to show what changes on other tasks."""

    def touched_by(self, task: int) -> bool:
        """Judge what a task has changed and people see on tasks; whether there was any."""
        with read_only(self.engine) as connection:
            seen = least_compared(self.checks, seen_on_tasks(self.checks))
            dirty = dirty_groups(connection, self.server, self.project, seen, task)
            lacking = lacking_with(connection, TaskKey(self.server, self.project, task))
        for subject, groups in _by_subject(dirty, lacking).items():
            self._judge_one(subject, groups, task)
        return bool(dirty or lacking)

    def all(self) -> int:
        """Judge all that changed; returns how many groups were judged. A subject that fails is told, and left."""
        otherwise = self._judged_otherwise()
        with read_only(self.engine) as connection:
            dirty = dirty_groups(connection, self.server, self.project, least_compared(self.checks, self.checks))
        by_subject = _by_subject(dirty, otherwise)
        return sum(len(groups) for subject, groups in by_subject.items() if self._is_judged(subject, groups))

    def _is_judged(self, subject: str, groups: Sequence[Dirty]) -> bool:
        """Judge one subject. Raises what the store raises."""
        try:
            self._judge_one(subject, groups, None)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the others are judged; it stays marked, and is tried again
            facts = {"server": self.server, "project": self.project, "subject": _logged(subject_of(subject))}
            logger.error("judging over several annotations failed", exc_info=error, extra={"facts": facts})
            return False
        return True

    def _judged_otherwise(self) -> list[str]:
        """Let what another plan or engine judged be judged anew; groups of checks that are no more wait for them."""
        place = (self.server, self.project)
        with read_only(self.engine) as connection:
            subjects = judged_otherwise(connection, *place, self.plan.digest, engine_version())
        for subject in subjects:
            with self.engine.begin() as connection:
                mark_again(connection, *place, subject)
        return subjects

    def _judge_one(self, subject: str, groups: Sequence[Dirty], task: int | None) -> None:
        """Judge groups of one subject, and draw the verdict on it."""
        found = [(group, self._findings(group)) for group in groups]
        with self.engine.begin() as connection:
            self._keep(connection, subject, found, task)

    def _findings(self, group: Dirty) -> list[Finding]:
        if not group.is_compared:
            return []
        gathers = self.checks[group.place[1]]
        with read_only(self.engine) as connection:
            read = group_at(connection, self.server, self.project, group.place, gathers.rule)
        return list(map(brief, judged_group(gathers, read))) if read.contributions or read.untold else []

    def _keep(
        self,
        connection: sa.Connection,
        subject: str,
        found: Sequence[tuple[Dirty, list[Finding]]],
        task: int | None,
    ) -> None:
        """Keep what was found, and the verdict that follows; one process at a time for one subject."""
        place = (self.server, self.project)
        _alone(connection, f"{self.server} {self.project} {subject}")
        settle(connection, *place, found)
        seen = seen_on_tasks(self.checks)
        is_seen = not found or any(group.place[1] in seen for group, _ in found)
        before = current_verdict(connection, *place, subject) if is_seen else None
        after = self._verdict(connection, subject)
        if replace_verdict(connection, *place, subject, after):
            self._tell_of_failed_rules(after)
            if is_seen:
                self._show(connection, subject, _told(before) ^ _told(after), task)

    def _verdict(self, connection: sa.Connection, subject: str) -> Verdict | None:
        """Draw the verdict; what is lacking is held back while the reader has not read all tasks of the subject.

        None: nothing is left to judge, and so nothing is lacking.
        """
        place, about = (self.server, self.project), subject_of(subject)
        if not contributes(connection, *place, subject, self.checks):
            note_absence(connection, *place, about, lacks=False)
            return None
        told = findings_of(connection, *place, subject, self.checks)
        drawn = verdict_on(self.plan, about, in_order(self.checks, told))
        lacks = bool(about.annotator) and any(finding.of_absence for finding in drawn.findings)
        note_absence(connection, *place, about, lacks=lacks)
        return held_back(drawn, awaited_by(connection, *place, about)) if lacks else drawn

    def _show(self, connection: sa.Connection, subject: str, news: set[Told], task: int | None) -> None:
        """Have tasks looked at again on which other findings stand now; ``task``: but for the one in hand."""
        tasks = {int(name) for names, _ in news for name in names}
        if any(not names for names, _ in news):
            tasks |= tasks_of(connection, self.server, self.project, subject)
        for other in sorted(tasks - {task}):
            hint = inbox.hint_row(TaskKey(self.server, self.project, other), inbox.REVISIT, lane=self.lane)
            inbox.put_once(connection, hint, unless_begun=True)

    def _tell_of_failed_rules(self, verdict: Verdict | None) -> None:
        if verdict is not None and verdict.failed_rules:
            note(
                "a rule failed",
                logging.ERROR,
                server=self.server,
                project=self.project,
                subject=_logged(verdict.subject),
                decision=verdict.decision,
                rules=sorted({finding.rule for finding in verdict.failed_rules}),
            )


def _logged(subject: Subject) -> str:
    """Name a subject in the log, where no name of a patient may stand."""
    return subject.kind.capitalize() if subject.name else subject.title


def _by_subject(dirty: Sequence[Dirty], subjects: Sequence[str] = ()) -> dict[str, list[Dirty]]:
    """Put groups together by their subjects; ``subjects``: those that are to be there in any case."""
    found: dict[str, list[Dirty]] = {subject: [] for subject in subjects}
    for group in dirty:
        found.setdefault(group.place[0], []).append(group)
    return found


def _told(verdict: Verdict | None) -> set[Told]:
    """Each finding, by the tasks it names, and whether it is held back."""
    if verdict is None:
        return set()
    found = ((b"", verdict.findings), (b"held ", verdict.held))
    return {
        (frozenset(region.task for region in finding.regions if region.task), how + msgspec.json.encode(finding))
        for how, findings in found
        for finding in findings
    }


def _alone(connection: sa.Connection, subject: str) -> None:
    """Keep others from judging a subject until this is committed; whoever writes to SQLite is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(subject))))
