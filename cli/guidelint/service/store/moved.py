"""What was moved from one version of a guideline to another, and what it was before."""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.labelstudio.migrating.redo import Redo
from guidelint.service.store.base.database import insert_or_update
from guidelint.service.store.base.tables import moved

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.known import AnnotationIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedAnnotation:
    """One annotation, before and after its last move; what somebody has handed in since is of neither."""

    move: int
    """Position of the push that it was moved for."""
    digest: str
    """Of its content after the move."""
    position: int
    """Of the version that this is of."""
    digest_before: str
    position_before: int
    result_before: bytes = b""
    """JSON of its result; empty: it is as after."""
    redo: tuple[Redo, ...] = ()
    """What somebody must do again."""

    def position_of(self, digest: str) -> int | None:
        """Tell of which version a content is; None: it was handed in since."""
        return {self.digest_before: self.position_before, self.digest: self.position}.get(digest)


Moved = dict["AnnotationIdentity", MovedAnnotation]


def moved_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> Mapping[int, Moved]:
    """Task → its annotations that were moved."""
    found = sa.select(moved).where(moved.c.server == server, moved.c.project == project, moved.c.task.in_(wanted))
    by_task = defaultdict[int, Moved](dict)
    for row in connection.execute(found):
        by_task[row.task][row.annotation, row.created_at] = MovedAnnotation(
            move=row.move,
            digest=row.digest,
            position=row.position,
            digest_before=row.digest_before,
            position_before=row.position_before,
            result_before=zlib.decompress(row.result_before) if row.result_before else b"",
            redo=msgspec.json.decode(row.redo, type=tuple[Redo, ...]),
        )
    return by_task


def note_moved(connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity, one: MovedAnnotation) -> None:
    """Keep what an annotation was, right before it is moved. The caller commits."""
    row = {
        "server": key.server,
        "project": key.project,
        "annotation": identity[0],
        "created_at": identity[1],
        "task": key.task,
        "move": one.move,
        "digest": one.digest,
        "position": one.position,
        "digest_before": one.digest_before,
        "position_before": one.position_before,
        "result_before": zlib.compress(one.result_before) if one.result_before else b"",
        "redo": msgspec.json.encode(one.redo).decode(),
    }
    insert_or_update(connection, moved, row)
