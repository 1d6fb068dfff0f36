"""A bar on the terminal while files are read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path


@contextmanager
def progress(files: Sequence[Path], *, wanted: bool) -> Generator[Callable[[Path, int], None] | None]:
    """Give what is to be told how many bytes of which file were read; None where nobody looks at a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bars = {path: bar.add_task(path.name, total=_size(path)) for path in files}
        yield lambda path, count: bar.update(bars[path], completed=count)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
