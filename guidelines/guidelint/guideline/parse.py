"""Text to tree, guarded: a text from anywhere is read in bounded time and memory, or refused with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from guidelint.guideline.foreign import foreign
from guidelint.guideline.problem import Code, Edit, Problem
from guidelint.guideline.scalar import scalar_of
from guidelint.guideline.span import START, Span, in_line
from guidelint.guideline.syntax import MAX_DEPTH, in_our_words
from guidelint.guideline.tree import Branch, Entry, Leaf, Node, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1024 * 1024
MAX_VALUES = 50_000
_BEGIN = "Begin with `guidelint: 1`; `guidelint explain empty-file` shows a whole guideline."
_ONE = "Keep one guideline per file; what annotators read stands under `instructions: |`, indented."
_AS_TEXT = "If it is text, put it in quotation marks."
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, unless the text has none, and what is wrong with the text as YAML."""

    root: Node | None
    problems: tuple[Problem, ...]


class _Refused(Exception):  # noqa: N818 - carries the problem that ends the reading
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse(text: str) -> Parsed:
    """Read one YAML document. Never raises for any text."""
    grower = _Grower()
    try:
        _guard(text)
        for event in _events(text):
            grower.take(event)
    except _Refused as refused:
        return Parsed(None, (*grower.problems, refused.problem))
    except yaml.YAMLError as error:
        return Parsed(None, _unreadable(error, text, grower.problems))
    if grower.swallowing and (problem := _swallowed(text.removeprefix("\ufeff"), grower.swallowing)) is not None:
        return Parsed(None, (problem,))
    if grower.root is None:
        return Parsed(None, (*grower.problems, Problem("empty-file", "the file holds no guideline", START, _BEGIN)))
    return Parsed(grower.root, tuple(grower.problems))


def _unreadable(error: yaml.YAMLError, text: str, before: list[Problem]) -> tuple[Problem, ...]:
    """Tell the slip that stopped the parser, and what was found in other lines before."""
    problem = _slip(error, text.removeprefix("\ufeff")) or in_our_words(error)
    return (*(other for other in before if other.line != problem.line), problem)


def _slip(error: yaml.YAMLError, text: str) -> Problem | None:
    if not isinstance(error, yaml.MarkedYAMLError) or "nesting" in str(error.problem):
        return None
    from guidelint.guideline.slips.likely import likely_slip  # noqa: PLC0415 - a sound text needs none of the slips

    return likely_slip(error, text)


def _swallowed(text: str, swallowing: list[Span]) -> Problem | None:
    from guidelint.guideline.slips.swallowed import swallowed  # noqa: PLC0415 - as above

    return swallowed(text, swallowing)


def _guard(text: str) -> None:
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024} KiB"
        raise _Refused(Problem("too-large", message, START, "Move long material out of the guideline and link to it."))
    if (other := foreign(text)) is not None:
        raise _Refused(other)
    if odd := _UNWRITABLE.search(text.removeprefix("\ufeff")):
        raise _Refused(_unwritable(text.removeprefix("\ufeff"), odd.start()))


def _unwritable(text: str, index: int) -> Problem:
    before = text[:index]
    line = before.count("\n")
    column = index - (before.rfind("\n") + 1)
    message = f"the character U+{ord(text[index]):04X} may not stand in YAML"
    return Problem(
        "not-yaml", message, Span(line, column, line, column + 1), "Delete it; it is invisible in most editors."
    )


def _events(text: str) -> Iterator[yaml.Event]:
    return yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    is_mapping: bool
    start: tuple[int, int]
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    items: list[Node] = field(default_factory=list[Node])
    in_brackets: bool = False
    key: tuple[str, Span] | None = None
    is_repeating: bool = False
    """Some key is given a second time."""
    repeated: bool = False
    """The key is given a second time, so its value is not kept."""


