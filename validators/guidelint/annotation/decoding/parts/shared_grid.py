"""Work on the grid that all images of a task have in common: it is laid on the images that its classes are drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.decoding.parts.task_data import TaskImage
    from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
    from guidelint.imaging.facts import ImageFacts


class SharedGrid:
    """The named images of a task that show the same pixels."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._index = {image.name: item for item, image in enumerate(vocabulary.image.of_task)}

    def item_of(self, entry: ClassEntry | None) -> int | None:
        """Tell on which image, from 0, a region of a class counts: the first that it may be drawn on."""
        return next((self._index[name] for name in (entry.on if entry else ()) or self._index), None)

    def facts(self, image: TaskImage, image_shape: tuple[int, int]) -> dict[int, ImageFacts]:
        """Tell what is known of each image."""
        return {item: image.facts(image_shape, item) for item in self._index.values()}
