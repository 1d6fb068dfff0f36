"""Where findings are written: the screen, or a file that is none of those that are read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path


@contextmanager
def opened(output: Path | None, read: Iterable[Path]) -> Generator[TextIO]:
    """Open what is written to; nothing is lost of what is ``read``."""
    if output is None:
        yield sys.stdout
        return
    _refuse_overwriting(output, read)
    try:
        with output.open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as error:
        raise refused(f"{output} cannot be written: {(error.strerror or 'unwritable').lower()}") from error


def _refuse_overwriting(output: Path, read: Iterable[Path]) -> None:
    """Refuse a file that is read, whatever its name: a link, capitals, a way round through other folders."""
    for path in read:
        try:
            same = output.samefile(path)
        except OSError:
            continue
        if same:
            raise refused(f"{output} is read in this run ({path}), and must not be written over: name another --output")
