"""A place in the text of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.decoding.decoder import RecordText
    from guidelint.annotation.decoding.files.text_point import Span

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Place:
    """A file and, if it was asked for and can be told, the place in its text."""

    file: str
    span: Span | None = None


def span_of(text: RecordText | None, annotation: int = 0, item: int = 0) -> Span | None:
    """Find the span of an item, an annotation or a record; None: no text was asked for, or it cannot be told."""
    return None if text is None else told(partial(text.span, annotation, item), None)


def told(ask: Callable[[], T], otherwise: U) -> T | U:
    """Ask a decoder for a place. Where it fails on that a line is lacking: the verdict stands, and is told."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 - nothing else is lost
        return otherwise
