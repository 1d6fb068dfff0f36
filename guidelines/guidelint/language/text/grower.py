"""A tree that grows from the parser's events; what YAML allows and guidelines do not is told or refused on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from guidelint.language.text.problem import Code, Edit, Problem
from guidelint.language.text.scalar import scalar_of
from guidelint.language.text.span import Span, in_line
from guidelint.language.text.syntax import MAX_DEPTH
from guidelint.language.text.tree import Branch, Entry, Leaf, Node, Row

MAX_VALUES = 50_000
_ONE = "Keep one guideline per file; what annotators read stands under `instructions: |`, indented."
_AS_TEXT = "If it is text, put it in quotation marks."


class Refused(Exception):  # noqa: N818 - a state of the text, not a fault of the program
    """A text of which nothing more is read; its problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


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
class Grower:
    """Grows the tree event by event; nothing is nested deeper than the guard allows."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list[Problem])
    swallowing: list[Span] = field(default_factory=list[Span])
    """Texts in quotation marks that go on over several lines."""
    _open: list[_Open] = field(default_factory=list[_Open])
    _values: int = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises Refused when reading must end."""
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
                raise Refused(Problem("not-yaml", message, _span(event), _ONE))
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
            raise Refused(Problem("too-deep", message, _start(event), "A guideline needs about ten levels."))
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
            raise Refused(Problem("too-large", message, node.span, "Split the guideline."))
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
