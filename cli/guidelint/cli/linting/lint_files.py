"""Guidelines read one after the other; what is told of them, on the screen or in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.cli.linting.chosen import chosen
from guidelint.cli.linting.fixing import fix
from guidelint.cli.output import opened
from guidelint.cli.render.of_guidelines.format import ENDS_IN_TOTALS, LintFormat, page
from guidelint.cli.render.of_guidelines.linted import Linted
from guidelint.cli.render.of_guidelines.totals import totals
from guidelint.cli.render.terminal.ink import colourful
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.language.library import NoSuchGuidelineError, find_loaded
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    guidelines: tuple[str, ...]
    format: LintFormat = LintFormat.FULL
    output: Path | None = None
    strict: bool = False
    quiet: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix: bool = False


def lint(asked: Asked) -> int:
    """Read, choose and show; give the exit status. Raises typer.Exit when it cannot begin."""
    some = chosen(asked.select, asked.ignore)
    found: list[GuidelineProblems] = []
    unread: list[str] = []
    for guideline in dict.fromkeys(asked.guidelines):
        try:
            if asked.fix:
                _tell(fix(guideline, some.has))
            found.append(some.of(_read(guideline)))
        except NoSuchGuidelineError as error:
            unread.append(str(error))
    linted = Linted(tuple(found), tuple(unread), asked.strict, asked.quiet)
    with opened(asked.output, map(Path, asked.guidelines)) as out:
        out.write(page(asked.format, linted, colour=asked.output is None and colourful(out)))
    _tell(unread)
    if not asked.quiet:
        _tell([some.told] if some.told else [])
        if asked.output is not None or asked.format not in ENDS_IN_TOTALS:
            tell(totals(linted))
    return linted.status


def _read(guideline: str) -> GuidelineProblems:
    """Give all that is told of a guideline, be it wrong or only unwise."""
    try:
        return find_loaded(guideline, notes=True).warnings
    except GuidelineProblems as wrong:
        return wrong


def _tell(lines: Iterable[str]) -> None:
    sys.stdout.flush()
    for line in lines:
        tell(f"guidelint: {visible(line)}\n")
