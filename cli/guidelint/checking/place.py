"""A place in the text of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.decoding.files.text_point import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A file and, if it was asked for and can be told, the place in its text."""

    file: str
    span: Span | None = None
