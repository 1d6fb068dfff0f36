"""Moving the work in a running project to the names of another version, annotation by annotation.

What an annotation was is kept in the store right before it is written, so that a move that is broken off goes on where
it was, one that runs twice changes nothing, and the way back gives everything as it was.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.labelstudio.connection.errors import Unreachable
from guidelint.labelstudio.migrating.migrate import Migration
from guidelint.labelstudio.migrating.of_file import Migrated
from guidelint.service.store.hints import inbox
from guidelint.service.store.moved import MovedAnnotation, note_moved
from guidelint.service.versions.standing import standing
from guidelint.service.worker.task.judge_annotation import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import AnnotationRead, TaskClient
    from guidelint.labelstudio.migrating.redo import Redo
    from guidelint.labelstudio.migrating.renaming import Renaming
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.versions.project_address import ProjectAddress
    from guidelint.service.worker.task.as_it_stands import AnnotationAsItStands, TaskAsItStands

ROUNDS: Final = 5
"""So often what was changed while it was moved is looked at again."""


TELLS_EVERY_S: Final = 10.0


def _nobody(_sentence: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What becomes of one annotation."""

    to: MovedAnnotation
    read: AnnotationRead
    """With the result that it is to have."""
    changed: int
    """Items that have another name then."""
    is_done: bool = False


@dataclass(slots=True)
class _Counted:
    tasks: int = 0
    changed: int = 0
    left: int = 0
    """Annotations that somebody changed meanwhile."""
    redo: list[Redo] = field(default_factory=list["Redo"])


@dataclass(frozen=True)
class Move:
    """One project, and the version that its work is moved to."""

    engine: sa.Engine
    """With commits that a power cut cannot undo: what is about to be changed elsewhere is kept here."""
    client: TaskClient
    of: ProjectAddress
    renaming: Renaming
    position: int
    """Of the push that put the version in force; the next one, where it is not pushed yet."""
    gone: frozenset[str] = frozenset()
    """Controls that the labeling config has no more: what uses them is moved whenever it was handed in."""
    back: bool = False
    """Whether what an earlier move has changed, and nobody since, becomes what it was."""
    writes: bool = True
    """Whether anything is changed; otherwise it is only told."""
    tell: Callable[[str], None] = _nobody
    """Given a sentence now and then when it takes long."""

    def run(self) -> Migrated:
        """Move everything. Raises LabelStudioError, PlanError and StoreFault; running it again goes on."""
        changed = 0
        for _ in range(ROUNDS):
            found = self._once()
            changed += found.changed
            if not found.left:
                return Migrated(found.tasks, changed, tuple(found.redo))
        raise Unreachable(
            f"annotations of {self.of} change faster than they can be moved: move them when nobody is at work"
        )

    def _once(self) -> _Counted:
        counted, told_at = _Counted(), time.monotonic()
        for stands in standing(self.engine, self.client, self.of):
            counted.tasks += 1
            if time.monotonic() - told_at > TELLS_EVERY_S:
                told_at = time.monotonic()
                self.tell(
                    f"{self.of}: {counted.tasks:,} tasks looked at, {counted.changed:,} marks and answers renamed"
                )
            for item, step in self._steps(stands):
                counted.redo += step.to.redo
                if step.is_done:
                    continue
                if not self.writes or self._written(stands.job.key, item, step):
                    counted.changed += step.changed
                else:
                    counted.left += 1
        return counted

    def _steps(self, stands: TaskAsItStands) -> Iterator[tuple[AnnotationAsItStands, _Step]]:
        for item in stands.annotations:
            step = self._step(stands.job.key.task, item)
            if step is not None:
                yield item, step

    def _step(self, task: int, item: AnnotationAsItStands) -> _Step | None:
        """Decide what becomes of an annotation; None: it was handed in under the version itself."""
        moved, digest = item.moved, item.content_digest
        is_of_this_move = moved is not None and moved.move == self.position
        if moved is not None and is_of_this_move and digest == moved.digest:
            return _Step(moved, item.read, 0, is_done=True)
        begun = moved is not None and is_of_this_move and digest == moved.digest_before
        if not begun and item.position == self.position and not self._uses_what_is_gone(item):
            return None
        if self.back and moved is not None and not is_of_this_move and digest == moved.digest:
            return self._as_it_was(item, moved)
        return self._mapped(task, item)

    def _as_it_was(self, item: AnnotationAsItStands, moved: MovedAnnotation) -> _Step:
        read = _with_result(item.read, moved.result_before) if moved.result_before else item.read
        return self._made(item, read, moved.position_before, ())

    def _mapped(self, task: int, item: AnnotationAsItStands) -> _Step:
        migration = Migration(self.renaming, leaves_out=True)
        before = msgspec.json.decode(item.read.result)
        after = migration.result(before, str(task), str(item.read.id)) if isinstance(before, list) else before
        read = _with_result(item.read, msgspec.json.encode(after)) if after != before else item.read
        left_out = item.moved.redo if self.back and item.moved is not None else ()
        return self._made(item, read, self.position, (*left_out, *migration.redo))

    def _made(self, item: AnnotationAsItStands, read: AnnotationRead, position: int, redo: tuple[Redo, ...]) -> _Step:
        is_as_before = read is item.read
        to = MovedAnnotation(
            move=self.position,
            digest=content_digest(read),
            position=position,
            digest_before=item.content_digest,
            position_before=item.position,
            result_before=b"" if is_as_before else bytes(item.read.result),
            redo=redo,
        )
        return _Step(to, read, 0 if is_as_before else _differing(item.read, read))

    def _uses_what_is_gone(self, item: AnnotationAsItStands) -> bool:
        items = msgspec.json.decode(item.read.result) if self.gone else []
        return isinstance(items, list) and any(
            isinstance(one, dict) and one.get("from_name") in self.gone for one in items
        )

    def _written(self, key: TaskKey, item: AnnotationAsItStands, step: _Step) -> bool:
        """Keep what it was, then write it; False: somebody has changed it meanwhile."""
        is_as_before = step.read is item.read
        if not is_as_before and self.client.annotation(item.read.id).updated_at != item.read.updated_at:
            return False
        with self.engine.begin() as connection:
            note_moved(connection, key, item.identity, step.to)
            inbox.put_once(connection, inbox.hint_row(key, inbox.SWEPT, lane=inbox.BULK), unless_begun=True)
        if not is_as_before:
            stands = self.client.write_annotation(item.read.id, step.read.result)
            if content_digest(stands) != step.to.digest:
                raise Unreachable(
                    f"annotation {item.read.id} of {self.of} does not stand as it was written: run it again"
                )
        return True


def _differing(one: AnnotationRead, other: AnnotationRead) -> int:
    """Count the items of one that the other has not."""
    items, others = (msgspec.json.decode(read.result, type=list[msgspec.Raw]) for read in (one, other))
    there = {msgspec.json.encode(msgspec.json.decode(raw), order="sorted") for raw in others}
    return sum(msgspec.json.encode(msgspec.json.decode(raw), order="sorted") not in there for raw in items)


def _with_result(read: AnnotationRead, result: bytes) -> AnnotationRead:
    return msgspec.structs.replace(read, result=msgspec.Raw(result))
