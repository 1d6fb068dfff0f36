"""Files of work, read twice: for the names that they use, and to measure everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import Opened, TaskRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.input import guarded
from guidelint.checking.input.formats import decoder_of
from guidelint.checking.input.inputs import inputs
from guidelint.checking.input.opened import opened_blocks
from guidelint.checking.observed.measured import Measuring
from guidelint.checking.observed.names_seen import NOTHING_KNOWN, names_seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.checking.observed.facts import Observed

NOTHING = "nothing is drawn in it: there is no work to look at"


def observe(arguments: Sequence[str]) -> Observed:
    """Measure all work in files and folders. Raises FormatError where one cannot be read, or holds none."""
    sources = inputs(arguments).sources
    seen = names_seen(one for one in _submissions(sources, NOTHING_KNOWN) if not isinstance(one, PayloadError))
    if not seen.classes:
        raise FormatError(NOTHING)
    measuring = Measuring(seen)
    for one in _submissions(sources, seen):
        measuring.add(one)
    return measuring.observed()


def _submissions(sources: Sequence[Source], vocabulary: Vocabulary) -> Iterator[Submission | PayloadError]:
    for source in sources:
        with opened_blocks(source, lambda _: None) as blocks:
            decoder = decoder_of(blocks.head)
            for record in decoder.records(Opened(source, blocks, vocabulary)):
                if isinstance(record, TaskRecord) and not record.data_problem:
                    yield from guarded.submissions(record)
                else:
                    yield PayloadError(record.reason if not isinstance(record, TaskRecord) else record.data_problem)
