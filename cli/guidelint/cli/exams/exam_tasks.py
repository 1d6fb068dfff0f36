"""Items of an exam as tasks that tell nothing of what is expected: pixels, and what rules need to know of the image."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from guidelint.checking.exam.item import EXAM_KEY, ITEM_KEY
from guidelint.checking.exam.item_data import item_data
from guidelint.cli.capturing.image_file import stripped
from guidelint.labelstudio.exam.push_exam import ExamTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.item import Item


def exam_task(exam: Exam, item: Item, exam_id: str) -> ExamTask:
    """Make the task of an item. Raises CaptureError where a picture of it cannot be shown."""
    data = {**item_data(exam, item), ITEM_KEY: item.id, EXAM_KEY: exam_id}
    return ExamTask(item.id, dict(_shown(item.pictures)), data)


def _shown(pictures: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Give the pixels alone: what a file says beside them may tell what is expected."""
    with TemporaryDirectory() as folder:
        for key, path in pictures.items():
            target = Path(folder) / "shown.png"
            stripped(path, target)
            yield key, target.read_bytes()
