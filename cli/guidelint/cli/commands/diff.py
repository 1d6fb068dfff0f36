"""``guidelint diff``: what changes from one version of a guideline to another."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.compared_format import ComparedFormat
from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.renamed import Renamed


def command(
    old: Annotated[
        str,
        guideline_argument(
            "OLD", "YAML file, or guideline of the library (name@version). With --against: the file as it is now."
        ),
    ],
    new: Annotated[
        str,
        guideline_argument("[NEW]", "The later version."),
    ] = "",
    *,
    against: Annotated[
        str, typer.Option(metavar="git:REV", help="Compare a file with what it was at a revision, e.g. git:main.")
    ] = "",
    renamed: Renamed = False,
    format_: Annotated[
        ComparedFormat, typer.Option("--format", "-f", envvar="GUIDELINT_DIFF_FORMAT", help="How it is written.")
    ] = ComparedFormat.TEXT,
) -> None:
    """Tell in words what changes from one version of a guideline to another, and which number of the version must move.

    Changes are sorted by what they mean: breaking (stored work or the labeling config no longer fits), verdicts may
    change, new, words only. Breaking changes and stricter limits move the major number, what is new or looser the
    minor one, words the patch. A class, question or option goes on under another name where the new one lists the old
    name among its `aliases`. What is no version yet, a draft, may change under its number.

    Exit status 0: the version is numbered as it must be. 1: it is not. 2: a guideline cannot be read.
    """
    from guidelint.checking.guidelines.at_revision import loaded_at  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.refusals import refusals, refused  # noqa: PLC0415
    from guidelint.cli.render.of_versions.as_json import as_json  # noqa: PLC0415
    from guidelint.cli.render.of_versions.as_text import as_text  # noqa: PLC0415
    from guidelint.language.library import find_loaded  # noqa: PLC0415
    from guidelint.language.versions.comparison import compared  # noqa: PLC0415
    from guidelint.language.versions.markdown import as_markdown  # noqa: PLC0415
    from guidelint.language.versions.one_guideline import of_one_guideline  # noqa: PLC0415

    if bool(new) == bool(against):
        raise refused("name two versions, OLD and NEW, or one file and --against git:REV")
    with refusals():
        later = find_loaded(new or old)
        earlier = loaded_at(old, against) if against else find_loaded(old)
        of_one_guideline(earlier.guideline.name, later.guideline.name, renamed=renamed)
        found = compared(earlier, later)
    writers = {ComparedFormat.TEXT: as_text, ComparedFormat.JSON: as_json, ComparedFormat.MARKDOWN: as_markdown}
    sys.stdout.write(writers[format_](found))
    raise typer.Exit(0 if found.is_numbered else 1)
