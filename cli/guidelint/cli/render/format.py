"""Output formats by name; a format's module is loaded when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.cli.render.renderer import Renderer, Sheet


class Format(StrEnum):
    """Name of an output format; its module in ``formats`` has a class ``Page``."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    CSV = "csv"
    TABLE = "table"
    PARQUET = "parquet"


_MODULES: Mapping[str, str] = {"json": "json_document", "jsonl": "json_lines", "csv": "csv_table"}
SHOWS_TOTALS = frozenset({Format.FULL, Format.CONCISE, Format.TABLE})
"""Formats that end in the totals as people read them."""
SHOWS_PLACES = frozenset({Format.SARIF, Format.GITHUB})
"""Formats that tell line and column; the others are spared the counting."""

FOR_FOLDERS = frozenset({Format.PARQUET})
"""Formats that are written into a folder, as several files that no screen shows."""
IN_TEXT = tuple(name for name in Format if name not in FOR_FOLDERS)
"""Formats that a screen shows, or a file holds."""


def module_of(name: str) -> str:
    """Name the module of a format, whatever is written in it."""
    return _MODULES.get(name, name)


def renderer(name: Format, sheet: Sheet) -> Renderer:
    """Load a format and give it its sheet."""
    page: type[Renderer] = import_module(f"guidelint.cli.render.formats.{module_of(name)}").Page
    return page(sheet)  # type: ignore[call-arg]  # every Page takes its sheet; a protocol cannot say so
