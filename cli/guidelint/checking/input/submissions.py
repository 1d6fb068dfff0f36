"""What was handed in, read from files under the names of a guideline and judged by nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import Opened, TaskRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.input import guarded
from guidelint.checking.input.formats import decoder_of
from guidelint.checking.input.opened import opened_blocks
from guidelint.imaging.given import NOTHING_GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.imaging.given import Given


def submissions(
    sources: Sequence[Source], vocabulary: Vocabulary, given: Given = NOTHING_GIVEN
) -> Iterator[Submission | PayloadError]:
    """Give every annotation of every file, and of those that cannot be read why. Raises FormatError."""
    for source in sources:
        with opened_blocks(source, lambda _: None) as blocks:
            decoder = decoder_of(blocks.head)
            for record in decoder.records(Opened(source, blocks, vocabulary, given=given)):
                if isinstance(record, TaskRecord) and not record.data_problem:
                    yield from guarded.submissions(record)
                else:
                    yield PayloadError(record.data_problem if isinstance(record, TaskRecord) else record.reason)
