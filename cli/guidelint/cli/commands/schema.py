"""``guidelint schema``: the JSON Schema of a guideline or of a plan."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def command(
    *,
    plan: Annotated[bool, typer.Option("--plan", help="Of a compiled plan, in place of a guideline.")] = False,
) -> None:
    """Print the JSON Schema of a guideline, with a description and an example of every key and every rule installed.

    It is written in draft 7, which editors and validators read. Store it beside a guideline and name it in the first
    line, `# yaml-language-server: $schema=guideline.schema.json`: an editor then completes keys and explains them.
    """
    from guidelint.language.schema.as_text import guideline_schema_text, plan_schema_text  # noqa: PLC0415 - keeps --help fast
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    sys.stdout.write((plan_schema_text if plan else guideline_schema_text)(catalogue()))
