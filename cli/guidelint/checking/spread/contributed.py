"""What a chunk contributes to the subjects above its annotations, as bytes in the order of these subjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guidelint.checking.kept.kept_file import SUBJECT, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.checking.spread.chunk import Key
    from guidelint.validation.judging.contributions import Group, Put
    from guidelint.validation.rule.subject import Subject

AT_ONCE = 1000
"""So many contributions are read at once."""
DIGEST_BYTES = 16
Row = tuple[Any, ...]
"""Of which guideline, the columns of a contribution as they are kept, and which put of its piece it is of."""


class Frame(NamedTuple):
    """Contributions that are read together."""

    first: Key
    last: Key
    content: bytes


@dataclass(frozen=True, slots=True)
class Contributed:
    """What was contributed."""

    frames: Sequence[Frame] = ()
    puts: bytes = b""
    """A digest of the task and annotation of each put."""
    versions: Sequence[str] = ()
    """The version of each put."""


@dataclass(slots=True)
class Gathering:
    """Collects what is put under one guideline of a run; nothing is judged here."""

    collected: list[Put] = field(default_factory=list["Put"])

    def put(self, put: Put) -> None:
        """Collect what an annotation, or a task by itself, contributes."""
        self.collected.append(put)

    def puts(self) -> Iterator[Put]:
        """Give what was collected, and let it go."""
        taken, self.collected = self.collected, []
        yield from taken

    def subjects(self, least: Mapping[str, int]) -> Iterator[tuple[Subject, Iterator[Group]]]:
        """Give none: they are judged once all chunks are in."""
        del least
        yield from ()


def contributed(gatherings: Sequence[Gathering]) -> Contributed:
    """Take what was collected under each guideline."""
    puts = [(by, put) for by, gathering in enumerate(gatherings) for put in gathering.puts()]
    rows = [row for number, (by, put) in enumerate(puts) for row in _rows(by, number, put)]
    rows.sort(key=key_of)
    digests = b"".join(_digest(by, put) for by, put in puts)
    return Contributed(tuple(_frames(rows)), digests, [put.version for _, put in puts])


def key_of(row: Row) -> Key:
    """Tell which subject a contribution is of."""
    return row[: 1 + len(SUBJECT)]


def rows_of(content: bytes) -> list[Row]:
    """Read the contributions of a frame."""
    return msgspec.msgpack.decode(content, type=list[tuple[Any, ...]])


def by_guideline(rows: Iterable[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Give the contributions under each guideline, as they are kept."""
    for by, together in groupby(rows, lambda row: row[0]):
        yield by, [row[1:-1] for row in together]


def _rows(by: int, number: int, put: Put) -> Iterator[Row]:
    for position, row in enumerate(put.rows):
        yield by, *columns_of(position, row), number


def _frames(rows: Sequence[Row]) -> Iterator[Frame]:
    rest = iter(rows)
    while together := list(islice(rest, AT_ONCE)):
        yield Frame(key_of(together[0]), key_of(together[-1]), msgspec.msgpack.encode(together))


def _digest(by: int, put: Put) -> bytes:
    named = f"{by}\x1f{put.task}\x1f{put.annotation}".encode(errors="surrogatepass")
    return blake2b(named, digest_size=DIGEST_BYTES).digest()
