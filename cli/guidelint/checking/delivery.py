"""Judge a delivery: files of any format in, judged records out, one by one."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import MAX_RECORD_BYTES, Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source, source_of
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.refs import RECORD
from guidelint.annotation.task_facts import TaskFacts
from guidelint.checking.asked.adjustment import Run
from guidelint.checking.counting.tallies import MOST_KEPT
from guidelint.checking.image_name import own_image
from guidelint.checking.input import guarded
from guidelint.checking.input.formats import decoder_of
from guidelint.checking.input.opened import opened_blocks
from guidelint.checking.kept import Kept
from guidelint.checking.record import FileSeen, Judged, Record, TaskSeen, Unread, with_remedy
from guidelint.checking.task_names import TaskNames
from guidelint.checking.task_starts import TaskStarts
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.imaging.items import image_names
from guidelint.validation.judging.fed import Fed, fed
from guidelint.validation.judging.fold import Fold, contribution_types
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.reader_names import with_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.decoder import Decoded, Decoder
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict


@dataclass(slots=True)
class Delivery:
    """A delivery being judged."""

    plan: Plan
    sources: Sequence[Source | Path]
    max_task_bytes: int = MAX_RECORD_BYTES
    on_bytes: Callable[[Source, int], None] | None = None
    """Told how many bytes of which source have been read."""
    places: bool = False
    """Ask where in the text everything stands."""
    run: Run | None = None
    """How this run judges; None: as the plan says."""
    format_name: str = ""
    """Of which format all files are; empty: each tells by how it begins."""
    given: Given = NOTHING_GIVEN
    """What is told of the images beside the files."""
    broken: Callable[[bytes], str] | None = None
    """Says how an annotation breaks the compiled schema; None: nobody asks."""

    def records(self) -> Iterator[Record]:
        """Judge every annotation of every file, then all subjects above. What cannot be read never stops the rest."""
        run = self.run or Run(self.plan)
        with closing(Kept(contribution_types(run.plan))) as kept:
            yield from self._records(run, Fold(run.plan, kept))

    def _records(self, run: Run, fold: Fold) -> Iterator[Record]:
        whole = _Whole(run, fold, TaskStarts() if self.places else None)
        for source in map(source_of, self.sources):
            try:
                yield from self._of_file(source, whole)
            except FormatError as error:
                yield Unread(source.name, with_remedy(str(error)), usage=True)
        for verdict in fold.verdicts():
            name = whole.readers.get(verdict.subject.annotator, "")
            if run.sees_whole(verdict.subject, name):
                told = whole.settled(with_names(run.told(verdict), whole.readers))
                yield Judged("", told, annotator_name=name, starts=whole.starts)

    def _of_file(self, source: Source, whole: _Whole) -> Iterator[Record]:
        plan = whole.run.plan
        with opened_blocks(source, self._told_of(source)) as blocks:
            decoder = decoder_of(blocks.head, self.format_name)
            if self.broken is not None and not decoder.has_schema:
                why = "and a schema is compiled for Label Studio alone"
                raise FormatError(f"it is {decoder.title}, {why}. Leave out --schema")
            feeds = whole.fed_by(decoder)
            yield FileSeen(source.name, decoder.name, decoder.title, feeds.not_judged, feeds.refusal, feeds.remedy)
            suffix = f" of {source.name}" if len(self.sources) > 1 else ""
            file = _JudgedFile(source.name, whole, feeds, suffix, self.given)
            opened = Opened(source, blocks, plan.vocabulary, self.max_task_bytes, self.places, self.given, self.broken)
            for record in guarded.records(decoder, opened):
                yield from file.record(record)

    def _told_of(self, source: Source) -> Callable[[int], None]:
        return _nobody if self.on_bytes is None else partial(self.on_bytes, source)


def _nobody(_: int) -> None:
    """Nobody wants to know how far the reading is."""


@dataclass(slots=True)
class _Whole:
    """What is known of a delivery over all its files."""

    run: Run
    fold: Fold
    starts: TaskStarts | None
    names: TaskNames = field(default_factory=TaskNames)
    readers: dict[str, str] = field(default_factory=dict[str, str])
    """What annotators are called, by their ids, as far as the delivery tells it."""
    _fed: dict[str, Fed] = field(default_factory=dict[str, Fed])
    """How work is judged, by the name of its format."""

    def fed_by(self, decoder: Decoder) -> Fed:
        """Find out once how work in a format is judged."""
        if decoder.name not in self._fed:
            self._fed[decoder.name] = fed(self.run.plan, decoder)
        return self._fed[decoder.name]

    def settled(self, verdict: Verdict) -> Verdict:
        """Accept nothing that may rest on work in a format that the guideline does not take."""
        for feeds in self._fed.values():
            verdict = feeds.settle(verdict)
        return verdict


@dataclass(frozen=True, slots=True)
class _JudgedFile:
    file: str
    whole: _Whole
    feeds: Fed
    suffix: str
    """What tells a record from those of other files."""
    given: Given

    @property
    def run(self) -> Run:
        return self.whole.run

    @property
    def fold(self) -> Fold:
        return self.whole.fold

    def record(self, record: Decoded) -> Iterator[Record]:
        unread = Unread(
            self.file, "", record.position, record.offset, record.task, project=record.project, text=record.text
        )
        if isinstance(record, UnreadRecord):
            yield replace(unread, reason=with_remedy(record.reason), repeats=record.repeats)
            return
        if record.data_problem:
            yield replace(unread, reason=with_remedy(record.data_problem))
            yield self._seen(record, unread, Counter(unread=record.annotations))
            return
        if record.besides:
            yield replace(unread, reason=record.besides)
        if self.run.wants_task(record.task):
            yield from self._annotations(record, unread)
        else:
            yield replace(self._seen(record, unread, Counter()), left_out=record.annotations)

    def _annotations(self, task: TaskRecord, unread: Unread) -> Iterator[Record]:
        image_name = self._image_name(task.data)
        counts: Counter[str] = Counter()
        for number, submission in enumerate(guarded.submissions(task), start=1):
            here = replace(unread, annotation=number)
            if isinstance(submission, PayloadError):
                counts["unread"] += 1
                yield replace(here, reason=with_remedy(str(submission)))
            elif not self.run.wants_annotator(submission.annotator, submission.annotator_name):
                counts["left_out"] += 1
            else:
                counts["skipped" if submission.skipped else "judged"] += 1
                named = self._named(submission, unread.position, number)
                if submission.annotator and submission.annotator_name and len(self.whole.readers) < MOST_KEPT:
                    self.whole.readers.setdefault(submission.annotator, submission.annotator_name)
                if self.fold.gathers:
                    self._gather(named, unread, number, image_name, has_id=bool(submission.annotation))
                yield self._judged(named, here, image_name)
        yield self._seen(task, unread, counts)

    def _seen(self, task: TaskRecord, unread: Unread, counts: Counter[str]) -> TaskSeen:
        keys = self.run.plan.vocabulary.image
        needed = task.data and (self.fold.gathers or self.given.supply is not None)
        of_task = TaskImage(task.data, keys, self.given) if needed else None
        seen = TaskSeen(
            self.file,
            unread.position,
            unread.task,
            own_image(task.data, keys.image),
            unread.project,
            drafted=task.drafted,
            predicted=task.predicted,
            undelivered=task.undelivered,
            beside=of_task.beside if of_task is not None and self.given.supply is not None else (),
            **counts,
        )
        if self.fold.gathers:
            image = self._image_name(task.data)
            name = self.whole.names.name(self._task_name(seen.task, seen.record), unread.project, image)
            facts = of_task.images if of_task is not None else ()
            self.fold.add_task(_facts(seen, name, image_names(task.data, keys), facts), self.feeds.gathers)
            if self.whole.starts is not None and unread.text is not None:
                self.whole.starts.note(name, self.file, unread.text)
        return seen

    def _gather(self, submission: Submission, unread: Unread, number: int, image: str, *, has_id: bool) -> None:
        """Let a submission contribute, under a name that no other has."""
        task = self.whole.names.name(submission.task, unread.project, image)
        of_list = f"{number} of the list of record {unread.position}{self.suffix}"
        named = replace(submission, task=task, annotation=submission.annotation if has_id else of_list)
        self.fold.add(named, self.feeds.gathers)

    def _judged(self, submission: Submission, unread: Unread, image: str) -> Judged:
        return Judged(
            self.file,
            self.feeds.settle(self.run.told(judge(self.feeds.plan, submission))),
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
