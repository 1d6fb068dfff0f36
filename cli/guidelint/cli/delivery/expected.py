"""What a command was told to expect, from wherever it stands."""

from __future__ import annotations

from pathlib import Path

from guidelint.checking.expected.expectation import Expectation
from guidelint.checking.expected.expected_list import ExpectedError, expected_in
from guidelint.cli.delivery.expected_project import expected_of_project, is_address
from guidelint.cli.extras import need_extra
from guidelint.cli.refusals import refused

_WITHOUT = (
    "--complete needs --expect, with a list, an export with all tasks or a project: Label Studio's default export"
    " leaves out tasks without annotations, so that an export alone cannot show that it is complete"
)


def expected(where: str, token_file: Path | None, *, complete: bool) -> Expectation | None:
    """Read what is expected, if that was said. Says what is wrong and raises typer.Exit."""
    if not where:
        if complete:
            raise refused(_WITHOUT)
        return None
    try:
        if not is_address(where):
            return Expectation(expected_in(Path(where)))
        need_extra("labelstudio", "`guidelint check --expect ADDRESS`")
        return Expectation(expected_of_project(where, token_file))
    except ExpectedError as error:
        raise refused(str(error)) from error
