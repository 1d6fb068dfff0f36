"""Write a baseline: sorted, so that the same findings give the same bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.natural_order import natural
from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.baseline.reading import MAX_BYTES, MAX_LINE_BYTES, MOST_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.checking.baseline.reading import Head
    from guidelint.checking.known import Entry

_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""What no eye sees in a line; JSON spells out the other control characters by itself."""


def bytes_of(head: Head, entries: Iterable[Entry]) -> bytes:
    """Write a baseline. Raises BaselineError when it would be more than is read."""
    lines = [_line(head), *map(_line, sorted(entries, key=_place))]
    sizes = [len(line) for line in lines]
    if len(lines) - 1 > MOST_ENTRIES or sum(sizes) > MAX_BYTES or max(sizes) > MAX_LINE_BYTES:
        remedy = "Write baselines of parts of the delivery, or mend first what is found most often"
        raise BaselineError(f"there are more findings than a baseline holds ({MOST_ENTRIES:,}). {remedy}")
    return b"".join(lines)


def _line(value: Head | Entry) -> bytes:
    text = msgspec.json.encode(value).decode()
    return (_UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()


def _place(entry: Entry) -> tuple[object, ...]:
    about = entry.subject
    numbered = map(natural, (about.series, about.task, about.annotation, about.annotator, about.which))
    return about.kind, *numbered, entry.rule, entry.kind, entry.id
