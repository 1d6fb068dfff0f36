"""``guidelint handbook``: a guideline as an illustrated page to hand out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import OneGuideline, Output, file_of


class HandbookFormat(StrEnum):
    """What a handbook is written as."""

    HTML = "html"
    MARKDOWN = "markdown"


def command(
    guideline: OneGuideline,
    *,
    output: Output = None,
    format_: Annotated[
        HandbookFormat,
        typer.Option("--format", "-f", envvar="GUIDELINT_HANDBOOK_FORMAT", help="What it is written as."),
    ] = HandbookFormat.HTML,
) -> None:
    """Write a guideline for people: definitions, pictures, rules, questions, tables, special cases, escalation.

    The page is one file that needs nothing beside it: it can be sent, opened without a network, searched, read on a
    phone, and printed. Pictures are drawn from the guideline's examples, but for those of exams, and by its rules. The
    same guideline and examples give the same file to the byte.
    """
    from guidelint.checking.handbook.written import written  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.output import opened  # noqa: PLC0415
    from guidelint.cli.refusals import found, refusals  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.language.examples.folder import folder_for  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    read = found(guideline)
    with refusals():
        text = written(read, compile_plan(read, catalogue()), folder_for(guideline), format_.value)
    with opened(file_of(output), [Path(guideline)]) as out:
        out.write(text)
