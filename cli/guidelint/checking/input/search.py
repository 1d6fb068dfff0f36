"""Files below a folder, and those that a pattern names: each once, and what cannot be looked into is told."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def matching(pattern: str) -> Iterator[Path | Source]:
    """Give what a pattern names; below ``**`` no folder is looked into twice, however many links lead there."""
    parts = Path(pattern).parts
    if "**" not in parts:
        yield from map(Path, sorted(glob(pattern)))  # noqa: PTH207 - a pattern may begin at the root
        return
    at = parts.index("**")
    top = str(Path(*parts[:at]))
    for folder in map(Path, sorted(glob(top)) if has_magic(top) else [top]):  # noqa: PTH207
        for each in files(folder, folders_too=True):
            if isinstance(each, Source) or _fits(each.relative_to(folder).parts, parts[at:]):
                yield each


def _fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a way through folders is one that a pattern names; ``**`` stands for any number of them.

    One pass tells it, however many ``**`` there are.
    """
    reached = _passed({0}, pattern)
    for name in names:
        reached = _passed(set(_behind(name, reached, pattern)), pattern)
    return len(pattern) in reached


def _passed(reached: set[int], pattern: Sequence[str]) -> set[int]:
    """Add the parts that are reached where ``**`` stands for no folder at all."""
    for at, part in enumerate(pattern):
        if at in reached and part == "**":
            reached.add(at + 1)
    return reached


def _behind(name: str, reached: set[int], pattern: Sequence[str]) -> Iterator[int]:
    """Give the parts that are reached behind a name."""
    for at in reached:
        if at < len(pattern) and pattern[at] == "**":
            yield at
        elif at < len(pattern) and fnmatchcase(name, pattern[at]):
            yield at + 1


def files(folder: Path, *, folders_too: bool = False) -> Iterator[Path | Source]:
    """Files in order of their names, but for hidden ones, which no exporter writes; a link is followed once."""
    known = {folder.resolve(), *folder.resolve().parents}
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(parent, name), known))
        yield from (Path(parent, name) for name in folders if folders_too)
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    for error in closed:
        why = (error.strerror or "closed").lower()
        remedy = "Ask whoever owns it to let you read it, or name what lies beside it"
        yield Source(str(error.filename), problem=f"the folder cannot be read: {why}. {remedy}")


def _is_new(folder: Path, known: set[Path]) -> bool:
    real = folder.resolve()
    if real in known:
        return False
    known.add(real)
    return True
