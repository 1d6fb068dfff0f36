"""Which frame of a file with several is meant."""

from __future__ import annotations

from typing import NamedTuple

from guidelint.geometry.not_measurable import NotMeasurable


class Frame(NamedTuple):
    """One of the images of a task, which may be the frames of one file."""

    number: int
    """From 0."""
    of: int
    """How many images the task lists; 0: the task names the frame by its number."""


def frame_in(count: int, frame: Frame | None) -> int:
    """Tell which of so many frames of a file is meant, from 0. Raises NotMeasurable."""
    if count == 1 and (frame is None or frame.of):
        return 0
    if frame is None:
        raise NotMeasurable(f"it holds {count} frames, and the task does not say which it is about")
    if frame.number >= count:
        raise NotMeasurable(f"it holds {count} frames, and the task is about frame {frame.number + 1}")
    if frame.of not in {0, count}:
        raise NotMeasurable(f"it holds {count} frames, and the task lists {frame.of} images")
    return frame.number
