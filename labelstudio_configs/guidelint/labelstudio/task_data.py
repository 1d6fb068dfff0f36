"""The ``data`` of a task: the image and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guidelint.imaging.frame import in_frame
from guidelint.imaging.header import header_facts
from guidelint.labelstudio.payload import RAW_NOTHING, read

if TYPE_CHECKING:
    import msgspec

    from guidelint.annotation.vocabulary import ImageKeys
    from guidelint.imaging.facts import ImageFacts

TaskData = Mapping[str, object]


def task_data(raw: bytes | msgspec.Raw) -> dict[str, object]:
    """Read the ``data`` of a task. Raises PayloadError when it is not an object."""
    return {} if raw == RAW_NOTHING else read(raw, dict[str, object])


class TaskImage:
    """Facts of the image of one task, in the frame of whatever size a region states."""

    def __init__(self, data: TaskData, keys: ImageKeys) -> None:
        self._header = header_facts(data, keys)
        self._by_shape: dict[tuple[int, int], ImageFacts] = {(0, 0): self._header}

    def facts(self, image_shape: tuple[int, int]) -> ImageFacts:
        """Facts for an image shown with these rows, columns; (0, 0): not stated, so as the header says."""
        if image_shape not in self._by_shape:
            self._by_shape[image_shape] = in_frame(self._header, *image_shape)
        return self._by_shape[image_shape]
