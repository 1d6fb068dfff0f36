"""Links to the tasks of a delivery in the Label Studio they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from guidelint.checking.record import Judged

if TYPE_CHECKING:
    from guidelint.checking.record import Shown

_OF_ADDRESSES = ":/[]@!$&'()*+,;=%~"


def task_link(server: str, record: Shown) -> str:
    """Address of the task of a record; empty where server, project or task are not known.

    ``server``: its address as ``normal_address`` gives it.
    """
    task = _task_id(record)
    if not (server and task and record.project.isascii() and record.project.isdigit()):
        return ""
    return f"{quote(server, safe=_OF_ADDRESSES)}/projects/{record.project}/data?task={quote(task, safe='')}"


def _task_id(record: Shown) -> str:
    if not isinstance(record, Judged):
        return record.task
    return record.verdict.subject.task if record.task_has_id else ""
