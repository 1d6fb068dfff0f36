"""The reference page names every format and every column, in their order."""

from __future__ import annotations

import re
from pathlib import Path

from guidelint.cli.render.format import Format
from guidelint.cli.render.formats.csv_table import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"


def first_cells(heading: str) -> list[str]:
    """Names in the first column of the table below a heading."""
    _, _, below = PAGE.read_text("utf-8").partition(f"{heading}\n")
    cells = re.findall(r"^\| (`[^|]*) \|", below.split("\n## ")[0], re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_column_is_explained() -> None:
    assert first_cells("## Columns of `csv`") == list(COLUMNS)


def test_every_format_is_named() -> None:
    assert set(first_cells("# Formats of `guidelint check`")) == set(Format)
