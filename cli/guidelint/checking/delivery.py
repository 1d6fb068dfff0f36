"""Judge a delivery: files of any format in, judged records out, one by one."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from guidelint.annotation.decoding.decoder import MAX_RECORD_BYTES, Opened
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.source import Source, source_of
from guidelint.checking.asked.adjustment import Run
from guidelint.checking.asked.by import By
from guidelint.checking.delivered.file_in_turns import FileInTurns
from guidelint.checking.delivered.judged_file import JudgedFile
from guidelint.checking.delivered.whole import wholes
from guidelint.checking.input import guarded
from guidelint.checking.input.formats import decoder_of
from guidelint.checking.input.opened import opened_blocks
from guidelint.checking.input.rereadable import rereadable
from guidelint.checking.kept.kept import Kept
from guidelint.checking.kept.task_names import TaskNames
from guidelint.checking.kept.task_starts import TaskStarts
from guidelint.checking.record import FileSeen, Record, Unread, with_remedy
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.validation.judging.fold import contribution_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.decoder import Decoder
    from guidelint.annotation.decoding.files.blocks import Blocks
    from guidelint.annotation.decoding.files.part import Part, PartBlocks
    from guidelint.annotation.decoding.legends.legend import Legend
    from guidelint.checking.delivered.whole import Whole
    from guidelint.validation.judging.plan import Plan


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
    legend: Legend | None = None
    """What the values of masks stand for; None: a legend beside them says it."""
    broken: Callable[[bytes], str] | None = None
    """Says how an annotation breaks the compiled schema; None: nobody asks."""
    also: Sequence[By] = ()
    """Further guidelines: then each task is judged by the one that it names."""
    several: bool = False
    """Whether there are more sources than these, so that records are told by the name of theirs."""

    @property
    def every(self) -> tuple[By, ...]:
        """All guidelines that it is judged by."""
        return (By(self.run or Run(self.plan), self.broken), *self.also)

    def records(self) -> Iterator[Record]:
        """Judge every annotation of every file, then all subjects above. What cannot be read never stops the rest."""
        starts, names, readers = TaskStarts() if self.places else None, TaskNames(), dict[str, str]()
        with ExitStack() as stack:
            kept = [stack.enter_context(closing(Kept(contribution_types(by.run.plan)))) for by in self.every]
            every = wholes(self.every, kept, starts, names, readers)
            for source in map(source_of, self.sources):
                yield from self.of_source(source, every)
            for whole in every:
                yield from whole.above()

    def of_source(self, source: Source, every: Sequence[Whole], part: Part[Any] | None = None) -> Iterator[Record]:
        """Judge every annotation of a file, or of a part of it."""
        try:
            yield from self._of_file(source, every, part)
        except FormatError as error:
            yield Unread(source.name, with_remedy(str(error)), usage=True)

    def _of_file(self, source: Source, every: Sequence[Whole], part: Part[Any] | None) -> Iterator[Record]:
        begin = 0 if part is None else part.begin.byte
        with ExitStack() as stack:
            again = source if len(every) == 1 else stack.enter_context(rereadable(source))
            told = [self._told_of(source), *(_nobody for _ in every[1:])]
            blocks = [stack.enter_context(opened_blocks(again, one, begin)) for one in told]
            decoder = decoder_of(blocks[0].head, self.format_name)
            self._refuse_schema(decoder, every)
            suffix = f" of {source.name}" if self.several or len(self.sources) > 1 else ""
            files = [JudgedFile(source.name, one, one.fed_by(decoder), suffix, self.given) for one in every]
            for number, file in enumerate(files if not begin else ()):
                yield _seen(file, decoder, again=number > 0)
            parts = (part, *(part and replace(part) for _ in every[1:]))
            read = [
                guarded.records(decoder, self._opened(again, own, whole, own_part))
                for own, whole, own_part in zip(blocks, every, parts, strict=True)
            ]
            if len(files) > 1:
                yield from FileInTurns(files, decoder.name).records(read)
            else:
                for record in read[0]:
                    yield from files[0].record(record)

    def _opened(self, source: Source, blocks: Blocks | PartBlocks, whole: Whole, part: Part[Any] | None) -> Opened:
        vocabulary, broken = whole.by.run.plan.vocabulary, whole.by.broken
        asked = (self.max_task_bytes, self.places, self.given, self.legend, broken, part)
        return Opened(source, blocks, vocabulary, *asked)

    def _refuse_schema(self, decoder: Decoder, every: Sequence[Whole]) -> None:
        if not decoder.has_schema and any(whole.by.broken is not None for whole in every):
            why = "and a schema is compiled for Label Studio alone"
            raise FormatError(f"it is {decoder.title}, {why}. Leave out --schema")

    def _told_of(self, source: Source) -> Callable[[int], None]:
        return _nobody if self.on_bytes is None else partial(self.on_bytes, source)


def _seen(file: JudgedFile, decoder: Decoder, *, again: bool) -> FileSeen:
    """Say how work in the format of a file is judged by a guideline."""
    feeds, guideline = file.feeds, str(file.run.plan.guideline)
    said = feeds.not_judged, feeds.refusal, feeds.remedy, guideline, decoder.has_legend, again
    return FileSeen(file.file, decoder.name, decoder.title, *said)


def _nobody(_: int) -> None:
    """Nobody wants to know how far the reading is."""
