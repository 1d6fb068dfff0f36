"""Where findings are written: the screen, a file that is none of those that are read, or a folder."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from guidelint.cli.extras import need_extra
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
    with refused_where_nothing_can_be_written(output), output.open("w", encoding="utf-8", newline="") as out:
        yield out


@contextmanager
def folder_for_tables(output: Path | None) -> Generator[Path]:
    """Take the folder that tables are written into; a screen shows none. Raises typer.Exit."""
    from guidelint.checking.tables.folder import TWO_FILES, NotAFolderError, refuse_no_folder  # noqa: PLC0415

    need_extra("tables", "`guidelint check --format parquet`")
    if output is None:
        raise refused(f"parquet is for no screen: {TWO_FILES}. Name a folder: --output tables")
    try:
        refuse_no_folder(output)
    except NotAFolderError as error:
        raise refused(str(error)) from error
    with refused_where_nothing_can_be_written(output):
        yield output


@contextmanager
def refused_where_nothing_can_be_written(output: Path) -> Generator[None]:
    """Say that a file or a folder cannot be written, and why. Raises typer.Exit."""
    try:
        yield
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
