"""``guidelint test``: the examples of guidelines run as tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import Guidelines, Output, file_of
from guidelint.cli.render.of_guidelines.format import LintFormat


def command(
    guidelines: Guidelines,
    *,
    example: Annotated[
        list[str] | None, typer.Option("--example", "-e", metavar="NAME", help="Run this example only.")
    ] = None,
    format_: Annotated[
        LintFormat, typer.Option("--format", "-f", envvar="GUIDELINT_TEST_FORMAT", help="How it is written.")
    ] = LintFormat.FULL,
    output: Output = None,
    mutate: Annotated[
        bool,
        typer.Option("--mutate", help="Change the guideline a little in every place; tell what no example notices."),
    ] = False,
    least_noticed: Annotated[
        float,
        typer.Option(metavar="SHARE", min=0, max=1, help="Exit status 1 when less is noticed (with --mutate)."),
    ] = 0.95,
    draw: Annotated[
        bool, typer.Option("--draw", help="Draw examples that are lacking, and print them; run none.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave out totals.")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Exit status 0 also when there was no example to run.")
    ] = False,
) -> None:
    """Run the examples of guidelines: each must get the verdict that it expects, for the reason that it expects.

    Examples lie beside a guideline, in the folder NAME.examples: an image or a blank canvas, an annotation, the verdict
    and what of the guideline it departs from. They are judged as any delivery is.

    --mutate moves every limit by one unit, makes "at least" "more than", leaves out each rule, asks it of another
    class and without its condition, and names each change after which all examples still get their verdicts. --draw
    draws for every limit the last that is accepted and the first that is not; `guidelint example add --drawn` stores
    them.

    Exit status 0: every example has its verdict. 1: one has not, too few changes are noticed, a file of examples is
    not what it should be, or there was nothing to run. 2: a guideline cannot be read.
    """
    from guidelint.cli.output import opened  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.testing.run_examples import Asked, test  # noqa: PLC0415

    if draw:
        from guidelint.cli.testing.drawing import show  # noqa: PLC0415 - only when asked for

        text = "".join(map(show, guidelines))
        with opened(file_of(output), map(Path, guidelines)) as out:
            out.write(text)
        raise typer.Exit
    asked = Asked(
        guidelines=tuple(guidelines),
        only=tuple(example or ()),
        format=format_,
        output=file_of(output),
        quiet=quiet,
        allow_empty=allow_empty,
        mutate=mutate,
        least_noticed=least_noticed,
    )
    raise typer.Exit(test(asked))
