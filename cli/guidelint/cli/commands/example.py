"""``guidelint example``: add examples to a guideline."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import guideline_argument


class Action(StrEnum):
    """What to do with examples."""

    ADD = "add"


class Kind(StrEnum):
    """What an example is of its class."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    BORDERLINE = "borderline"


class Use(StrEnum):
    """What an example is for."""

    TEACH = "teach"
    EXAM = "exam"


def command(
    action: Annotated[Action, typer.Argument(help="Add examples.")],  # noqa: ARG001 - there is one yet
    guideline: Annotated[
        str,
        guideline_argument("GUIDELINE", "A YAML file, beside which examples are stored."),
    ],
    *,
    task: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="A task in Label Studio: http://localhost:8080/projects/7/data?task=12."),
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="EXPORT", envvar="GUIDELINT_EXAMPLE_FROM", help="A JSON export that holds the task."
        ),
    ] = None,
    task_id: Annotated[str, typer.Option(metavar="ID", help="Which task of the export.")] = "",
    annotation: Annotated[str, typer.Option(metavar="ID", help="Which annotation, where the task has several.")] = "",
    image: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Its image: pixels and spacing are stored, and nothing else of the file."),
    ] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="What the example is called.")] = "",
    shows: Annotated[str, typer.Option(metavar="CLASS", help="Class that it is an example of.")] = "",
    is_: Annotated[
        Kind | None, typer.Option("--is", envvar="GUIDELINT_EXAMPLE_IS", help="What it is of that class.")
    ] = None,
    use: Annotated[Use, typer.Option(help="teach: it may be shown. exam: nobody sees it before an exam.")] = Use.TEACH,
    because: Annotated[str, typer.Option(metavar="TEXT", help="Why it gets its verdict.")] = "",
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File with the API token for --task; else GUIDELINT_TOKEN.")
    ] = None,
    drawn: Annotated[
        bool, typer.Option("--drawn", help="Draw what is lacking: each class, and both sides of every limit.")
    ] = False,
) -> None:
    """Add examples to a guideline, in the folder NAME.examples beside NAME.yaml.

    --task and --from capture an annotation with its answers. The verdict that it gets today is written down as the one
    that is expected. Of the task's data only size, spacing and modality are stored, no address and no name; of --image
    only pixels and spacing; without it the canvas is blank. Look whether pixels or answers name anybody.

    --drawn draws them: of each class one that is accepted and some that are not, and for every limit the last that is
    accepted and the first that is not. What is expected of them is what the guideline says today: look at each.
    """
    if drawn:
        from guidelint.cli.testing.drawing import store  # noqa: PLC0415 - keeps --help fast

        store(guideline)
        return
    from guidelint.cli.capturing.capture import Asked, capture  # noqa: PLC0415 - keeps --help fast

    asked = Asked(
        guideline=guideline,
        task=task,
        export=from_,
        task_id=task_id,
        annotation=annotation,
        image=image,
        name=name,
        shows=shows,
        kind=is_ or "",
        use=use,
        because=because,
        token_file=token_file,
    )
    capture(asked)
