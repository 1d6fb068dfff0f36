"""All work of files and folders, one annotation after the other; what cannot be read is counted and left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.input.error import WorkError
from guidelint.checking.input.inputs import inputs
from guidelint.checking.input.submissions import submissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary


@dataclass(slots=True)
class Work:
    """What was handed in, in files or folders, under the names of a guideline. Read once."""

    arguments: Sequence[str]
    vocabulary: Vocabulary
    unread: int = 0
    """Records that could not be read."""

    def __iter__(self) -> Iterator[Submission]:
        """Give every annotation. Raises WorkError."""
        for source in inputs(self.arguments).sources:
            try:
                for one in submissions((source,), self.vocabulary):
                    if isinstance(one, PayloadError):
                        self.unread += 1
                    else:
                        yield one
            except FormatError as error:
                raise WorkError(f"{source.name}: {error}") from error
