"""Judge a delivery: export files in, judged records out, one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from guidelint.labelstudio.decode import Decoder
from guidelint.labelstudio.export import MAX_TASK_BYTES, TaskPiece, read_export
from guidelint.labelstudio.export_kind import ExportError
from guidelint.labelstudio.payload import PayloadError
from guidelint.labelstudio.task_data import TaskImage, task_data
from guidelint.validation.judge import judge
from guidelint.validation.series import ObjectLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import msgspec

    from guidelint.annotation.submission import Submission
    from guidelint.labelstudio.payload_whole import WholeAnnotation
    from guidelint.validation.plan import Plan
    from guidelint.validation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict: on an annotation, or on a series once all its slices were read."""

    file: str
    """Empty for a series, which may stand in several files."""
    verdict: Verdict
    annotator: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, and so could not be judged."""

    file: str
    reason: str
    position: int = 0
    """Which record of the file, from 1; 0: the file itself."""
    offset: int = 0
    """Its first byte in the uncompressed text."""
    task: str = ""
    annotation: int = 0
    """Which annotation of the task, from 1; 0: the task itself."""
    usage: bool = False
    """The file is of another kind: nothing in it can be read."""


Record = Judged | Unread


@dataclass(slots=True)
class Delivery:
    """A delivery being judged."""

    plan: Plan
    files: Sequence[Path]
    max_task_bytes: int = MAX_TASK_BYTES
    on_bytes: Callable[[Path, int], None] | None = None
    """Told how many bytes of which file have been read."""

    def records(self) -> Iterator[Record]:
        """Judge every annotation of every file, then every series. What cannot be read never stops the rest."""
        ledger = ObjectLedger(self.plan)
        for path in self.files:
            reader = _FileReader(str(path), self.plan, Decoder(self.plan.vocabulary), ledger)
            try:
                for piece in read_export(path, max_task_bytes=self.max_task_bytes, on_bytes=self._told_of(path)):
                    yield from reader.piece(piece)
            except ExportError as error:
                yield Unread(str(path), str(error), usage=True)
        for verdict in ledger.verdicts():
            yield Judged("", verdict)

    def _told_of(self, path: Path) -> Callable[[int], None] | None:
        return None if self.on_bytes is None else partial(self.on_bytes, path)


@dataclass(frozen=True, slots=True)
class _FileReader:
    file: str
    plan: Plan
    decoder: Decoder
    ledger: ObjectLedger

    def piece(self, piece: TaskPiece) -> Iterator[Record]:
        task = piece.content
        if task is None:
            yield Unread(self.file, piece.problem, piece.position, piece.offset)
            return
        key = "" if task.id is None else str(task.id)
        unread = Unread(self.file, "", piece.position, piece.offset, key)
        try:
            image = TaskImage(task_data(task.data), self.plan.vocabulary.image)
        except PayloadError as error:
            yield replace(unread, reason=f"its data cannot be read: {error}")
            return
        annotations: Sequence[msgspec.Raw | WholeAnnotation] = task.annotations or ()
        for number, raw in enumerate(annotations, start=1):
            try:
                yield self._judged(self.decoder.submission(raw, image, key))
            except PayloadError as error:
                yield replace(unread, reason=str(error), annotation=number)

    def _judged(self, submission: Submission) -> Judged:
        self.ledger.add(submission)
        return Judged(self.file, judge(self.plan, submission), submission.annotator)
