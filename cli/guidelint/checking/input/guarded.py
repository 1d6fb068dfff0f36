"""Decoders at fault: what they fail on is one unread record, never the end of the run, and never accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import UnreadRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.decoder import Decoded, Decoder, Opened, TaskRecord
    from guidelint.annotation.submission import Submission

REPORT = "That is a fault of guidelint, not of the file: please report it"
_LONGEST = 200


class NotOfDecoderError(Exception):
    """What failed is whatever gives the bytes."""

    def __init__(self, given: Exception) -> None:
        super().__init__(str(given))
        self.given = given


def fits(decoder: Decoder, head: bytes) -> bool:
    """Ask a decoder whether a file is of its format. Raises FormatError where it fails on that."""
    try:
        return decoder.fits(head)
    except Exception as error:
        others = "Say of which format it is (--from), or leave it out until then"
        raise FormatError(
            f"it cannot be told whether it is {decoder.title}: {_words(error)}. {REPORT}. {others}"
        ) from error


def records(decoder: Decoder, opened: Opened) -> Iterator[Decoded]:
    """Give what a decoder reads; where it fails, what follows is one unread record.

    Raises what says of the file that nothing of it can be read.
    """
    last = 0 if opened.part is None else opened.part.begin.records
    try:
        for record in decoder.records(opened):
            last = record.position
            yield record
    except (FormatError, OSError, NotOfDecoderError):
        raise
    except Exception as error:  # noqa: BLE001 - told with the file, never passed over
        what = f"behind record {last} of the file nothing was judged" if last else "nothing in the file was judged"
        yield UnreadRecord(reason=f"reading {decoder.title} failed here, and {what}: {_words(error)}. {REPORT}")


def submissions(task: TaskRecord) -> Iterator[Submission | PayloadError]:
    """Give what was handed in for a task; where its decoder fails, the rest of the task is one unread annotation."""
    try:
        yield from task.read()
    except (PayloadError, FormatError) as error:
        yield PayloadError(str(error))
    except OSError as error:
        yield PayloadError(f"it cannot be read: {error.strerror or error}. Look where it lies, and check again")
    except Exception as error:  # noqa: BLE001 - told with the task, never passed over
        yield PayloadError(f"reading it failed, and nothing more of the task was judged: {_words(error)}. {REPORT}")


def _words(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}{f': {said[:_LONGEST]}' if said else ''}"
