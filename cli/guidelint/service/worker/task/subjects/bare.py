"""What is known of any submission of a task without looking at what was drawn: its images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.submission import Submission
from guidelint.imaging.given import NOTHING_GIVEN

if TYPE_CHECKING:
    from guidelint.annotation.decoding.parts.task_data import TaskData
    from guidelint.imaging.given import Given
    from guidelint.imaging.keys import ImageKeys


def bare_submission(task: str, data: TaskData, keys: ImageKeys, given: Given = NOTHING_GIVEN) -> Submission:
    """Tell what nobody in particular submits, so that scopes can say of which subjects it is."""
    image = TaskImage(data, keys, given)
    return Submission(task=task, annotation="", annotator=None, image=image.facts((0, 0)), item_images=image.listed)
