"""One task: all its readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts


def _shares(submission: Submission) -> Iterator[Share]:
    yield Share(Subject("task", task=submission.task), submission, submission.regions)


def _of_task(task: TaskFacts) -> Iterator[Subject]:
    yield Subject("task", task=task.task)


TASK = Scope(
    name="task",
    judges="all readings of one task",
    section=("readers", "rules"),
    moment="over readers",
    per_class=True,
    shown_to="reviewer",
    shares=_shares,
    of_task=_of_task,
)
