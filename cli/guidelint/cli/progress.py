"""A bar on the terminal while files are read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from guidelint.annotation.decoding.files.source import Source


@contextmanager
def progress(sources: Sequence[Source], *, wanted: bool) -> Generator[Callable[[Source, int], None] | None]:
    """Give what is to be told how many bytes of which source were read; None where nobody looks at a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bars = {source: bar.add_task(Path(source.name).name, total=source.size_bytes) for source in sources}
        yield lambda source, count: bar.update(bars[source], completed=count)
