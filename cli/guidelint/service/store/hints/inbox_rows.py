"""Rows of the inbox: what a delivery becomes, and what we remind ourselves of."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from guidelint.service.clock import NEVER, as_text, now

if TYPE_CHECKING:
    from guidelint.labelstudio.connection.webhook_event import Event
    from guidelint.labelstudio.connection.webhook_rows import Hint
    from guidelint.service.store.base.task_key import TaskKey

PENDING, HELD, DONE, FAILED, FORGOTTEN = "pending", "held", "done", "failed", "forgotten"
"""``held``: its project is not known here. ``forgotten``: an operator said that it need not be dealt with."""
INTERACTIVE, BULK = 0, 1
"""Lanes: what somebody may wait for, and what came or was found in bulk."""
REVISIT = "REVISIT"
"""Action of a hint that we give ourselves: look at this task again, not before a certain time."""
SWEPT = "SWEPT"
"""Action of a hint that the sweep gives."""
SWEEP_CHANGED, SWEEP_ALL = "SWEEP_CHANGED", "SWEEP_ALL"
"""Actions of a hint at a whole project: look at the tasks that changed, or at every task."""
WHOLE_PROJECT = 0
"""Stands for a task in a hint at a whole project; Label Studio counts from 1."""
EVERY_PROJECT = 0
"""Stands for a project in a hint at all that are followed on a server."""
FEW_TASKS = 20
"""More imported tasks are read from a listing, which costs Label Studio a fiftieth of reading them one by one."""
FAST_COMPRESSION = 1
Row = dict[str, Any]
_BY_ONE = frozenset({"ANNOTATION_CREATED", "ANNOTATIONS_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED"})
_DELETIONS = frozenset({"TASKS_DELETED", "ANNOTATIONS_DELETED"})


def rows_of(server: str, event: Event) -> list[Row]:
    """Rows for one delivery: one for each hint, one for what the hints do not say, one for an event without hints."""
    if event.project is None and event.hints:
        return [sweep_row(server, EVERY_PROJECT, SWEEP_ALL, event.beyond)]
    project = event.project or EVERY_PROJECT
    if event.action == "TASKS_CREATED" and len(event.hints) > FEW_TASKS:
        return [sweep_row(server, project, SWEEP_CHANGED, f"{len(event.hints)} annotated tasks were imported")]
    lane = INTERACTIVE if event.action in _BY_ONE and len(event.hints) == 1 and not event.beyond else BULK
    rows = [_hinted(server, project, event, hint, lane) for hint in event.hints]
    if event.beyond:
        rows.append(sweep_row(server, project, _sweep_for(event.action), event.beyond))
    return rows or [{**_row(server, project, event.action, lane), "digest": event.digest}]


def hint_row(key: TaskKey, action: str, not_before: str = NEVER, lane: int = INTERACTIVE) -> Row:
    """Make a row that we give ourselves."""
    return {**_row(key.server, key.project, action, lane), "task": key.task, "not_before": not_before}


def sweep_row(server: str, project: int, action: str, reason: str) -> Row:
    """Make a hint at a whole project. ``action``: SWEEP_CHANGED or SWEEP_ALL."""
    return {**_row(server, project, action, BULK), "task": WHOLE_PROJECT, "reason": reason}


def _sweep_for(action: str) -> str:
    """Choose the sweep: changed tasks are found by their time, deleted ones only by looking at all of them."""
    return SWEEP_ALL if action in _DELETIONS else SWEEP_CHANGED


def _hinted(server: str, project: int, event: Event, hint: Hint, lane: int) -> Row:
    return {
        **_row(server, project, event.action, lane),
        "task": hint.task,
        "annotation": hint.annotation,
        "created_at": as_text(hint.created_at) if hint.created_at else None,
        "updated_at": as_text(hint.updated_at) if hint.updated_at else None,
        "unique_id": hint.unique_id,
        "prediction": zlib.compress(hint.prediction, FAST_COMPRESSION) if hint.prediction else None,
        "digest": event.digest,
    }


def _row(server: str, project: int, action: str, lane: int) -> Row:
    return {
        "server": server,
        "project": project,
        "action": action,
        "task": None,
        "annotation": None,
        "created_at": None,
        "updated_at": None,
        "unique_id": None,
        "prediction": None,
        "digest": "",
        "received_at": now(),
        "state": PENDING,
        "lane": lane,
        "starts": 0,
        "waits": 0,
        "not_before": NEVER,
        "reason": "",
    }
