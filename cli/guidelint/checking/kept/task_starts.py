"""Where the tasks of a delivery begin, for what is told of several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.text_point import Span
from guidelint.checking.place import Place, told

if TYPE_CHECKING:
    from guidelint.annotation.decoding.decoder import RecordText
    from guidelint.annotation.decoding.files.text_point import Point


@dataclass(slots=True)
class TaskStarts:
    """Where the tasks begin that a series may be about; a few numbers are kept of each."""

    _starts: dict[str, tuple[str, Point | None]] = field(default_factory=dict[str, "tuple[str, Point | None]"])

    def note(self, task: str, file: str, text: RecordText) -> None:
        """Keep the beginning of a task, unless another has its id."""
        start = told(lambda: text.start, None)
        known = self._starts.setdefault(task, (file, start))
        if known != (file, start):
            self._starts[task] = ("", None)

    def taken(self) -> TaskStarts:
        """Give all, and begin anew."""
        starts, self._starts = self._starts, {}
        return TaskStarts(starts)

    def merge(self, other: TaskStarts) -> None:
        """Take in others that were noted behind these."""
        for task, place in other._starts.items():
            known = self._starts.setdefault(task, place)
            if known != place:
                self._starts[task] = ("", None)

    def place(self, task: str) -> Place:
        """Where a task begins; nowhere when that is not told."""
        file, point = self._starts.get(task, ("", None))
        return Place(file, None if point is None else Span(point, point))
