"""What chunks contributed, on disk until the subjects above are judged; of each annotation its latest counts."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from guidelint.checking.spread.chunk import Above
from guidelint.checking.spread.contributed import DIGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from guidelint.checking.spread.chunk import Key
    from guidelint.checking.spread.contributed import Contributed

NONE: frozenset[int] = frozenset()
_HALF = 8


class _Frame(NamedTuple):
    first: Key
    last: Key
    at: int
    size: int
    piece: int
    """Of which piece it is, from 0."""


class _Put(NamedTuple):
    version: str
    piece: int
    number: int


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile()


@dataclass(slots=True)
class Spill:
    """A temporary file that nobody else sees, and where in it which subjects stand."""

    _content: IO[bytes] = field(default_factory=_file)
    _versions: IO[bytes] = field(default_factory=_file)
    _frames: list[_Frame] = field(default_factory=list[_Frame])
    _puts: list[bytes] = field(default_factory=list[bytes])
    _sizes: list[int] = field(default_factory=list[int])
    """Bytes of the versions of each piece."""
    _outdated: dict[int, set[int]] | None = None
    """By piece, the puts that a later version has taken the place of; None: not known yet."""

    def close(self) -> None:
        """Let the files go."""
        self._content.close()
        self._versions.close()

    def add(self, contributed: Contributed) -> None:
        """Take in what the next piece contributes."""
        for frame in contributed.frames:
            at = self._content.tell()
            size = self._content.write(frame.content)
            self._frames.append(_Frame(frame.first, frame.last, at, size, len(self._puts)))
        self._sizes.append(self._versions.write(msgspec.msgpack.encode(contributed.versions)))
        self._puts.append(contributed.puts)

    def chunks(self, most: int) -> Iterator[Above]:
        """Divide all subjects, in their order, into chunks of about as many contributions."""
        firsts = sorted(frame.first for frame in self._frames)
        if not firsts:
            return
        begins = sorted({firsts[len(firsts) * number // most] for number in range(most)})
        for begin, end in zip(begins, [*begins[1:], None], strict=True):
            yield Above(begin, end)

    def frames(self, chunk: Above) -> Iterator[tuple[bytes, Container[int]]]:
        """Read what may be contributed to the subjects of a chunk, and what of it is outdated."""
        outdated = self._known_outdated()
        for frame in self._frames:
            if frame.last >= chunk.begin and (chunk.end is None or frame.first < chunk.end):
                self._content.seek(frame.at)
                yield self._content.read(frame.size), outdated.get(frame.piece, NONE)

    def _known_outdated(self) -> dict[int, set[int]]:
        if self._outdated is None:
            self._outdated = self._find_outdated()
        return self._outdated

    def _find_outdated(self) -> dict[int, set[int]]:
        """Find of what was put several times all but the latest version; of equal ones the last that was put."""
        outdated: dict[int, set[int]] = defaultdict(set)
        again = self._put_again()
        latest: dict[bytes, _Put] = {}
        self._versions.seek(0)
        for piece, size in enumerate(self._sizes if again else ()):
            versions = msgspec.msgpack.decode(self._versions.read(size), type=list[str])
            for number, version in enumerate(versions):
                key = self._puts[piece][number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]
                if key[:_HALF] not in again:
                    continue
                put, before = _Put(version, piece, number), latest.get(key)
                older = put if before is not None and before.version > version else before
                latest[key] = before if before is not None and older is put else put
                if older is not None:
                    outdated[older.piece].add(older.number)
        return outdated

    def _put_again(self) -> frozenset[bytes]:
        """Find what may have been put several times, by half of its digest."""
        halves = np.sort(np.frombuffer(b"".join(self._puts), np.uint64)[:: DIGEST_BYTES // _HALF])
        return frozenset(half.tobytes() for half in halves[1:][halves[1:] == halves[:-1]])
