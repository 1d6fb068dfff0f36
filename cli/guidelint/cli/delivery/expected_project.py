"""Read from a live Label Studio which tasks a project has."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from guidelint.checking.expected.expectation import Wanted
from guidelint.checking.expected.expected_list import MOST_WANTED, ExpectedError
from guidelint.service.settings import SettingsError, tokens_from

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

_ADDRESS = re.compile(r"(?P<server>https?://.+?)/projects/(?P<project>\d+)(?:[/?#].*)?")


def is_address(text: str) -> bool:
    """Tell the address of a project from the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def expected_of_project(
    address: str, token_file: Path | None, transport: httpx.BaseTransport | None = None
) -> tuple[Wanted, ...]:
    """Read the ids of all tasks of ``http://host/projects/7``. Raises ExpectedError."""
    from guidelint.labelstudio.connection.errors import LabelStudioError  # noqa: PLC0415 - with its extra
    from guidelint.labelstudio.connection.task_client import TaskClient  # noqa: PLC0415 - with its extra

    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        raise ExpectedError(f"{address} is not the address of a project, such as http://localhost:8080/projects/7")
    try:
        ((server, token),) = tokens_from((found["server"],), token_file).items()
        with TaskClient(server, token, transport) as client:
            listed = islice(client.tasks(int(found["project"])), 2 * MOST_WANTED)
            ids = dict.fromkeys(task.id for task in listed)
    except SettingsError as error:
        raise ExpectedError(str(error)) from error
    except LabelStudioError as error:
        raise ExpectedError(f"{address} cannot be asked for its tasks: {error}") from error
    if len(ids) > MOST_WANTED or next(listed, None):
        raise ExpectedError(f"{address} lists more than the {MOST_WANTED:,} tasks that are compared")
    if not ids:
        raise ExpectedError(f"{address} has no tasks")
    return tuple(Wanted(f"task {task}", str(task)) for task in ids)
