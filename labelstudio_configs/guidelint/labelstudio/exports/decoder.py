"""The decoder of Label Studio's JSON exports: the first of the formats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.carried import EVERYTHING, Carried
from guidelint.annotation.decoding.decoder import Decoded, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.json_record import PayloadError, text_of
from guidelint.annotation.decoding.files.part import Begin, Part
from guidelint.annotation.decoding.parts.task_data import TaskImage, task_data
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.decoding.payload import MAX_ANNOTATIONS
from guidelint.labelstudio.exports.export import tasks_in
from guidelint.labelstudio.exports.foreseen import parts
from guidelint.labelstudio.exports.kind import INSTEAD, ExportError, refuse_file
from guidelint.labelstudio.exports.record_kind import other_form
from guidelint.labelstudio.exports.split import Before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guidelint.annotation.decoding.decoder import Opened
    from guidelint.annotation.decoding.parts.task_data import TaskData
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.given import Given
    from guidelint.labelstudio.decoding.payload import TaskPayload
    from guidelint.labelstudio.decoding.whole_payload import WholeTask
    from guidelint.labelstudio.exports.export import TaskPiece


@dataclass(frozen=True, slots=True)
class LabelStudioExport:
    """Reads Label Studio's JSON export."""

    name: str = "label-studio"
    title: str = "a JSON export of Label Studio"
    endings: tuple[str, ...] = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
    carries: frozenset[Carried] = EVERYTHING - {"earlier versions"}
    has_schema: bool = True
    has_legend: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether it begins as a list of tasks does, or one task, and is nothing else that is known."""
        try:
            refuse_file(head)
        except ExportError:
            return False
        return True

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read task after task, in constant memory. Raises ExportError."""
        decoder = AnnotationDecoder(opened.vocabulary)
        with_text = opened.places or opened.broken is not None
        for piece in tasks_in(opened.blocks, opened.max_record_bytes, places=with_text, part=opened.part):
            yield _record(piece, decoder, opened)

    def parts(self, path: Path, begin: Begin[Before] | None, size: int, *, places: bool) -> Iterator[Part[Before]]:
        """Foresee where a file may be parted, from its quotation marks and braces alone."""
        return parts(path, Begin(Before()) if begin is None else begin, size, places=places)


def _record(piece: TaskPiece, decoder: AnnotationDecoder, opened: Opened) -> Decoded:
    task, text = piece.content, piece.text if opened.places else None
    if task is None:
        return UnreadRecord(
            reason=piece.problem,
            position=piece.position,
            offset=piece.offset,
            text=text,
            repeats=piece.repeats,
        )
    data, problem = _data(task)
    key = "" if task.id is None else str(task.id)
    count = len(task.annotations or ())
    if count > MAX_ANNOTATIONS:
        problem = problem or f"it has {count:,} annotations; of one task {MAX_ANNOTATIONS:,} are read at most"
    read = partial(_submissions, task, data, decoder, key, opened.given)
    return TaskRecord(
        position=piece.position,
        offset=piece.offset,
        task=key,
        project=text_of(task.project),
        data=data,
        data_problem=problem,
        annotations=count,
        read=read if opened.broken is None else partial(_unless_broken, piece, read, opened.broken),
        besides=_besides(task),
        drafted=task.is_drafted,
        predicted=task.is_predicted,
        undelivered=task.undelivered(count),
        text=text,
    )


def _unless_broken(
    piece: TaskPiece, submissions: Callable[[], Iterator[Submission | PayloadError]], broken: Callable[[bytes], str]
) -> Iterator[Submission | PayloadError]:
    """Give what was handed in, but for what breaks the schema; what was skipped may be anything."""
    for number, one in enumerate(submissions(), start=1):
        is_asked = not isinstance(one, PayloadError) and not one.skipped
        text = piece.text.annotation(number) if is_asked and piece.text is not None else b""
        said = broken(text) if is_asked else ""
        yield PayloadError(said) if said else one


def _data(task: TaskPayload | WholeTask) -> tuple[TaskData, str]:
    try:
        return task_data(task.data), ""
    except PayloadError as error:
        return {}, f"its data cannot be read: {error}"


def _besides(task: TaskPayload | WholeTask) -> str:
    other = other_form(task) if task.annotations else ""
    return other and f"besides its annotations it is {other}: those were not judged. {INSTEAD}"


def _submissions(
    task: TaskPayload | WholeTask, data: TaskData, decoder: AnnotationDecoder, key: str, given: Given
) -> Iterator[Submission | PayloadError]:
    image = TaskImage(data, decoder.vocabulary.image, given)
    for raw in task.annotations or ():
        try:
            yield decoder.submission(raw, image, key)
        except PayloadError as error:
            yield error


DECODER = LabelStudioExport()
