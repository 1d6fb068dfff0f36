"""Last step: store, write, tell, compare with what Label Studio holds then.

Storing (`store`, `note_dealt_with`) and writing (`write`) can be called apart: the changes of many tasks may be stored
in one transaction, and what is to be written left to jobs of their own, which find everything judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.labelstudio.connection.errors import Gone
from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.labelstudio.writeback.do_again import is_passing_column
from guidelint.labelstudio.writeback.judged import Judged
from guidelint.labelstudio.writeback.write_back import writeback_digest
from guidelint.service.clock import as_text
from guidelint.service.store import handed_in
from guidelint.service.store.escalations import record_escalations
from guidelint.service.store.hints import inbox
from guidelint.service.store.requeues import forget_waiting, note_taken_out, wake_waiting
from guidelint.service.store.subjects import contributions
from guidelint.service.store.subjects.drafts import note_draft
from guidelint.service.store.subjects.members import drop_members, put_members
from guidelint.service.worker.task.alarm import tell_of_replaced_data
from guidelint.service.worker.task.decide import seen_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient, TaskRead
    from guidelint.service.worker.task.decide import Changes


def store(connection: sa.Connection, changes: Changes) -> None:
    """Store what is new before anybody is told. The caller commits."""
    key = changes.key
    handed_in.withdraw(connection, key, changes.withdrawn)
    if changes.task is None:
        handed_in.forget_seen(connection, key)
        drop_members(connection, key)
    elif changes.members is not None:
        put_members(connection, key, as_text(changes.task.created_at), changes.members)
    forget_waiting(connection, key, changes.withdrawn)
    for identity in changes.taken_out:
        note_taken_out(connection, key, identity)
    handed_in.store_versions(connection, key, changes.new)
    contributions.drop(connection, key, changes.contributes_no_more)
    for gathering in changes.gatherings:
        contributions.put(connection, key, gathering)
    if changes.drafted is not None:
        note_draft(connection, key, is_drafted=changes.drafted)
    handed_in.keep_what_hooks_told(connection, key, changes.seqs)
    wake_waiting(connection, key, changes.handed_in, changes.lane)
    if changes.looks_again_at:
        revisit = inbox.hint_row(key, inbox.REVISIT, changes.looks_again_at, inbox.BULK)
        inbox.put_once(connection, revisit, unless_begun=True)


def write(client: TaskClient, changes: Changes, shown: Callable[[], None]) -> TaskRead | None:
    """Write, and tell that the verdict can be seen; the task as it stands then, by the answer, or None: it is gone.

    Data and overlap go together, so that nobody else is asked while the banner still speaks of what the first reader
    did. Raises Unreachable or Refused.
    """
    wanted = changes.write_back
    stands = changes.task
    try:
        if not wanted.silent:
            stands = client.write_task(changes.key.task, wanted.data, wanted.overlap, closes=wanted.closes)
    except Gone:
        return None
    shown()
    return stands


def stands_as_written(stands: TaskRead, changes: Changes) -> bool:
    """Whether the task now says what was written, on the annotations that were judged."""
    wanted = changes.write_back.data
    if wanted is not None and changes.task is not None and not same_task(stands, changes.task):
        tell_of_replaced_data(changes.key)
    return (
        changes.task is not None
        and same_task(stands, changes.task)
        and same_annotations(stands, changes.task)
        and (wanted is None or _ours(stands.data) == _ours(wanted))
    )


def _ours(data: Mapping[str, Any]) -> dict[str, Any]:
    """Take from the data of a task what we write."""
    return {key: value for key, value in data.items() if key in KEYS or is_passing_column(key)}


def note_dealt_with(connection: sa.Connection, changes: Changes, stands: TaskRead) -> None:
    """Note the state in which the task was left, so that only what happens later is news. The caller commits."""
    if changes.is_settled:
        return
    opened = not stands.is_labeled and any(reading.completed for reading in changes.readings)
    written = None if changes.write_back.silent else writeback_digest(changes.readings, changes.subjects)
    seen = seen_state(stands)
    handed_in.seen(connection, changes.key, seen.created_at, seen.updated_at, written)
    judged = Judged(changes.readings, changes.subjects, changes.plan.routes)
    record_escalations(connection, changes.key, seen.created_at, judged, opened=opened)
    if changes.write_back.opening_waits:
        revisit = inbox.hint_row(changes.key, inbox.REVISIT, changes.may_open_at, changes.lane)
        inbox.put_once(connection, revisit)


def same_task(one: TaskRead, other: TaskRead) -> bool:
    """Whether it is the same task, not a later one that was given its id."""
    return (one.project, one.created_at) == (other.project, other.created_at)


def same_annotations(one: TaskRead, other: TaskRead) -> bool:
    """Whether the same annotations stand, unchanged."""
    marks = [{(item.id, item.created_at, item.updated_at) for item in task.annotations} for task in (one, other)]
    return marks[0] == marks[1]
