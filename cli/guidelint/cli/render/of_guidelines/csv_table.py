"""A table for spreadsheets: a row for each problem; no cell can start a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from guidelint.cli.render.formats.csv_table import harmless

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted

COLUMNS = ("file", "line", "column", "level", "code", "message", "do")


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - a table has none
    """Write comma-separated values (RFC 4180)."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for file, one in linted.every:
        said = map(harmless, (one.level, one.code, one.message, one.help))
        table.writerow([harmless(file), one.line, one.column, *said])
    return out.getvalue()
