"""What a command says when it cannot begin: the guideline or an argument is not what it should be."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell

if TYPE_CHECKING:
    from collections.abc import Generator

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.loaded import Loaded

USAGE = 2
"""Exit status of a usage or guideline problem."""


@contextmanager
def refusals() -> Generator[None]:
    """Turn what a guideline or whatever is given with it can have wrong into words on stderr and exit status 2."""
    from guidelint.language.text.problem import GuidelineProblems  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.text.problem_text import report  # noqa: PLC0415

    try:
        yield
    except typer.Exit:
        raise
    except GuidelineProblems as found:
        tell(report(found))
        raise typer.Exit(USAGE) from found
    except Exception as error:
        from guidelint.checking.mendable import mendable  # noqa: PLC0415 - only who fails loads the kinds

        if not isinstance(error, mendable()):
            raise
        raise refused(str(error)) from error


def found(guideline: str, *, strict: bool = False) -> Guideline:
    """Load a guideline and show what is unwise about it; with ``strict``, that is refused too."""
    return found_loaded(guideline, strict=strict).guideline


def found_loaded(guideline: str, *, strict: bool = False) -> Loaded:
    """Load a guideline as ``found`` does, with the text that it stands in."""
    from guidelint.language.library import find_loaded  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.text.problem_text import report  # noqa: PLC0415

    with refusals():
        read = find_loaded(guideline)
        if strict and read.warnings.problems:
            raise read.warnings
    if read.warnings.problems:
        tell(report(read.warnings))
    return read


def refused(message: str) -> typer.Exit:
    """Say on stderr what is wrong; raise what is returned."""
    tell(f"guidelint: {visible(message)}\n")
    return typer.Exit(USAGE)


def of_the_store(error: Exception) -> str:
    """Say what is wrong with the store, for whoever keeps it; empty: the error is none of the store."""
    try:
        from guidelint.service.store.base.faults import StoreFault  # noqa: PLC0415 - needs the extra `service`
    except ModuleNotFoundError:
        return ""
    return visible(str(error)) if isinstance(error, StoreFault) else ""
