"""What a command was told to expect, from wherever it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from guidelint.checking.expected.expectation import Expectation

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
    from guidelint.checking.expected.expectation import Expectation  # noqa: PLC0415 - few runs expect anything
    from guidelint.checking.expected.expected_list import ExpectedError, expected_in  # noqa: PLC0415
    from guidelint.cli.delivery.expected_project import expected_of_project  # noqa: PLC0415
    from guidelint.cli.extras import need_extra  # noqa: PLC0415
    from guidelint.service.versions.project_address import is_address  # noqa: PLC0415

    try:
        if not is_address(where):
            return Expectation(expected_in(Path(where)))
        need_extra("labelstudio", "`guidelint check --expect ADDRESS`")
        return Expectation(expected_of_project(where, token_file))
    except ExpectedError as error:
        raise refused(str(error)) from error
