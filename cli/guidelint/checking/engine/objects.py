"""Files that are no files of this machine: objects of a store that fsspec reads, by address, pattern or listing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import fsspec

from guidelint.annotation.decoding.files.source import Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from guidelint.annotation.decoding.files.source import Readable

LISTING = "@"
"""Stands before the name of a file that lists objects, one on each line."""
_MARK = "://"


@dataclass(frozen=True, slots=True)
class ObjectSource(Source):
    """An object of a store."""

    @property
    def is_read_once(self) -> bool:
        """Every worker can read it."""
        return False

    @contextmanager
    def opened(self) -> Generator[Readable]:
        """Open it. Raises OSError."""
        with fsspec.open(self.name, "rb") as file:
            yield _Object(cast("IO[bytes]", file))


@dataclass(frozen=True, slots=True)
class _Object:
    file: IO[bytes]

    def read1(self, size: int = -1, /) -> bytes:
        """Give what follows."""
        return self.file.read(size)


def is_of_store(argument: str) -> bool:
    """Tell the address of objects, or a listing, from a file or folder."""
    return argument.startswith(LISTING) or _MARK in argument


def objects(arguments: Iterable[str]) -> Iterator[Source]:
    """Find what addresses, patterns and listings name; what names nothing becomes a source with its problem."""
    for argument in arguments:
        if argument.startswith(LISTING):
            yield from _listed(argument.removeprefix(LISTING))
        else:
            yield from _found(argument)


def _listed(name: str) -> Iterator[Source]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield Source(name, problem=f"the listing cannot be read: {error}. Give one object on each line, in UTF-8")
        return
    for line in filter(None, map(str.strip, lines)):
        yield ObjectSource(line) if _MARK in line else Source(line, Path(line))


def _found(address: str) -> Iterator[Source]:
    try:
        files = fsspec.open_files(address, "rb")
    except (OSError, ValueError, ImportError) as error:
        yield Source(
            address, problem=f"its store cannot be asked: {error}. Look how it is written, and who may read it"
        )
        return
    if not files:
        yield Source(address, problem="no object has a name like this. Look how it is written")
    for file in files:
        yield ObjectSource(str(file.full_name))
