"""A source that is read several times at once, whatever it is."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.blocks import BLOCK_BYTES
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.source import Source

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def rereadable(source: Source) -> Generator[Source]:
    """Give a source that may be opened again: a file as it is, all else from a copy on disk. Raises FormatError."""
    if source.problem or (source.path is not None and source.path.is_file()):
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="guidelint-") as folder:
        yield _copied(source, Path(folder, "delivery"))


def _copied(source: Source, copy: Path) -> Source:
    """Write what can be read once into a file; it is called as before."""
    try:
        with source.opened() as given, copy.open("wb") as file:
            while block := given.read1(BLOCK_BYTES):
                file.write(block)
    except OSError as error:
        raise FormatError(f"it cannot be read: {error.strerror or error}. Save it to a file, and check that") from error
    return Source(source.name, copy)
