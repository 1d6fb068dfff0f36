"""What ``guidelint push --calibration`` does: make the exam of a guideline, or bring the one that is open in step."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.checking.exam.exam import exam_of_text
from guidelint.checking.exam.item import ITEM_KEY
from guidelint.checking.exam.sheet import Sheet
from guidelint.cli.exams.exam_tasks import exam_task
from guidelint.cli.projects.recording import Recording, new_store
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.labelstudio.connection.address import hook_address
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.errors import Gone, LabelStudioError
from guidelint.labelstudio.exam.outputs import exam_outputs
from guidelint.labelstudio.exam.push_exam import ExamPush
from guidelint.labelstudio.project.push import PushRefused
from guidelint.labelstudio.project.tabs import told_by
from guidelint.language.examples.folder import folder_for
from guidelint.service.clock import now
from guidelint.service.store.base.database import open_store
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.exams import KeptExam, exams_made, items_seen, newest_exam, put_exam, put_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from guidelint.checking.exam.exam import Exam
    from guidelint.labelstudio.exam.push_exam import ExamTask, PushedExam
    from guidelint.language.loaded import Loaded
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class OpenExam:
    """What a push made, or found."""

    pushed: PushedExam
    role: str
    items: int
    seen_before: int
    """Items of which an earlier exam had the picture; 0 where the exam was open already."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a push was asked for."""

    what: str
    """The guideline, as it was named."""
    read: Loaded
    plan: Plan
    role: str
    """Whose exam; empty: of the only role that has one."""
    again: bool
    """Whether another exam is made although one is open."""


def push_exams(given: Given, tokens: Mapping[str, str], url: str, service: str, secret: str) -> None:
    """Make an exam on each server, or bring it in step, and say what was done. Raises typer.Exit.

    ``tokens``: server → token. ``url``: of the store. ``service``: where Label Studio reaches ours.
    """
    for server, token in tokens.items():
        try:
            with Administration(server, token) as administration, refusals():
                said = push_exam(given, administration, url, hook_address(service, server), secret)
        except (LabelStudioError, ValueError) as error:
            raise refused(str(error)) from error
        sys.stdout.writelines(visible(line) + "\n" for line in said)
        sys.stdout.flush()


def push_exam(given: Given, administration: Administration, url: str, hook_url: str, secret: str) -> list[str]:
    """Make an exam, or bring the one that is open in step; what was done, line by line. ``url``: of the store.

    Raises ExamError, ExamplesError, CaptureError, GuidelineProblems, PushRefused or another LabelStudioError.
    """
    is_new = migrate(url)
    store = open_store(url)
    try:
        made = _Maker(given, store, administration, hook_url, secret).push()
        return [_told(made, str(given.plan.guideline)), *([new_store(store)] if is_new else [])]
    finally:
        store.dispose()


def _told(made: OpenExam, guideline: str) -> str:
    pushed, exam = made.pushed, f"the exam of {made.role} in {guideline}, {made.items} images"
    if pushed.created:
        again = f" An earlier exam had the pictures of {made.seen_before} of them." if made.seen_before else ""
        return f"Created project {pushed.project}, {exam}: {pushed.url}{again}"
    if pushed.changed:
        return (
            f"Project {pushed.project}, {exam}, is in step again (changed: {', '.join(pushed.changed)}): {pushed.url}"
        )
    return f"Project {pushed.project}, {exam}, is open and in step: {pushed.url}. Another is made with --again."


@dataclass(frozen=True)
class _Maker:
    """Makes one exam, or brings it in step."""

    given: Given
    store: sa.Engine
    administration: Administration
    hook_url: str
    secret: str

    @cached_property
    def _exam(self) -> Exam:
        return exam_of_text(self.given.read, folder_for(self.given.what), self.given.role)

    def push(self) -> OpenExam:
        """Do it. Raises what ``push_exam`` raises."""
        exam, server = self._exam, self.administration.url
        kept = newest_exam(
            self.store, server, self.given.plan.guideline.name, self.given.plan.guideline.version, exam.role_name
        )
        return self._new() if kept is None or self.given.again else self._in_step(kept)

    def _new(self) -> OpenExam:
        """Draw items that no exam had before those that one had."""
        exam, of = self._exam, self.given.plan.guideline
        number, seen = exams_made(self.store, of.name) + 1, items_seen(self.store, of.name)
        drawn = exam.drawn(f"{of} {exam.role_name} {number}", seen)
        sheet = Sheet.of(exam, drawn)
        tasks = [exam_task(exam, item, drawn.id) for item in drawn.items]
        pushed = self._pushed(None, tasks, sheet)
        return OpenExam(pushed, exam.role.title, len(drawn.items), drawn.seen_before)

    def _in_step(self, kept: KeptExam) -> OpenExam:
        """Bring an open exam in step: its items stay those that were drawn."""
        exam, sheet = self._exam, Sheet.from_json(kept.sheet)
        if sheet.plan.digest != exam.plan.sealed().digest:
            raise PushRefused(
                f"project {kept.project} is the exam in {self.given.plan.guideline} as it read before. Give the"
                " guideline a new version, or make another exam with --again."
            )
        try:
            self.administration.project(kept.project)
        except Gone as error:
            raise PushRefused(
                f"project {kept.project}, the exam in {self.given.plan.guideline}, was deleted. Make another with"
                " --again."
            ) from error
        there = self.administration.tasks_by(kept.project, ITEM_KEY)
        lacking = [name for name in sheet.items if name not in there]
        if changed := [name for name in lacking if name not in exam.by_id]:
            raise PushRefused(
                f"{len(changed)} items of project {kept.project} were never imported, and their examples changed since."
                " Make another exam with --again."
            )
        tasks = [exam_task(exam, exam.by_id[name], sheet.id) for name in lacking]
        return OpenExam(self._pushed(kept.project, tasks, sheet), exam.role.title, len(sheet.items), 0)

    def _pushed(self, project: int | None, tasks: list[ExamTask], sheet: Sheet) -> PushedExam:
        texts = exam_outputs(self.given.read.guideline, self.given.plan, self._exam.role, self._exam.asked)
        recording = Recording(self.store, self.administration, self.given.plan, texts["label_config.xml"], is_exam=True)

        def record(made: int) -> None:
            if project is None:
                with self.store.begin() as connection:
                    put_exam(connection, self._kept(made, sheet), sheet.items)
            recording.record(made)

        push = ExamPush(
            administration=self.administration,
            texts=texts,
            tasks=tasks,
            item_key=ITEM_KEY,
            of_tasks=told_by(self.given.plan).tasks,
            hook_url=self.hook_url,
            secret=self.secret,
            before_config=record,
        )
        pushed = push.push(project)
        recording.record(pushed.project)
        with self.store.begin() as connection:
            put_tasks(connection, pushed.server, pushed.project, pushed.tasks)
        return pushed

    def _kept(self, project: int, sheet: Sheet) -> KeptExam:
        return KeptExam(
            self.administration.url,
            project,
            sheet.id,
            self.given.plan.guideline.name,
            self.given.plan.guideline.version,
            sheet.role_name,
            now(),
            sheet.to_json(),
        )
