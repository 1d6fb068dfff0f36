"""One file of a delivery judged by one guideline, task by task."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import UnreadRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.refs import RECORD, task_called
from guidelint.annotation.task_facts import TaskFacts
from guidelint.checking.counting.tallies import MOST_KEPT
from guidelint.checking.guidelines.choice import Refused, doubt
from guidelint.checking.guidelines.named import Named, named_in
from guidelint.checking.image_name import own_image
from guidelint.checking.input import guarded
from guidelint.checking.record import Judged, Record, TaskSeen, Unread, with_remedy
from guidelint.imaging.image_name import unsigned
from guidelint.imaging.items import image_names
from guidelint.imaging.keys import first_key
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.not_accepted import OWN_GUIDELINE, Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.decoding.decoder import Decoded, TaskRecord
    from guidelint.annotation.submission import Submission
    from guidelint.checking.asked.adjustment import Run
    from guidelint.checking.delivered.whole import Whole
    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.given import Given
    from guidelint.validation.judging.fed import Fed
    from guidelint.validation.judging.fold import Fold


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """One file under one guideline."""

    file: str
    whole: Whole
    feeds: Fed
    suffix: str
    """What tells a record from those of other files."""
    given: Given

    @property
    def run(self) -> Run:
        """How it is judged."""
        return self.whole.by.run

    @property
    def fold(self) -> Fold:
        """What lies above one annotation."""
        return self.whole.fold

    def record(self, record: Decoded) -> Iterator[Record]:
        """Judge a record by this guideline."""
        unread = self.unread(record)
        if isinstance(record, UnreadRecord):
            yield replace(unread, reason=with_remedy(record.reason), repeats=record.repeats, times=record.times)
            return
        if record.data_problem:
            yield replace(unread, reason=with_remedy(record.data_problem))
            yield self.seen(record, Counter(unread=record.annotations))
            return
        if record.besides:
            yield replace(unread, reason=record.besides)
        if self.run.wants_task(record.task):
            yield from self._annotations(record)
        else:
            yield replace(self.seen(record, Counter()), left_out=record.annotations)

    def unread(self, record: Decoded, reason: str = "", annotation: int = 0) -> Unread:
        """Say that something of a record is not judged."""
        return Unread(
            self.file,
            reason,
            record.position,
            record.offset,
            record.task,
            annotation,
            project=record.project,
            text=record.text,
        )

    def _annotations(self, task: TaskRecord) -> Iterator[Record]:
        counts: Counter[str] = Counter()
        named = self.named(task)
        for number, submission in enumerate(guarded.submissions(task), start=1):
            yield from self.annotation(task, number, submission, counts, named)
        yield self.seen(task, counts)

    def named(self, task: TaskRecord) -> Named:
        """Find what a task says of the guideline that it was annotated under."""
        supply = self.given.supply
        if supply is None or not supply.says_guidelines:
            return named_in(task.data)
        images = TaskImage(task.data, self.run.plan.vocabulary.image, self.given).beside
        told = (record.guideline for image in images for _, record in image.records if record.guideline)
        return named_in(task.data, tuple(dict.fromkeys(told)))

    def annotation(
        self, task: TaskRecord, number: int, submission: Submission | PayloadError, counts: Counter[str], named: Named
    ) -> Iterator[Record]:
        """Judge one annotation, and count it."""
        here = self.unread(task, annotation=number)
        if isinstance(submission, PayloadError):
            counts["unread"] += 1
            yield replace(here, reason=with_remedy(str(submission)))
        elif not self.run.wants_annotator(submission.annotator, submission.annotator_name):
            counts["left_out"] += 1
        else:
            counts["skipped" if submission.skipped else "judged"] += 1
            if submission.annotator and submission.annotator_name and len(self.whole.readers) < MOST_KEPT:
                self.whole.readers.setdefault(submission.annotator, submission.annotator_name)
            image = self._image_name(task.data)
            if self.run.qualifications is not None:
                submission = replace(submission, qualifications=self.run.qualifications)
            if self.fold.gathers:
                self._gather(submission, here, image)
            yield self._judged(submission, here, image, doubt(named.of(submission.annotator), self.run.plan.guideline))

    def seen(self, task: TaskRecord, counts: Counter[str], *, told_above: bool = True) -> TaskSeen:
        """Tell a task; ``told_above``: whether it belongs to what is judged above one annotation."""
        keys = self.run.plan.vocabulary.image
        gathers = self.fold.gathers and told_above
        needed = task.data and (gathers or self.given.supply is not None)
        of_task = TaskImage(task.data, keys, self.given) if needed else None
        seen = TaskSeen(
            self.file,
            task.position,
            task.task,
            own_image(task.data, first_key(keys)),
            task.project,
            drafted=task.drafted,
            predicted=task.predicted,
            undelivered=task.undelivered,
            beside=of_task.beside if of_task is not None and self.given.supply is not None else (),
            judged=counts["judged"],
            skipped=counts["skipped"],
            unread=counts["unread"],
            left_out=counts["left_out"],
        )
        if gathers:
            image = self._image_name(task.data)
            name = self.whole.names.name(self._task_name(seen.task, seen.record), task.project, image)
            facts = of_task.images if of_task is not None else ()
            self.fold.add_task(_facts(seen, name, image_names(task.data, keys), facts), self.feeds.gathers)
            if self.whole.starts is not None and task.text is not None:
                self.whole.starts.note(name, self.file, task.text)
        return seen

    def reserve(self, task: TaskRecord, reason: str) -> None:
        """Accept nothing above one annotation: work that may belong to it is judged by none."""
        if "may-belong" not in self.whole.reservations:
            named = task_called(self._task_name(task.task, task.position))
            why, _, remedy = reason.partition(". ")
            told = Refused(f"{named} may belong to it and was not judged: {why}", remedy)
            self.whole.reservations["may-belong"] = _reservation(told, "may-belong")

    def _gather(self, submission: Submission, here: Unread, image: str) -> None:
        """Let a submission contribute, under a name that no other has."""
        named = self._named(submission, here.position, here.annotation)
        task = self.whole.names.name(named.task, here.project, image)
        of_list = f"{here.annotation} of the list of record {here.position}{self.suffix}"
        self.fold.add(replace(named, task=task, annotation=submission.annotation or of_list), self.feeds.gathers)

    def _judged(self, submission: Submission, here: Unread, image: str, refused: Refused | None) -> Judged:
        named = self._named(submission, here.position, here.annotation)
        verdict = self.feeds.settle(self.run.told(judge(self.feeds.plan, named)))
        if refused is not None:
            reservation = _reservation(refused, "another-guideline")
            self.whole.reservations.setdefault(reservation.kind, reservation)
            verdict = reservation.settle(verdict)
        return Judged(
            self.file,
            verdict,
            submission.annotator,
            submission.annotator_name,
            here.position,
            image,
            task_has_id=bool(here.task),
            number=here.annotation,
            project=here.project,
            text=here.text,
            regions=Counter(region.class_name for region in submission.regions),
        )

    def _image_name(self, data: Mapping[str, object]) -> str:
        name = data.get(first_key(self.run.plan.vocabulary.image))
        return unsigned(name) if isinstance(name, str) else ""

    def _named(self, submission: Submission, record: int, number: int) -> Submission:
        """Name a submission without ids by its place, so that two of them are not taken for one."""
        if submission.task and submission.annotation:
            return submission
        task = self._task_name(submission.task, record)
        return replace(submission, task=task, annotation=submission.annotation or f"{number} of its list")

    def _task_name(self, task: str, record: int) -> str:
        return task or f"{RECORD}{record}{self.suffix}"


def _reservation(refused: Refused, kind: str) -> Reservation:
    return Reservation(OWN_GUIDELINE, kind, refused.reason, refused.remedy, "version", "Version of the guideline")


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
