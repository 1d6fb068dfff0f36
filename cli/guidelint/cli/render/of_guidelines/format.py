"""Output formats by name; a format's module is loaded when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from guidelint.cli.render.format import module_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.cli.render.of_guidelines.linted import Linted


class LintFormat(StrEnum):
    """Name of an output format, as `guidelint check` has it; its module beside this one has a function ``page``."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    CSV = "csv"


ENDS_IN_TOTALS = frozenset({LintFormat.FULL, LintFormat.CONCISE})
"""Formats that end in the totals as people read them."""


def page(name: LintFormat, linted: Linted, *, colour: bool) -> str:
    """Write what was found in a format."""
    write: Callable[..., str] = import_module(f"guidelint.cli.render.of_guidelines.{module_of(name)}").page
    return write(linted, colour=colour)
