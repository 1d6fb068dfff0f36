"""One batch: a whole project or delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts

WHOLE_BATCH = Subject("batch")


def _shares(submission: Submission) -> Iterator[Share]:
    yield Share(WHOLE_BATCH, submission, submission.regions)


def _of_task(task: TaskFacts) -> Iterator[Subject]:  # noqa: ARG001 - every task is of the batch
    yield WHOLE_BATCH


BATCH = Scope(
    name="batch",
    judges="a whole project or delivery",
    section=("delivery", "rules"),
    shown_to="manager",
    shares=_shares,
    of_task=_of_task,
)
