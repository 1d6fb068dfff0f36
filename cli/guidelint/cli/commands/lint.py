"""``guidelint lint``: guidelines read as a critical colleague would."""

from __future__ import annotations

from typing import Annotated

import typer

from guidelint.cli.options.completion import codes
from guidelint.cli.options.of_guidelines import Guidelines, Output, file_of
from guidelint.cli.render.of_guidelines.format import LintFormat


def command(
    guidelines: Guidelines,
    *,
    format_: Annotated[
        LintFormat, typer.Option("--format", "-f", envvar="GUIDELINT_LINT_FORMAT", help="How it is written.")
    ] = LintFormat.FULL,
    output: Output = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 also for warnings and notes.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend in the file what can be without asking, and tell the rest.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Leave out what does not change the exit status, and totals.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", autocompletion=codes, help="Tell these warnings and notes only."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", autocompletion=codes, help="Leave out this warning or note.")
    ] = None,
) -> None:
    """Read guidelines as a critical colleague would: what is wrong, what is unwise, and what a good one has besides.

    Errors keep a text from being a guideline. Warnings are unlikely to be meant. Notes, which only this command tells,
    ask for more: an agreement target, codes, a way for who is unsure. A comment in the line or the one above allows a
    warning or a note: `# guidelint: allow CODE: reason`, or `allow CODE until 2027-01-31: reason`. `guidelint explain
    CODE` says more.

    --fix takes out what means nothing and writes what can mean one thing only; it keeps comments and layout, says what
    it changed, and leaves released guidelines alone.

    Exit status 0: nothing is wrong. 1: something is, or (with --strict) anything is told. 2: a file cannot be read.
    """
    from guidelint.cli.linting.lint_files import Asked, lint  # noqa: PLC0415 - keeps --help fast

    asked = Asked(
        guidelines=tuple(guidelines),
        format=format_,
        output=file_of(output),
        strict=strict,
        fix=fix,
        quiet=quiet,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
    )
    raise typer.Exit(lint(asked))
