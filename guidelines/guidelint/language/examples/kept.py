"""Which examples are kept beside a guideline: enough to ask for those that are lacking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.examples.folder import MOST_BYTES, ExamplesError
from guidelint.language.examples.form import ExampleFile
from guidelint.language.reading import reading
from guidelint.language.text.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.form import Kind, Use


@dataclass(frozen=True, slots=True)
class Kept:
    """What one example says of itself."""

    shows: str | None
    kind: Kind | None
    use: Use
    picture: str = ""
    """File of its image; empty: a blank canvas."""


def kept_in(folder: Folder) -> tuple[Kept, ...]:
    """List the examples that can be read; what is wrong with the others, `guidelint test` tells."""
    try:
        return tuple(one for path in folder.texts for one in _of_file(path))
    except (ExamplesError, OSError):
        return ()


def _of_file(path: Path) -> Iterator[Kept]:
    with path.open("rb") as file:
        root = parse(file.read(MOST_BYTES).decode("utf-8", errors="replace")).root
    read = None if root is None else reading(ExampleFile, root).written
    if read is not None:
        for one in read.examples.values():
            image = one.image or read.common.image
            yield Kept(one.shows, one.kind, one.use, (image.file or "") if image else "")
