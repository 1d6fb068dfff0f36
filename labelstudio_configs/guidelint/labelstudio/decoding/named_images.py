"""The named images of a task: which of them an item lies on, told by its ``to_name``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from guidelint.annotation.region import Answer
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.labelstudio.decoding.whole_payload import Item


class NamedImages:
    """The images that a guideline names; where it names none, items lie where they say themselves."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        of_task = enumerate(vocabulary.image.of_task)
        self._index = {name: item for item, image in of_task for name in (image.name, *image.aliases)}
        self._asked = {
            question: {self._index[name] for name in names} for question, names in vocabulary.asked_of.items()
        }
        self._of_task = {name for name, entry in vocabulary.attributes.items() if entry.per == "image"}

    def place(self, item: Item) -> bool:
        """Lay an item on its image; False: it names none of them.

        Raises PayloadError where it lies on a further image of one that is no list.
        """
        if not self._index:
            return True
        if item.item_index:
            raise PayloadError(
                f"it lies on image {item.item_index + 1} of {item.to_name!r}, which is no list of images"
            )
        item.item_index = self._index.get(item.to_name)
        return item.item_index is not None

    def put(self, answer: Answer) -> Answer | None:
        """Say which image an answer is about: its own, or the task as a whole; None: nobody asked that image."""
        if not self._index:
            return answer
        asked = self._asked.get(answer.attribute)
        if asked is not None:
            return answer if answer.item in asked else None
        return replace(answer, item=None) if answer.attribute in self._of_task else answer
