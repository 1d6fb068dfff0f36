"""``guidelint impact``: which stored work changes its verdict under another version of a guideline."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.compared_format import ComparedFormat
from guidelint.cli.options.image_options import Facts, Images
from guidelint.cli.options.of_guidelines import guideline_argument


def command(
    old: Annotated[
        str,
        guideline_argument(
            "OLD", "Guideline that the work was done under: YAML file, name@version of the library, or plan."
        ),
    ],
    rest: Annotated[
        list[str],
        typer.Argument(
            metavar="[NEW] FILE...",
            help="The later version, unless --set tells it, then files and folders of work.",
            show_default=False,
        ),
    ],
    *,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            envvar="GUIDELINT_IMPACT_SET",
            metavar="PATH=VALUE",
            help="In place of NEW: OLD with a value moved, e.g. classes.nodule.rules.diameter-limits.longest_min_mm=4.",
        ),
    ] = None,
    facts: Facts = None,
    images: Images = None,
    format_: Annotated[
        ComparedFormat, typer.Option("--format", "-f", envvar="GUIDELINT_IMPACT_FORMAT", help="How it is told.")
    ] = ComparedFormat.TEXT,
) -> None:
    """Tell which stored annotations change their verdict under another version, and who must be certified again.

    It is told by what asks for the change, by class, annotator and file. Rules that both versions share are judged
    once, unless the versions read or measure work differently. Nothing is written anywhere.

    Exit status 0: it was told. 2: a guideline or a file cannot be read.
    """
    from guidelint.checking.asked.chosen_plan import chosen_plan  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.impact.of_files import impact_on_files  # noqa: PLC0415
    from guidelint.checking.impact.what_if import plan_with  # noqa: PLC0415
    from guidelint.checking.supplied import supplied  # noqa: PLC0415
    from guidelint.cli.refusals import refusals, refused  # noqa: PLC0415
    from guidelint.cli.render.of_impact.as_json import as_json  # noqa: PLC0415
    from guidelint.cli.render.of_impact.as_markdown import as_markdown  # noqa: PLC0415

    if not set_ and len(rest) < 2:  # noqa: PLR2004 - a version and a file
        raise refused("name the later version and a file of work, or move a value: --set PATH=VALUE")
    with refusals():
        later = plan_with(old, set_) if set_ else chosen_plan(rest[0])
        given = supplied(facts, tuple(images or ())).given
        found = impact_on_files(chosen_plan(old), later, rest if set_ else rest[1:], given)
    sys.stdout.write(as_json(found) if format_ == ComparedFormat.JSON else as_markdown(found))
