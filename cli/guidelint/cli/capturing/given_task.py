"""A task with its annotations, from an export or from a live Label Studio."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import httpx

MOST_BYTES: Final = 512 * 2**20
"""Largest export that one task is looked for in, unpacked."""
_ADDRESS: Final = re.compile(
    r"(?P<server>https?://.+?)/(?:projects/(?P<project>\d{1,18})/data\S*?[?&]task=|(?:api/)?tasks/)(?P<task>\d{1,18})(?:[/?&#].*)?"
)
_PACKED: Final = b"\x1f\x8b"


class CaptureError(ValueError):
    """Nothing can be captured, and what to do."""


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task with its annotations."""

    id: str
    data: Mapping[str, Any]
    annotations: Sequence[Mapping[str, Any]]

    def annotation(self, wanted: str) -> Mapping[str, Any]:
        """Give one by its id, or the only one. Raises CaptureError."""
        ids = [str(one.get("id", "")) for one in self.annotations]
        if not ids:
            raise CaptureError(f"task {self.id} has no annotation: hand one in first")
        if not wanted and len(ids) > 1:
            raise CaptureError(f"task {self.id} has {len(ids)} annotations. Say which: --annotation {ids[0]}")
        if wanted and wanted not in ids:
            raise CaptureError(f"task {self.id} has no annotation {wanted}; there are {', '.join(ids[:10])}")
        return self.annotations[ids.index(wanted) if wanted else 0]


def of_export(path: Path, wanted: str) -> GivenTask:
    """Find a task in a JSON export, by its id, or the only one. Raises CaptureError."""
    tasks = list(_tasks(_content(path), path))
    found = [one for one in tasks if str(one.get("id", "")) == wanted] if wanted else tasks
    if len(found) != 1:
        ids = ", ".join(str(one.get("id", "")) for one in tasks[:10])
        raise CaptureError(f"{path} has {len(found)} tasks {wanted}".rstrip() + f". Say which: --task-id, one of {ids}")
    return _given(found[0], path)


def of_server(address: str, token_file: Path | None, transport: httpx.BaseTransport | None = None) -> GivenTask:
    """Read a task from Label Studio, by the address that a browser shows. Raises CaptureError."""
    from guidelint.labelstudio.connection.credentials import CredentialError, tokens_from  # noqa: PLC0415 - its extra
    from guidelint.labelstudio.connection.errors import LabelStudioError  # noqa: PLC0415
    from guidelint.labelstudio.connection.task_client import TaskClient  # noqa: PLC0415

    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        such = "http://localhost:8080/projects/7/data?task=12"
        raise CaptureError(f"{address} is not the address of a task, such as {such}")
    try:
        ((server, token),) = tokens_from((found["server"],), token_file).items()
        with TaskClient(server, token, transport) as client:
            task = client.task(int(found["task"]))
    except (CredentialError, LabelStudioError) as error:
        raise CaptureError(f"{address} cannot be read: {error}") from error
    annotations = [{"id": one.id, "result": json.loads(bytes(one.result))} for one in task.annotations]
    return GivenTask(str(task.id), task.data, annotations)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == _PACKED
        with gzip.open(path) if is_packed else path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise CaptureError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MOST_BYTES:
        raise CaptureError(f"{path} is larger than {MOST_BYTES // 2**20} MiB. Export the one task")
    return content


def _tasks(content: bytes, path: Path) -> Iterator[Mapping[str, Any]]:
    """Give the tasks of a list, of a page of the API, or of lines."""
    try:
        whole = [json.loads(content)] if content.lstrip()[:1] == b"[" else map(json.loads, content.splitlines())
        values = chain.from_iterable(one if isinstance(one, list) else (one,) for one in whole)
        yield from (cast("Mapping[str, Any]", one) for one in values if isinstance(one, dict))
    except (ValueError, RecursionError) as error:
        try:
            yield cast("Mapping[str, Any]", dict(json.loads(content)))
        except (ValueError, TypeError, RecursionError):
            raise CaptureError(f"{path} is no JSON export of Label Studio. Export as JSON") from error


def _given(task: Mapping[str, Any], path: Path) -> GivenTask:
    data, annotations = task.get("data"), task.get("annotations")
    if not isinstance(data, dict) or not isinstance(annotations, list):
        raise CaptureError(f"{path}: what was found has no `data` and `annotations`. Export as JSON")
    kept = [one for one in annotations if isinstance(one, dict) and isinstance(one.get("result"), list)]
    return GivenTask(str(task.get("id", "")), cast("Mapping[str, Any]", data), kept)
