"""What is known of a delivery over all its files, under one of the guidelines that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.checking.guidelines.further import under_another
from guidelint.checking.record import Judged
from guidelint.validation.judging.fed import Fed, fed
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.reader_names import with_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.decoding.decoder import Decoder
    from guidelint.checking.asked.by import By
    from guidelint.checking.kept.task_names import TaskNames
    from guidelint.checking.kept.task_starts import TaskStarts
    from guidelint.validation.judging.contributions import Contributions
    from guidelint.validation.judging.not_accepted import Reservation
    from guidelint.validation.judging.verdict import Verdict


@dataclass(slots=True)
class Whole:
    """What is judged by one guideline; names of tasks and readers are those of all of the delivery."""

    by: By
    fold: Fold
    starts: TaskStarts | None
    names: TaskNames
    readers: dict[str, str]
    """What annotators are called, by their ids, as far as the delivery tells it."""
    is_further: bool = False
    """Whether it is not the first of several guidelines."""
    reservations: dict[str, Reservation] = field(default_factory=dict[str, "Reservation"])
    """Why nothing on several annotations is accepted, the first reason of each kind."""
    _fed: dict[str, Fed] = field(default_factory=dict[str, Fed])
    """How work is judged, by the name of its format."""

    def fed_by(self, decoder: Decoder) -> Fed:
        """Find out once how work in a format is judged."""
        if decoder.name not in self._fed:
            self._fed[decoder.name] = fed(self.by.run.plan, decoder)
        return self._fed[decoder.name]

    def above(self) -> Iterator[Judged]:
        """Judge what lies above one annotation, once all is in."""
        run = self.by.run
        for verdict in self.fold.verdicts():
            name = self.readers.get(verdict.subject.annotator, "")
            if run.sees_whole(verdict.subject, name):
                told = self._settled(with_names(run.told(verdict), self.readers))
                told = under_another(told) if self.is_further else told
                yield Judged("", told, annotator_name=name, starts=self.starts)

    def _settled(self, verdict: Verdict) -> Verdict:
        """Accept nothing that may rest on work in a format, or under a guideline, that is not taken."""
        for feeds in self._fed.values():
            verdict = feeds.settle(verdict)
        for reservation in self.reservations.values():
            verdict = reservation.settle(verdict)
        return verdict


def wholes(
    every: Sequence[By],
    kept: Iterable[Contributions],
    starts: TaskStarts | None,
    names: TaskNames,
    readers: dict[str, str],
) -> list[Whole]:
    """Begin with every guideline of a run; ``kept``: what keeps the contributions under each."""
    return [
        Whole(by, Fold(by.run.plan, own), starts, names, readers, is_further=number > 0)
        for number, (by, own) in enumerate(zip(every, kept, strict=True))
    ]
