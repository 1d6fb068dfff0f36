"""What is to be read: files, folders, patterns and standard input, each file once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import STANDARD_INPUT, Source
from guidelint.annotation.decoding.legends.finding import NAMES as LEGENDS
from guidelint.checking.input.images_beside import is_image
from guidelint.checking.input.search import files, matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENDINGS = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
"""Ends of the names that a folder is searched for where no format is told, in capitals or not."""
_MOST_NAMES = 5
"""So many of the files that a folder holds besides are named."""
_NOTHING_NAMED = "nothing is named: a variable of the shell may be empty. Name a file, a folder or a quoted pattern"
_IMAGES_ALONE = (
    "only images lie there, and no marks on them. Name the files that the work was saved in; --facts and --images take"
    " images"
)
_ANOTHER = "Name the folder that the work was saved in"
_ITSELF = "Name a file itself, give a quoted pattern, which takes any name, or say of which format they are: --from"


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

    def add(self, source: Source | str) -> None:
        if isinstance(source, str):
            self.notes.append(source)
            return
        identity = _identity(source)
        if identity in self.known:
            self.notes.append(f"{source.name} is given twice, and read once")
            return
        self.known.add(identity)
        self.sources.append(source)


def inputs(arguments: Sequence[str], endings: tuple[str, ...] = ENDINGS) -> Inputs:
    """Find what arguments name: ``-``, a file, a folder (searched down) or a pattern such as ``2024/**/*.json``.

    ``endings``: of the names that a folder is searched for. Whatever holds nothing to read becomes a source with its
    problem, so that the others are read; what is passed over is told.
    """
    gathering = _Gathering()
    for argument in arguments:
        for source in _sources(argument, endings):
            gathering.add(source)
    return Inputs(tuple(gathering.sources), tuple(gathering.notes))


def _sources(argument: str, endings: tuple[str, ...]) -> Iterable[Source | str]:
    path = Path(argument)
    if argument == "-":
        return (Source(STANDARD_INPUT),)
    if not argument.strip():
        return (Source("a file without a name", problem=_NOTHING_NAMED),)
    if path.is_dir():
        return _of_folder(path, endings)
    if not path.exists() and has_magic(argument):
        return _of_pattern(argument, endings)
    return (Source(argument, path),)


def _of_pattern(pattern: str, endings: tuple[str, ...]) -> Iterator[Source | str]:
    found = 0
    images: list[str] = []
    for each in sorted(matching(pattern), key=_place):
        found += 1
        if isinstance(each, Source):
            yield each
        elif _is_image(each):
            images.append(each.name)
        elif not each.is_dir():
            yield _file(each)
        elif not pattern.endswith("**"):
            yield from _of_folder(each, endings)
    if not found:
        remedy = "Look how it is written, and from which folder it is looked for"
        yield Source(pattern, problem=f"no file has a name like this. {remedy}")
    elif len(images) == found:
        yield Source(pattern, problem=_IMAGES_ALONE)
    elif images:
        yield _beside(pattern, images)


def _place(found: Path | Source) -> str:
    return found.name if isinstance(found, Source) else str(found)


def _of_folder(folder: Path, endings: tuple[str, ...]) -> Iterator[Source | str]:
    found = 0
    others: list[str] = []
    images: list[str] = []
    for each in files(folder):
        if isinstance(each, Source):
            yield each
        elif each.name.lower().endswith(endings) and _is_image(each):
            images.append(each.name)
        elif each.name.lower().endswith(endings):
            found += 1
            yield replace(_file(each), below=folder)
        elif each.name not in LEGENDS:
            others.append(each.name)
    if images and found:
        yield _beside(folder, images)
    if not found and images:
        yield Source(str(folder), problem=_IMAGES_ALONE)
    elif not found:
        several = "1 file, which is not named" if len(others) == 1 else f"{len(others)} files, none of them named"
        holds = several if others else "no file named"
        remedy = _ITSELF if others else _ANOTHER
        yield Source(str(folder), problem=f"the folder holds {holds} {_named(endings)}. {remedy}")
    elif others:
        yield _left_alone(folder, others, endings)


def _named(endings: tuple[str, ...]) -> str:
    """Say how the names end, as patterns."""
    *others, last = (f"*{ending}" if ending else "*" for ending in endings)
    return f"{', '.join(others)} or {last}" if others else last


def _left_alone(folder: Path, names: Sequence[str], endings: tuple[str, ...]) -> str:
    files = "1 file was" if len(names) == 1 else f"{len(names)} files were"
    return f"{folder}: {files} left alone, not named {_named(endings)}: {_first(names)}"


def _beside(where: Path | str, names: Sequence[str]) -> str:
    """Say that images are no work."""
    count = "1 image lies" if len(names) == 1 else f"{len(names)} images lie"
    return f"{where}: {count} there and cannot be judged: {_first(names)}. --facts and --images take them"


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def _is_image(path: Path) -> bool:
    """Whether a file is an image, of those that may be one."""
    return not path.name.lower().endswith(ENDINGS) and path.is_file() and is_image(path)


def _file(path: Path) -> Source:
    """Take a file that was found; whoever finds a pipe may wait for ever."""
    if not path.exists() or path.is_file():
        return Source(str(path), path)
    return Source(str(path), problem="it is a pipe or a device, not a file. Name it by itself to have it read")


def _identity(source: Source) -> object:
    if source.path is None:
        return source.name
    try:
        stat = source.path.stat()
    except OSError:
        return str(source.path)
    return stat.st_dev, stat.st_ino
