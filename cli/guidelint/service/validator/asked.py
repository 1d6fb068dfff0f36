"""What is asked about: one annotation with its task and project, as a webhook of Label Studio would deliver them."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - read at run time
from dataclasses import dataclass

import msgspec

from guidelint.labelstudio.connection.data_limits import DataTooLarge, read_data
from guidelint.labelstudio.connection.webhook_rows import ProjectId


class NotAsked(ValueError):  # noqa: N818 - what it is
    """A body that asks about nothing; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One annotation to be judged."""

    project: int
    annotation: bytes
    """Its JSON."""
    task: str
    """Id of its task; empty: not told."""
    data: Mapping[str, object]
    """Data of its task."""


class _Project(msgspec.Struct):
    id: ProjectId


class _Task(msgspec.Struct):
    data: msgspec.Raw
    id: int | str | None = None


class _Body(msgspec.Struct):
    annotation: msgspec.Raw
    task: _Task
    project: _Project | ProjectId


def asked(body: bytes) -> Inquiry:
    """Read a body. Raises NotAsked."""
    try:
        read = msgspec.json.decode(body, type=_Body)
        data = read_data(read.task.data)
    except DataTooLarge as error:
        raise NotAsked(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAsked(
            f"an annotation, its task and its project are asked for, as webhooks have them: {error}"
        ) from error
    annotation = bytes(read.annotation)
    if not annotation.lstrip().startswith(b"{"):
        raise NotAsked("one annotation is judged at a time")
    project = read.project if isinstance(read.project, int) else read.project.id
    return Inquiry(project, annotation, "" if read.task.id is None else str(read.task.id), data)
