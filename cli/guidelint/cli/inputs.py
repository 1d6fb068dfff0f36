"""What is to be read: files, folders, patterns and standard input, each file once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.labelstudio.export_source import STANDARD_INPUT, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
"""Names that a folder is searched for, in capitals or not."""
_NAMED = "*.json, *.json.gz, *.jsonl or *.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command was asked to read."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    """What was passed over, for people."""

    @property
    def paths(self) -> Iterator[Path]:
        """Files among them."""
        return (source.path for source in self.sources if source.path is not None)


@dataclass(slots=True)
class _Gathering:
    """Sources so far, and the identity of each file: its links and other spellings are the same."""

    sources: list[Source] = field(default_factory=list[Source])
    notes: list[str] = field(default_factory=list[str])
    known: set[object] = field(default_factory=set[object])

    def add(self, source: Source) -> None:
        identity = _identity(source)
        if identity in self.known:
            self.notes.append(f"{source.name} is given twice, and read once")
            return
        self.known.add(identity)
        self.sources.append(source)


def inputs(arguments: Sequence[str]) -> Inputs:
    """Find what arguments name: ``-``, a file, a folder (searched down) or a pattern such as ``2024/**/*.json``.

    Whatever holds nothing to read becomes a source with its problem, so that the others are read.
    """
    gathering = _Gathering()
    for argument in arguments:
        for source in _sources(argument):
            gathering.add(source)
    return Inputs(tuple(gathering.sources), tuple(gathering.notes))


def _sources(argument: str) -> Iterable[Source]:
    path = Path(argument)
    if argument == "-":
        return (Source(STANDARD_INPUT),)
    if path.is_dir():
        return _of_folder(path)
    if not path.exists() and has_magic(argument):
        return _of_pattern(argument)
    return (Source(argument, path),)


def _of_pattern(pattern: str) -> Iterator[Source]:
    found = sorted(glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may begin at the root
    if not found:
        yield Source(pattern, problem="no file has a name like this")
    for name in found:
        path = Path(name)
        if not path.is_dir():
            yield Source(name, path)
        elif not pattern.endswith("**"):
            yield from _of_folder(path)


def _of_folder(folder: Path) -> Iterator[Source]:
    found = 0
    others = 0
    for path in _files(folder):
        if path.name.lower().endswith(SUFFIXES):
            found += 1
            yield Source(str(path), path)
        else:
            others += 1
    if not found:
        holds = f"{others} files, none of them named" if others else "no file named"
        remedy = "; a quoted pattern takes any name" if others else ""
        yield Source(str(folder), problem=f"the folder holds {holds} {_NAMED}{remedy}")


def _files(folder: Path) -> Iterator[Path]:
    """Files in order of their names, but for hidden ones, which no exporter writes."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _identity(source: Source) -> object:
    if source.path is None:
        return source.name
    try:
        stat = source.path.stat()
    except OSError:
        return str(source.path)
    return stat.st_dev, stat.st_ino
