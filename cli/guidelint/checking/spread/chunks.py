"""Cutting a delivery into chunks: the first of the three functions that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidelint.annotation.decoding.decoder import PartingDecoder
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.checking.input.formats import decoder_of
from guidelint.checking.input.opened import opened_blocks
from guidelint.checking.spread.chunk import FilePart, Files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.decoding.files.part import Begin
    from guidelint.annotation.decoding.files.source import Source

PART_BYTES = 2 * 2**20
"""So much of a file is judged at once: half a second of work, and few enough results to be held."""
MOST_FILES = 64
"""So many small files are judged together."""
_PLAIN = b"[{ \t\r\n"
_TOLD_BY = 4


@dataclass(frozen=True, slots=True)
class Chunks:
    """Cuts the files of a delivery; nothing of them is decoded."""

    sources: Sequence[Source]
    format_name: str
    """Of which format all are; empty: each tells by how it begins."""
    places: bool

    def since(self, number: int = 0, begin: Begin[Any] | None = None) -> Iterator[Files | FilePart]:
        """Give the chunks in order, from a source on, or from a place in it on; each file that cannot be cut is one.

        Where a file is too large to look through, no chunk follows before it is known where that ended.
        """
        together: list[Source] = []
        for at, source in enumerate(self.sources[number:], number):
            decoder = self._parting(source)
            if together and (decoder is not None or not _fit([*together, source])):
                yield Files(tuple(together), at - len(together))
                together = []
            if decoder is None or source.path is None:
                together.append(source)
                continue
            for part in decoder.parts(source.path, begin, PART_BYTES, places=self.places):
                yield FilePart(source, at, decoder.name, part)
            begin = None
        if together:
            yield Files(tuple(together), len(self.sources) - len(together))

    def _parting(self, source: Source) -> PartingDecoder | None:
        """Find the decoder of a file that is worth being cut."""
        if source.path is None or (source.size_bytes or 0) < 2 * PART_BYTES or not source.path.is_file():
            return None
        try:
            with opened_blocks(source, lambda _: None) as blocks, source.path.open("rb") as file:
                decoder = decoder_of(blocks.head, self.format_name)
                return decoder if isinstance(decoder, PartingDecoder) and _is_plain(file.read(_TOLD_BY)) else None
        except (FormatError, OSError):
            return None


def _fit(sources: Sequence[Source]) -> bool:
    """Whether files are judged together: small ones, of which each is known to be one."""
    sizes = [source.size_bytes for source in sources]
    return len(sizes) <= MOST_FILES and None not in sizes and sum(size or 0 for size in sizes) <= PART_BYTES


def _is_plain(beginning: bytes) -> bool:
    """Whether a text is in UTF-8 without a mark, so that its bytes are those of the file."""
    return beginning[:1] in {bytes((byte,)) for byte in _PLAIN} and b"\0" not in beginning
