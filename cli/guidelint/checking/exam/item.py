"""An item of an exam: an example with a picture, under a name that tells nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from guidelint.language.examples.read import Found

ITEM_KEY: Final = "guidelint_item"
"""Key of the task data that says which item a task is."""
EXAM_KEY: Final = "guidelint_exam"
"""Key of the task data that says of which exam it is an item."""
_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Item:
    """An item."""

    id: str
    """Of its pictures and of all that is expected: another, once the example was changed."""
    found: Found
    """The example. Nothing of it is shown but its pictures."""
    classes: tuple[str, ...]
    """Classes that it examines in."""
    pictures: Mapping[str, Path]
    """Key of the task data → file of the picture, whose name may tell what is expected."""

    @property
    def picture(self) -> str:
        """What items of the same pictures have in common."""
        return picture_of(self.id)


def picture_of(item: str) -> str:
    """Give the part of the id of an item that is that of its pictures."""
    return item[:_DIGITS]


def item_id(found: Found, pictures: Mapping[str, Path], result: Path | None) -> str:
    """Name an item by what it is. Raises OSError where a file of it cannot be read."""
    shown = sha256(b"".join(sha256(path.read_bytes()).digest() for _, path in sorted(pictures.items())))
    expected = sha256(shown.digest())
    expected.update(msgspec.json.encode(found.example.model_dump(mode="json", by_alias=True), order="sorted"))
    expected.update(msgspec.json.encode(found.common.model_dump(mode="json", by_alias=True), order="sorted"))
    expected.update(b"" if result is None else result.read_bytes())
    return shown.hexdigest()[:_DIGITS] + expected.hexdigest()[:_DIGITS]


def exam_id(guideline: str, role: str, items: Iterable[str], draw: str) -> str:
    """Name an exam by its draw, and by its guideline and version, its role, and its items in whatever order."""
    return draw + sha256("\n".join((draw, guideline, role, *sorted(items))).encode()).hexdigest()[:_DIGITS]


def draw_of(seed: str) -> str:
    """Name a draw by its seed: two draws may give the same items, and are two exams."""
    return sha256(seed.encode()).hexdigest()[:_DIGITS]


def draw_in(exam: str) -> str:
    """Give the part of the name of an exam that is that of its draw."""
    return exam[:_DIGITS]
