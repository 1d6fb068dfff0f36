"""Judging a chunk, and judging the subjects above: the second and the third of the functions that a delivery takes.

The first cuts it into chunks (``chunks``). Nothing here knows where it runs.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from guidelint.checking.delivered.whole import wholes
from guidelint.checking.input.formats import decoders
from guidelint.checking.kept.kept_file import KeptFile
from guidelint.checking.kept.task_names import TaskNames
from guidelint.checking.kept.task_starts import TaskStarts
from guidelint.checking.spread.chunk import FilePart
from guidelint.checking.spread.contributed import Gathering, by_guideline, key_of, rows_of
from guidelint.checking.spread.piece import Piece, pieces
from guidelint.validation.judging.fold import contribution_types

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from guidelint.checking.delivered.whole import Whole
    from guidelint.checking.record import Record
    from guidelint.checking.spread.chunk import Above, Before, Files, Known
    from guidelint.checking.spread.contributed import Row
    from guidelint.checking.spread.setup import Setup, Showing
    from guidelint.checking.spread.told import Told


@dataclass(slots=True)
class Judge:
    """Judges chunk after chunk of one delivery."""

    setup: Setup
    showing: Showing

    def chunk(self, chunk: Files | FilePart, before: Before, names: TaskNames | None = None) -> Iterator[Told]:
        """Judge what stands in files; the part of one knows afterwards where it ends.

        ``names``: of all that stands before it, where this process has judged or heard of that.
        """
        if isinstance(chunk, FilePart):
            chunk.part.after = None
        if names is None:
            names = TaskNames(new={})
            names.know(before.firsts)
            for number, supply in enumerate(self.setup.supplies):
                supply.begin_anew(before.uses[number] if before.uses else {})
        starts = TaskStarts() if self.setup.delivery.places else None
        gatherings, readers = [Gathering() for _ in self.setup.delivery.every], dict[str, str]()
        every = wholes(self.setup.delivery.every, gatherings, starts, names, readers)
        piece = Piece(self.setup, self.showing, before.most, every, gatherings)
        return pieces(piece, self._records(chunk, every))

    def _records(self, chunk: Files | FilePart, every: Sequence[Whole]) -> Iterator[Record]:
        delivery = self.setup.delivery
        if isinstance(chunk, FilePart) and not chunk.part.is_first:
            delivery = replace(delivery, format_name=chunk.format_name)
        if isinstance(chunk, FilePart):
            return delivery.of_source(chunk.source, every, chunk.part)
        return chain.from_iterable(delivery.of_source(source, every) for source in chunk.sources)

    def above(
        self,
        chunk: Above,
        known: Known,
        frames: Iterable[tuple[bytes, Container[int]]],
        most: int | None,
        starts: TaskStarts | None = None,
    ) -> Iterator[Told]:
        """Judge what lies above annotations, from what was contributed to it."""
        with ExitStack() as stack:
            kept = [
                stack.enter_context(closing(KeptFile(contribution_types(by.run.plan))))
                for by in self.setup.delivery.every
            ]
            for content, outdated in frames:
                for by, rows in by_guideline(_of(chunk, rows_of(content), outdated)):
                    kept[by].take(rows)
            every = wholes(self.setup.delivery.every, kept, starts, TaskNames(), dict(known.readers))
            for whole, reservations in zip(every, known.reservations, strict=True):
                whole.reservations.update(reservations)
                for name in known.formats:
                    whole.fed_by(decoders()[name])
            records = chain.from_iterable(whole.above() for whole in every)
            yield from pieces(Piece(self.setup, self.showing, most, every), records)


def _of(chunk: Above, rows: Iterable[Row], outdated: Container[int]) -> Iterator[Row]:
    """Give the contributions that count to the subjects of a chunk."""
    for row in rows:
        key = key_of(row)
        if chunk.begin <= key and (chunk.end is None or key < chunk.end) and row[-1] not in outdated:
            yield row
