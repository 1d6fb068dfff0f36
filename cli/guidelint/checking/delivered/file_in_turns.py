"""One file of a delivery under several guidelines: each task is judged by the one that it names, and by no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.guidelines.choice import Refused, chosen
from guidelint.checking.input import guarded
from guidelint.checking.record import TaskSeen, with_remedy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.decoding.decoder import Decoded
    from guidelint.annotation.submission import Submission
    from guidelint.checking.delivered.judged_file import JudgedFile
    from guidelint.checking.guidelines.named import Named
    from guidelint.checking.record import Record

_APART = "under one guideline the file holds other records here than under another, so that what follows was not judged"
_NOT_READ = "it cannot be read under the guideline that it names"
_Readings = tuple["Submission | PayloadError | None", ...]


@dataclass(frozen=True, slots=True)
class FileInTurns:
    """The same file once for each guideline, read side by side: names of classes and questions are each one's own."""

    files: Sequence[JudgedFile]
    format_name: str

    def records(self, streams: Sequence[Iterable[Decoded]]) -> Iterator[Record]:
        """Judge what each guideline reads of the file, record by record."""
        for read in zip_longest(*streams):
            if len({one.position for one in read if one is not None}) > 1:
                yield from self.files[0].record(UnreadRecord(reason=f"{_APART}. {guarded.REPORT}"))
                return
            yield from self._record(read)

    def _record(self, read: Sequence[Decoded | None]) -> Iterator[Record]:
        tasks = [one for one in read if isinstance(one, TaskRecord)]
        unread = next((one for one in read if isinstance(one, UnreadRecord)), UnreadRecord(reason=_NOT_READ))
        if not tasks:
            yield from self.files[0].record(unread)
            return
        if tasks[0].data_problem:
            yield from self._unassigned(tasks[0], with_remedy(tasks[0].data_problem))
            return
        if not self.files[0].run.wants_task(tasks[0].task):
            yield from self.files[0].record(tasks[0])
            return
        named = self.files[0].named(tasks[0]).or_judged_for_each
        if len(tasks) == len(read) and named.of_annotators:
            yield from self._by_annotator(tasks, named)
            return
        choice = self._chosen(named.or_judged_by)
        if isinstance(choice, Refused):
            yield from self._unassigned(tasks[0], str(choice), told_above=choice.may_be_any)
        else:
            for record in self.files[choice].record(read[choice] or unread):
                yield self._by(record, [choice] * bool(record.judged)) if isinstance(record, TaskSeen) else record

    def _unassigned(self, task: TaskRecord, reason: str, *, told_above: bool = True) -> Iterator[Record]:
        """Say why a task is judged by none; ``told_above``: all that it may belong to hear that it is not read."""
        if task.annotations or task.data_problem or not told_above:
            yield self.files[0].unread(task, reason)
        if told_above and (task.annotations or task.data_problem):
            for file in self.files:
                file.reserve(task, reason)
        counts = Counter(unread=task.annotations)
        first, *_ = [file.seen(task, counts, told_above=told_above) for file in self.files]
        yield first

    def _by_annotator(self, tasks: Sequence[TaskRecord], named: Named) -> Iterator[Record]:
        """Judge each annotation by the guideline that the task names for whoever made it."""
        if tasks[0].besides:
            yield self.files[0].unread(tasks[0], tasks[0].besides)
        counts = [Counter[str]() for _ in self.files]
        lost = Counter[str]()
        for number, readings in enumerate(zip_longest(*map(guarded.submissions, tasks)), start=1):
            choice = self._of_annotation(readings, named)
            if isinstance(choice, int):
                one = readings[choice] or PayloadError(_NOT_READ)
                yield from self.files[choice].annotation(tasks[choice], number, one, counts[choice], named)
            else:
                lost["unread"] += 1
                for file in self.files:
                    file.reserve(tasks[0], str(choice))
                yield self.files[0].unread(tasks[0], str(choice), number)
        yield from self._seen(tasks, counts, lost)

    def _of_annotation(self, readings: _Readings, named: Named) -> int | Refused | PayloadError:
        known = next((one for one in readings if one is not None and not isinstance(one, PayloadError)), None)
        if known is None:
            return next(one for one in readings if isinstance(one, PayloadError))
        return self._chosen(named.of(known.annotator))

    def _seen(
        self, tasks: Sequence[TaskRecord], counts: Sequence[Counter[str]], lost: Counter[str]
    ) -> Iterator[Record]:
        """Tell the task once; each guideline hears of the annotations that are its own, and of those that may be."""
        seen = [
            file.seen(task, own + lost, told_above=bool(own or lost))
            for file, task, own in zip(self.files, tasks, counts, strict=True)
        ]
        whole = sum(counts, Counter(lost))
        judging = [number for number, own in enumerate(counts) if own["judged"]]
        yield replace(
            self._by(seen[0], judging),
            judged=whole["judged"],
            skipped=whole["skipped"],
            unread=whole["unread"],
            left_out=whole["left_out"],
        )

    def _by(self, seen: TaskSeen, numbers: Sequence[int]) -> TaskSeen:
        """Say by which guidelines annotations of a task were judged."""
        return replace(seen, guidelines=tuple(str(self.files[number].run.plan.guideline) for number in numbers))

    def _chosen(self, told: Sequence[str]) -> int | Refused:
        return chosen(told, [file.run.plan for file in self.files], self.format_name)
