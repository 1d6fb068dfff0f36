"""Read from a live Label Studio which tasks a project has."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from guidelint.checking.expected.expectation import Wanted
from guidelint.checking.expected.expected_list import MOST_WANTED, ExpectedError
from guidelint.checking.supplied import SuppliedError
from guidelint.service.settings import SettingsError, tokens_from
from guidelint.service.versions.project_address import project_at

if TYPE_CHECKING:
    from pathlib import Path

    import httpx


def expected_of_project(
    address: str, token_file: Path | None, transport: httpx.BaseTransport | None = None
) -> tuple[Wanted, ...]:
    """Read the ids of all tasks of ``http://host/projects/7``. Raises ExpectedError."""
    from guidelint.labelstudio.connection.errors import LabelStudioError  # noqa: PLC0415 - with its extra
    from guidelint.labelstudio.connection.task_client import TaskClient  # noqa: PLC0415 - with its extra

    try:
        of = project_at(address)
        ((server, token),) = tokens_from((of.server,), token_file).items()
        with TaskClient(server, token, transport) as client:
            listed = islice(client.tasks(of.project), 2 * MOST_WANTED)
            ids = dict.fromkeys(task.id for task in listed)
    except (SettingsError, SuppliedError) as error:
        raise ExpectedError(str(error)) from error
    except LabelStudioError as error:
        raise ExpectedError(f"{address} cannot be asked for its tasks: {error}") from error
    if len(ids) > MOST_WANTED or next(listed, None):
        raise ExpectedError(f"{address} lists more than the {MOST_WANTED:,} tasks that are compared")
    if not ids:
        raise ExpectedError(f"{address} has no tasks")
    return tuple(Wanted(f"task {task}", str(task)) for task in ids)
