"""Judge a delivery: export files in, judged records out, one by one."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError, text_of
from guidelint.annotation.decoding.files.source import Source, source_of
from guidelint.annotation.decoding.parts.task_data import TaskImage, task_data
from guidelint.annotation.refs import RECORD
from guidelint.annotation.task_facts import TaskFacts
from guidelint.checking.adjustment import Run
from guidelint.checking.counting.tallies import MOST_KEPT
from guidelint.checking.image_name import own_image
from guidelint.checking.kept import Kept
from guidelint.checking.record import Judged, Record, TaskSeen, Unread, with_remedy
from guidelint.checking.task_names import TaskNames
from guidelint.checking.task_starts import TaskStarts
from guidelint.imaging.items import image_names
from guidelint.labelstudio.decoding.decoder import Decoder
from guidelint.labelstudio.exports.export import MAX_TASK_BYTES, TaskPiece, read_export
from guidelint.labelstudio.exports.kind import INSTEAD, ExportError
from guidelint.labelstudio.exports.record_kind import other_form
from guidelint.validation.judging.fold import Fold, contribution_types
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.reader_names import with_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import msgspec

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.labelstudio.decoding.payload import TaskPayload
    from guidelint.labelstudio.decoding.whole_payload import WholeAnnotation, WholeTask
    from guidelint.validation.judging.plan import Plan


@dataclass(slots=True)
class Delivery:
    """A delivery being judged."""

    plan: Plan
    sources: Sequence[Source | Path]
    max_task_bytes: int = MAX_TASK_BYTES
    on_bytes: Callable[[Source, int], None] | None = None
    """Told how many bytes of which source have been read."""
    places: bool = False
    """Ask where in the text everything stands."""
    run: Run | None = None
    """How this run judges; None: as the plan says."""

    def records(self) -> Iterator[Record]:
        """Judge every annotation of every file, then all subjects above. What cannot be read never stops the rest."""
        run = self.run or Run(self.plan)
        with closing(Kept(contribution_types(run.plan))) as kept:
            yield from self._records(run, Fold(run.plan, kept))

    def _records(self, run: Run, fold: Fold) -> Iterator[Record]:
        starts, names, readers = TaskStarts() if self.places else None, TaskNames(), dict[str, str]()
        for source in map(source_of, self.sources):
            suffix = f" of {source.name}" if len(self.sources) > 1 else ""
            file = _FileDecoder(source.name, run, Decoder(run.plan.vocabulary), fold, starts, suffix, names, readers)
            try:
                for piece in self._pieces(source):
                    yield from file.piece(piece)
            except ExportError as error:
                yield Unread(source.name, with_remedy(str(error)), usage=True)
        for verdict in fold.verdicts():
            name = readers.get(verdict.subject.annotator, "")
            if run.sees_whole(verdict.subject, name):
                yield Judged("", with_names(run.told(verdict), readers), annotator_name=name, starts=starts)

    def _pieces(self, source: Source) -> Iterator[TaskPiece]:
        told = self._told_of(source)
        return read_export(source, max_task_bytes=self.max_task_bytes, on_bytes=told, places=self.places)

    def _told_of(self, source: Source) -> Callable[[int], None] | None:
        return None if self.on_bytes is None else partial(self.on_bytes, source)


@dataclass(frozen=True, slots=True)
class _FileDecoder:
    file: str
    run: Run
    decoder: Decoder
    fold: Fold
    starts: TaskStarts | None
    suffix: str
    """What tells a record from those of other files."""
    names: TaskNames
    readers: dict[str, str]
    """What annotators are called, by their ids, as far as the delivery tells it."""

    def piece(self, piece: TaskPiece) -> Iterator[Record]:
        task = piece.content
        if task is None:
            reason = with_remedy(piece.problem)
            problem = Unread(self.file, reason, piece.position, piece.offset, text=piece.text)
            yield replace(problem, repeats=piece.repeats)
            return
        key = "" if task.id is None else str(task.id)
        project = text_of(task.project)
        unread = Unread(self.file, "", piece.position, piece.offset, key, project=project, text=piece.text)
        try:
            data = task_data(task.data)
        except PayloadError as error:
            yield replace(unread, reason=with_remedy(f"its data cannot be read: {error}"))
            yield self._seen(task, {}, unread, Counter(unread=len(task.annotations or ())))
            return
        if task.annotations and (other := other_form(task)):
            yield replace(unread, reason=f"besides its annotations it is {other}: those were not judged. {INSTEAD}")
        if self.run.wants_task(key):
            yield from self._annotations(task, data, unread)
        else:
            yield replace(self._seen(task, data, unread, Counter()), left_out=len(task.annotations or ()))

    def _annotations(
        self, task: TaskPayload | WholeTask, data: Mapping[str, object], unread: Unread
    ) -> Iterator[Record]:
        image = TaskImage(data, self.run.plan.vocabulary.image)
        image_name = self._image_name(data)
        counts: Counter[str] = Counter()
        annotations: Sequence[msgspec.Raw | WholeAnnotation] = task.annotations or ()
        for number, raw in enumerate(annotations, start=1):
            here = replace(unread, annotation=number)
            try:
                submission = self.decoder.submission(raw, image, unread.task)
            except PayloadError as error:
                counts["unread"] += 1
                yield replace(here, reason=with_remedy(str(error)))
                continue
            if not self.run.wants_annotator(submission.annotator, submission.annotator_name):
                counts["left_out"] += 1
            else:
                counts["skipped" if submission.skipped else "judged"] += 1
                named = self._named(submission, unread.position, number)
                if submission.annotator and submission.annotator_name and len(self.readers) < MOST_KEPT:
                    self.readers.setdefault(submission.annotator, submission.annotator_name)
                if self.fold.gathers:
                    self._gather(named, unread, number, image_name, has_id=bool(submission.annotation))
                yield self._judged(named, here, image_name)
        yield self._seen(task, data, unread, counts)

    def _seen(
        self, task: TaskPayload | WholeTask, data: Mapping[str, object], unread: Unread, counts: Counter[str]
    ) -> TaskSeen:
        drafted, predicted = task.is_drafted, task.is_predicted
        own = own_image(data, self.run.plan.vocabulary.image.image)
        seen = TaskSeen(
            self.file, unread.position, unread.task, own, unread.project, drafted=drafted, predicted=predicted, **counts
        )
        seen = replace(seen, undelivered=task.undelivered(len(task.annotations or ())))
        if self.fold.gathers:
            image = self._image_name(data)
            name = self.names.name(self._task_name(seen.task, seen.record), unread.project, image)
            keys = self.run.plan.vocabulary.image
            facts = TaskImage(data, keys).images if data else ()
            self.fold.add_task(_facts(seen, name, image_names(data, keys), facts))
            if self.starts is not None and unread.text is not None:
                self.starts.note(name, self.file, unread.text)
        return seen

    def _gather(self, submission: Submission, unread: Unread, number: int, image: str, *, has_id: bool) -> None:
        """Let a submission contribute, under a name that no other has."""
        task = self.names.name(submission.task, unread.project, image)
        of_list = f"{number} of the list of record {unread.position}{self.suffix}"
        self.fold.add(replace(submission, task=task, annotation=submission.annotation if has_id else of_list))

    def _judged(self, submission: Submission, unread: Unread, image: str) -> Judged:
        return Judged(
            self.file,
            self.run.told(judge(self.run.plan, submission)),
            submission.annotator,
            submission.annotator_name,
            unread.position,
            image,
            task_has_id=bool(unread.task),
            number=unread.annotation,
            project=unread.project,
            text=unread.text,
            regions=Counter(region.class_name for region in submission.regions),
        )

    def _image_name(self, data: Mapping[str, object]) -> str:
        name = data.get(self.run.plan.vocabulary.image.image)
        return name if isinstance(name, str) else ""

    def _named(self, submission: Submission, record: int, number: int) -> Submission:
        """Name a submission without ids by its place, so that two of them are not taken for one."""
        if submission.task and submission.annotation:
            return submission
        task = self._task_name(submission.task, record)
        return replace(submission, task=task, annotation=submission.annotation or f"{number} of its list")

    def _task_name(self, task: str, record: int) -> str:
        return task or f"{RECORD}{record}{self.suffix}"


def _facts(seen: TaskSeen, name: str, images: tuple[str, ...], facts: tuple[ImageFacts, ...]) -> TaskFacts:
    return TaskFacts(
        name,
        images,
        annotations=seen.judged,
        skipped=seen.skipped,
        unread=seen.unread,
        undelivered=seen.undelivered,
        drafted=seen.drafted,
        predicted=seen.predicted,
        facts=facts,
    )
