"""What is known of any submission of a task without looking at what was drawn: its images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.submission import Submission

if TYPE_CHECKING:
    from guidelint.annotation.decoding.parts.task_data import TaskImage


def bare_submission(task: str, image: TaskImage) -> Submission:
    """Tell what nobody in particular submits, so that scopes can say of which subjects it is."""
    return Submission(task=task, annotation="", annotator=None, image=image.facts((0, 0)), item_images=image.listed)
