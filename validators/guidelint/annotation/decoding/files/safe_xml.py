"""Elements of an XML file one by one, in constant memory; nothing in it is expanded or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from guidelint.annotation.decoding.files.element_places import ElementPlaces
from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from guidelint.annotation.decoding.files.placed_text import PlacedText


MOST_DEPTH = 32
"""Deepest nesting that is read; formats of annotations have four or five levels."""
_BELOW_ROOT = 2
MOST_HELD_BYTES = 128 * 2**20
"""Most of one element."""


@dataclass(frozen=True, slots=True)
class Found:
    """An element, and where it and those directly in it stand, if that was asked for."""

    element: Element
    text: PlacedText | None = None


class _Elements:
    """Builds the wanted elements below the root, and lets each go once it is given."""

    def __init__(self, wanted: str, passed: Collection[str], places: ElementPlaces | None) -> None:
        self._wanted = wanted
        self._passed = passed
        self._builder: TreeBuilder | None = None
        self._depth = self._held = 0
        self._places = places
        self.done: list[Found] = []
        self.root = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        if places is not None:
            self.parser.XmlDeclHandler = places.declared
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.root = self.root or tag
        if self._depth > MOST_DEPTH:
            raise FormatError(f"its elements are nested more than {MOST_DEPTH} deep. {_AGAIN}")
        if self._depth == _BELOW_ROOT and tag == self._wanted:
            self._builder, self._held = TreeBuilder(), 0
        elif self._depth == _BELOW_ROOT and tag not in self._passed:
            self.done.append(Found(Element(tag), self._beginning()))
        if self._builder is not None:
            self._hold(len(tag) + sum(map(len, attributes)) + sum(map(len, attributes.values())))
            self._builder.start(tag, attributes)
            if self._places is not None:
                self._places.start(self.parser.CurrentByteIndex)

    def _end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(tag)
            text = None if self._places is None else self._places.end(self.parser.CurrentByteIndex)
            if self._depth == _BELOW_ROOT:
                self.done.append(Found(self._builder.close(), text))
                self._builder = None
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._hold(len(text))
            self._builder.data(text)
            if self._places is not None:
                self._places.content()

    def parse(self, block: bytes) -> None:
        """Go over more of the file."""
        if self._places is not None:
            self._places.take(block)
        self.parser.Parse(block, False)
        if self._places is not None:
            self._places.let_go(self.parser.CurrentByteIndex)

    def _beginning(self) -> PlacedText | None:
        return None if self._places is None else self._places.beginning(self.parser.CurrentByteIndex)

    def _hold(self, characters: int) -> None:
        self._held += characters
        if self._held > MOST_HELD_BYTES:
            raise FormatError(f"one of its elements is larger than {MOST_HELD_BYTES // 2**20} MiB. {_AGAIN}")

    def _refuse(self, *_: object) -> None:
        raise FormatError(f"it declares a document type or entities, which are not read. {_AGAIN}")


_AGAIN = "Take the file as it was exported"


def elements(
    blocks: Iterable[bytes], wanted: str, passed: Collection[str], root: str, title: str, *, places: bool = False
) -> Iterator[Found]:
    """Give what stands directly below this root, but for ``passed``: the wanted elements whole, others by their names.

    ``places``: tell where they stand.
    Raises FormatError where the root is another, or the file is damaged.
    """
    found = _Elements(wanted, passed, ElementPlaces() if places else None)
    try:
        for block in blocks:
            found.parse(block)
            if found.root and found.root != root:
                raise FormatError(f"it is XML with the root <{found.root}>, not {title}. {_AGAIN}")
            yield from found.done
            found.done.clear()
        found.parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        place = f"line {error.lineno}, column {error.offset + 1}"
        told = f"it is damaged or was cut off: {reason} at {place}; what follows was not judged"
        raise FormatError(f"{told}. {_AGAIN}") from error
    yield from found.done
