"""``guidelint example``: add examples to a guideline."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from guidelint.cli.options.completion import guidelines as known_guidelines


class Action(StrEnum):
    """What to do with examples."""

    ADD = "add"


def command(
    action: Annotated[Action, typer.Argument(help="Add examples.")],  # noqa: ARG001 - there is one yet
    guideline: Annotated[
        str,
        typer.Argument(
            metavar="GUIDELINE", autocompletion=known_guidelines, help="A YAML file, beside which examples are stored."
        ),
    ],
    *,
    drawn: Annotated[
        bool, typer.Option("--drawn", help="Draw what is lacking: each class, and both sides of every limit.")
    ] = False,
) -> None:
    """Add examples to a guideline, in the folder NAME.examples beside NAME.yaml.

    --drawn draws them: of each class one that is accepted and some that are not, and for every limit the last that is
    accepted and the first that is not. What is expected of them is what the guideline says today: look at each.
    """
    from guidelint.cli.refusals import refused  # noqa: PLC0415 - keeps --help fast

    if not drawn:
        raise refused("say what to add: --drawn")
    from guidelint.cli.testing.drawing import store  # noqa: PLC0415

    store(guideline)
