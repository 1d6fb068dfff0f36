"""What `readers` asks of the answers to each question on each task, as a rule on readers would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.sections.readings import AnswersOfTask
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

READERS_COMPARED: Final = 2
"""So many readings it takes to find anything."""


def targets_of_tasks(draft: Draft) -> Iterator[tuple[KeyPath, AnswersOfTask]]:
    """Give each with its place."""
    for name, targets in draft.written.readers.answers.items():
        if targets.on_each_task is not None:
            yield ("readers", "answers", name, "on_each_task"), targets.on_each_task
