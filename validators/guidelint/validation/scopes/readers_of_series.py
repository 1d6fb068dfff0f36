"""One series: all its readings, and which readers have read the whole of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from guidelint.annotation.natural_order import natural
from guidelint.annotation.refs import task_called
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.scope import Share
from guidelint.validation.rule.subject import Subject
from guidelint.validation.scopes.annotator import COMPARED_WITH_NONE
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.rule.gathering import Contributed

KIND = "compared series"
Slice = tuple[str, int]
"""A task, and which of its images."""


class OnImages(Protocol):
    """What one annotation contributes to a series."""

    @property
    def images(self) -> tuple[int, ...]:
        """Which images of the task lie in the series, from 0."""
        ...


C = TypeVar("C", bound=OnImages)


@dataclass(frozen=True, slots=True)
class Readings(Generic[C]):
    """Who has read the whole of a series, and why others are compared with nobody."""

    slices: tuple[Slice, ...]
    """All that anybody has read of it, in their order."""
    whole: dict[str, list[Contributed[C]]]
    """Annotator → what they contribute."""
    partly: dict[str, int]
    """Annotator → how many of the slices they have read, where that is not all."""
    twice: dict[str, str]
    """Annotator → a task that they have handed in several times."""
    unnamed: list[str]
    """Annotations that do not say who made them."""

    @property
    def compared(self) -> dict[str, list[Contributed[C]]]:
        """Those of whom it is known what they have read: all of it, once."""
        return {reader: own for reader, own in self.whole.items() if reader not in self.twice}

    def compared_with_none(self) -> Iterator[CannotTell]:
        """Say who is compared with nobody, and why."""
        for annotation in self.unnamed:
            yield CannotTell(COMPARED_WITH_NONE.format(annotation), ())
        for reader, task in self.twice.items():
            yield CannotTell(
                f"{reader} has handed in several annotations of {task_called(task)}, so nothing tells which counts", ()
            )
        if len(self.whole) + len(self.partly) > 1:
            for reader, count in self.partly.items():
                of_all = f"{count} of {len(self.slices)} images of the series"
                yield CannotTell(f"{reader} has read {of_all}, and is compared with nobody until all are in", ())


def readings(contributions: Sequence[Contributed[C]]) -> Readings[C]:
    """Tell who has read the whole of a series, as far as anybody has read it."""
    by_reader: dict[str, list[Contributed[C]]] = {}
    for one in sorted(contributions, key=lambda one: (natural(one.task), natural(one.annotation))):
        if one.annotator is not None:
            by_reader.setdefault(one.annotator, []).append(one)
    read = {
        reader: {(one.task, image) for one in own for image in one.value.images} for reader, own in by_reader.items()
    }
    slices = sorted(set[Slice]().union(*read.values()), key=lambda one: (natural(one[0]), one[1]))
    twice = {
        reader: task
        for reader, own in by_reader.items()
        for task, count in Counter(one.task for one in own).most_common(1)
        if count > 1
    }
    names = sorted(by_reader, key=natural)
    return Readings(
        slices=tuple(slices),
        whole={reader: by_reader[reader] for reader in names if len(read[reader]) == len(slices)},
        partly={reader: len(read[reader]) for reader in names if len(read[reader]) < len(slices)},
        twice=twice,
        unnamed=[one.annotation for one in contributions if one.annotator is None and one.annotation],
    )


def images_in(share: Share) -> tuple[int, ...]:
    """Tell which images of a submission lie in the series that it is shared with, if it is; of one image, that one."""
    items = share.submission.item_images
    if not share.subject.series:
        return ()
    if not items:
        return (0,)
    return tuple(item for item, image in sorted(items.items()) if image.series_uid == share.subject.series)


def _shares(submission: Submission) -> Iterator[Share]:
    for share in SERIES.shares(submission):
        own = Subject(KIND, series=share.subject.series, task=share.subject.task)
        yield Share(own, submission, share.regions, share.problem)


def _of_task(task: TaskFacts) -> Iterator[Subject]:
    for uid in dict.fromkeys(image.series_uid for image in task.facts if image.series_uid):
        yield Subject(KIND, series=uid)


READERS_OF_SERIES = replace(TASK, name=KIND, judges="all readings of one series", shares=_shares, of_task=_of_task)
