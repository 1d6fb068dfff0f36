"""A source, opened and unpacked, whatever it holds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from guidelint.annotation.decoding.files.source import Source

_LOOK = "Look whether its name is right, where it lies, and whether you may read it"


@contextmanager
def opened_blocks(source: Source, on_bytes: Callable[[int], None]) -> Generator[Blocks]:
    """Open a source; ``on_bytes`` is told how many bytes have been read. Raises FormatError where that fails."""
    if source.problem:
        raise FormatError(source.problem)
    try:
        with source.opened() as file:
            blocks = Blocks(file, on_bytes)
            if blocks.problem and not blocks.head:
                raise FormatError(blocks.problem)
            yield blocks
    except OSError as error:
        raise FormatError(f"it cannot be read: {error.strerror or error}. {_LOOK}") from error