@dataclass(slots=True)
class _Grower:
    """Grows the tree event by event; nothing is nested deeper than the guard allows."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list[Problem])
    swallowing: list[Span] = field(default_factory=list[Span])
    """Texts in quotation marks that go on over several lines."""
    _open: list[_Open] = field(default_factory=list[_Open])
    _values: int = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises _Refused when reading must end."""
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._no_tricks(event)
                self._enter(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._leave(event)
            case yaml.ScalarEvent():
                self._no_tricks(event)
                self._scalar(event)
            case yaml.AliasEvent():
                self._refuse_alias(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                message = "a second document begins here"
                raise _Refused(Problem("not-yaml", message, _span(event), _ONE))
            case _:
                pass

    def _no_tricks(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent | yaml.ScalarEvent) -> None:
        if event.anchor and isinstance(event, yaml.ScalarEvent) and not event.value and not event.style:
            self._not_begun(event.anchor, event)
        elif event.anchor:
            message = f"`&{event.anchor}` names a part for reuse, which guidelines do not have"
            remedy = f"Delete `&{event.anchor}`, and write the part out where it is needed."
            line, column = _begin(event)
            edit = Edit(in_line(line, column, column + 1 + len(event.anchor)), "")
            self.problems.append(Problem("alias", message, _start(event), f"{remedy} {_AS_TEXT}", edit))
        tag = event.tag or ("!" if _is_marked(event) else None)
        if tag:
            message = f"`{tag}` is a YAML tag, which guidelines do not have"
            self._problem(
                "tag", message, _start(event), "Delete it, or put the value in quotation marks to make it text."
            )

    def _not_begun(self, anchor: str, event: yaml.Event) -> None:
        """Tell a text that begins with `&`, so that nothing of it is left."""
        line, column = _begin(event)
        place, better = in_line(line, column, column + 1 + len(anchor)), f"'&{anchor}'"
        message = f"`&{anchor}` names a part for reuse, which guidelines do not have, and nothing follows"
        remedy = f"Put it in quotation marks: `{better}`; or delete it."
        self.problems.append(Problem("alias", message, place, remedy, Edit(place, better)))

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        message = f"`*{event.anchor}` repeats a part from elsewhere, which guidelines do not have"
        self._problem("alias", message, _span(event), f"Write the part out where it is needed. {_AS_TEXT}")
        self._place(Leaf(None, f"*{event.anchor}", _span(event)))

    def _enter(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels are nested in each other"
            raise _Refused(Problem("too-deep", message, _start(event), "A guideline needs about ten levels."))
        self._open.append(
            _Open(isinstance(event, yaml.MappingStartEvent), _begin(event), in_brackets=bool(event.flow_style))
        )

    def _leave(self, event: yaml.Event) -> None:
        done = self._open.pop()
        span = Span(*done.start, *_end(event))
        if done.is_mapping:
            self._place(Branch(done.entries, span, done.in_brackets, done.is_repeating))
        else:
            self._place(Row(done.items, span, done.in_brackets))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value = scalar_of(event.value) if event.implicit[0] and not event.style else event.value
        span = _span(event)
        if event.style in {"'", '"'} and span.end_line > span.line:
            self.swallowing.append(span)
        self._place(Leaf(value, event.value, span))

    def _place(self, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            message = f"the file holds more than {MAX_VALUES} values"
            raise _Refused(Problem("too-large", message, node.span, "Split the guideline."))
        if not self._open:
            self.root = node
        elif not (inner := self._open[-1]).is_mapping:
            inner.items.append(node)
        elif inner.key is None:
            self._key(inner, node)
        else:
            self._entry(inner, node)

    def _key(self, inner: _Open, node: Node) -> None:
        if isinstance(node, Leaf):
            inner.key = (node.written, node.span)
        else:
            self._problem("not-yaml", "a key must be a word", node.span, "Write `key: value`.")
            inner.key = ("", node.span)
        inner.repeated = inner.key[0] in inner.entries
        if inner.repeated:
            inner.is_repeating = True
            first = inner.entries[inner.key[0]].key_span.line + 1
            message = f"`{inner.key[0]}` is given twice"
            self._problem(
                "duplicate-key",
                message,
                node.span,
                f"It was first given in line {first}; keep one of them, or give one another name.",
            )

    def _entry(self, inner: _Open, node: Node) -> None:
        assert inner.key is not None  # noqa: S101 - narrows the type: only called between a key and the next
        key, place = inner.key
        inner.key = None
        if not inner.repeated:
            inner.entries[key] = Entry(key, place, node)

    def _problem(self, code: Code, message: str, span: Span, remedy: str) -> None:
        self.problems.append(Problem(code, message, span, remedy))


def _is_marked(event: yaml.Event) -> bool:
    """Whether a lone ``!`` stands before a plain word."""
    return isinstance(event, yaml.ScalarEvent) and not event.style and not event.implicit[0]


def _span(event: yaml.Event) -> Span:
    return Span(*_begin(event), *_end(event))


def _start(event: yaml.Event) -> Span:
    line, column = _begin(event)
    return Span(line, column, line, column + 1)


def _begin(event: yaml.Event) -> tuple[int, int]:
    return (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)


def _end(event: yaml.Event) -> tuple[int, int]:
    return (event.end_mark.line, event.end_mark.column) if event.end_mark else (0, 0)
