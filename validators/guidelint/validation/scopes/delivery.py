"""One delivery: all that is judged together, in the service a whole project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts

WHOLE_DELIVERY = Subject("delivery")


def _shares(submission: Submission) -> Iterator[Share]:
    yield Share(WHOLE_DELIVERY, submission, submission.regions)


def _of_task(task: TaskFacts) -> Iterator[Subject]:  # noqa: ARG001 - every task is part of it
    yield WHOLE_DELIVERY


DELIVERY = Scope(
    name="delivery",
    judges="a whole delivery, in the service a whole project",
    section=("delivery", "rules"),
    moment="over time",
    shown_to="manager",
    shares=_shares,
    of_task=_of_task,
)
