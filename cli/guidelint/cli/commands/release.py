"""``guidelint release``: a draft becomes a released version."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import guideline_argument


def command(
    guidelines: Annotated[
        list[str],
        guideline_argument("GUIDELINE", "YAML file of the draft; with --check several, also of the library."),
    ],
    *,
    since: Annotated[
        str,
        typer.Option(
            metavar="VERSION", help="The version before: file, name@version or git:REV; else the highest beside it."
        ),
    ] = "",
    approved_by: Annotated[str, typer.Option(metavar="NAME", help="Sign it as of today.")] = "",
    role: Annotated[str, typer.Option(help="In which role, e.g. clinical lead.")] = "",
    means: Annotated[str, typer.Option(help="What the signature says.")] = "approved for use",
    check: Annotated[
        bool, typer.Option("--check", help="Release nothing; tell which released guidelines were changed since.")
    ] = False,
) -> None:
    """Make a draft a released version: write its status, and its digest, approvals and changes into CHANGELOG.md.

    Refused, with every reason at once: a number that does not follow from the changes, approvals that nobody gave for
    this version, an example that fails, errors of the text, a version that was released before. What is released is
    never changed; --check is for CI, and compares each text with the digest that its changelog has.

    Exit status 0: it is released, or nothing was changed. 1: it is not, or something was. 2: it cannot be read.
    """
    from guidelint.checking.releasing.approval import approval_of  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.releasing.error import NotReleasedError  # noqa: PLC0415
    from guidelint.checking.releasing.release import release  # noqa: PLC0415
    from guidelint.checking.releasing.unchanged import changed_since_release  # noqa: PLC0415
    from guidelint.cli.refusals import refusals, refused  # noqa: PLC0415
    from guidelint.cli.render.terminal.visible import visible  # noqa: PLC0415
    from guidelint.cli.streams import tell  # noqa: PLC0415

    with refusals():
        if check:
            changed = [visible(reason) for reason in changed_since_release(guidelines)]
            tell("".join(f"guidelint: {reason}.\n" for reason in changed))
            raise typer.Exit(1 if changed else 0)
        if len(guidelines) > 1:
            raise refused("one guideline is released at a time")
        try:
            made = release(guidelines[0], since, approval_of(approved_by, role, means))
        except NotReleasedError as error:
            told = "".join(f"  {visible(reason)}.\n" for reason in error.reasons)
            tell(f"guidelint: {visible(guidelines[0])} is not released:\n{told}")
            raise typer.Exit(1) from error
    sys.stdout.write(
        f"{made.name} {made.version} is released: {visible(made.file)} is never changed from now on.\n"
        f"SHA-256 of its text: {made.text_digest}\n{visible(made.changelog)} tells of it.\n"
    )
