"""Laying out a text anew, line by line: nothing is written that did not stand there, and no comment is lost.

A key takes along the comments above it. What is moved is moved in whole lines, each by as many columns, so that texts
over several lines stay what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from guidelint.language.layout.order import order_at
from guidelint.language.text.parse import parse
from guidelint.language.text.span import lines_of
from guidelint.language.text.tree import Branch, Entry, Leaf, Node, Row, plain, value_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.language.text.tree import KeyPath

STEP: Final = 2
"""Columns by which a part is indented."""
MODELINE: Final = "# yaml-language-server"
_KEEPING = re.compile(r"[|>]\d?\+")
"""What begins a text to which the blank lines below it belong."""


class CannotLayOutError(ValueError):
    """The text cannot be laid out anew; the message is for people."""


def laid_out(text: str) -> str:
    """Order and indent a text; it means the same. Raises CannotLayOutError."""
    text = text if text.endswith("\n") else f"{text}\n"  # as every editor ends the last line
    root = parse(text).root
    if not isinstance(root, Branch) or root.in_brackets or not root.entries:
        raise CannotLayOutError("it is no guideline of keys, each in a line of its own")
    if _repeats(root):
        raise CannotLayOutError("a key is given twice in it; `guidelint lint` says which")
    lines = lines_of(text)
    written = _Layout(lines).text(root)
    again = parse(written).root
    if again is None or plain(again) != plain(root) or _names(again) != _names(root):
        raise CannotLayOutError("it would mean something else: an odd line break or indentation stands in a text")
    return written


def _repeats(root: Node) -> bool:
    """Whether a key is given twice anywhere."""
    nodes = (value_of(part) for _, part in walk(root))
    return any(isinstance(node, Branch) and node.is_repeating for node in nodes)


def _names(node: Node, path: KeyPath = ()) -> list[object]:
    """List the keys whose order means something, each with what stands beneath."""
    match node:
        case Branch(entries=entries):
            below = [(key, _names(entry.value, (*path, key))) for key, entry in entries.items()]
            return [*sorted(below)] if order_at(path) else [*below]
        case Row(items=items):
            return [_names(item, (*path, at)) for at, item in enumerate(items)]
        case _:
            return []


@dataclass(frozen=True, slots=True)
class _Block:
    """An entry with its lines: comments above it, then itself."""

    entry: Entry
    above: Sequence[str]
    begin: int
    end: int
    """Line after its last one."""


@dataclass(frozen=True, slots=True)
class _Layout:
    lines: Sequence[str]

    def text(self, root: Branch) -> str:
        """Write everything: what stands above and below the first and last key stays there."""
        blocks = self._blocks(root, 0, len(self.lines))
        head, first = _head(blocks[0].above)
        blocks[0] = _Block(blocks[0].entry, first, blocks[0].begin, blocks[0].end)
        last = max(blocks, key=lambda block: block.end)
        foot_begins = self._last_line(last.entry.value, last.entry) + 1
        while foot_begins < last.end and _column(self.lines[foot_begins]):
            foot_begins += 1
        foot = self.lines[foot_begins : last.end]
        blocks[blocks.index(last)] = _Block(last.entry, last.above, last.begin, foot_begins)
        body = _without_blank_ends(self._in_order(blocks, ()))
        return "\n".join(_once_blank([*head, *body, *_beside(foot)])) + "\n"

    def _in_order(self, blocks: Sequence[_Block], path: KeyPath) -> Iterator[str]:
        order = order_at(path)
        by_key = {block.entry.key: block for block in blocks}
        for key in order.sorted(by_key) if order else by_key:
            yield from self._written(by_key[key], path)

    def _blocks(self, branch: Branch, begin: int, end: int) -> list[_Block]:
        """Part the lines of a mapping among its entries."""
        entries = list(branch.entries.values())
        starts = [begin]
        for before, entry in pairwise(entries):
            start = self._last_line(before.value, before) + 1
            deeper = [
                line for line in range(start, entry.key_span.line) if _column(self.lines[line]) > entry.key_span.column
            ]
            starts.append(deeper[-1] + 1 if deeper else start)
        ends = [*starts[1:], end]
        return [
            _Block(entry, self.lines[start : entry.key_span.line], entry.key_span.line, stop)
            for entry, start, stop in zip(entries, starts, ends, strict=True)
        ]

    def _written(self, block: _Block, path: KeyPath) -> Iterator[str]:
        """Write an entry where its path says that it stands."""
        entry, target = block.entry, STEP * len(path)
        yield from (f"{' ' * target}{line.strip()}".rstrip() for line in block.above)
        by = target - entry.key_span.column
        match entry.value:
            case Branch(in_brackets=False, entries=entries) if entries:
                first = next(iter(entries.values()))
                if first.key_span.line == block.begin:
                    raise CannotLayOutError("a part begins in the line of its key")
                yield _moved(self.lines[block.begin], by).rstrip()
                below = self._blocks(entry.value, block.begin + 1, block.end)
                yield from self._in_order(below, (*path, entry.key))
            case Row(in_brackets=False, items=items) if items:
                dash = next(
                    (line for line in range(block.begin + 1, block.end) if self.lines[line].lstrip().startswith("-")),
                    block.end,
                )
                yield _moved(self.lines[block.begin], by).rstrip()
                by = target + STEP - _column(self.lines[dash]) if dash < block.end else by
                yield from (_moved(line, by) for line in self.lines[block.begin + 1 : block.end])
            case Leaf(span=span) if span.line == span.end_line:
                yield _moved(self.lines[block.begin], by).rstrip()
                yield from (_moved(line, by) for line in self.lines[block.begin + 1 : block.end])
            case _:
                yield from (_moved(line, by) for line in self.lines[block.begin : block.end])

    def _last_line(self, node: Node, entry: Entry) -> int:
        """Find the last line of what is written; blank lines below a text are none of it, unless it keeps them."""
        match node:
            case Branch(in_brackets=False, entries=entries) if entries:
                last = list(entries.values())[-1]
                return self._last_line(last.value, last)
            case Row(in_brackets=False, items=items) if items:
                return self._last_line(items[-1], entry)
            case _:
                span = node.span
        if span.end_line <= span.line or span.end_column:
            return max(span.end_line, entry.key_span.line)
        line, keeps = span.end_line - 1, _KEEPING.search(self.lines[span.line])
        while line > span.line and not keeps and not self.lines[line].strip():
            line -= 1
        return line


def _head(above: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part what stands above the first key: the modeline and all before a blank line are about the file."""
    blank = max((at for at, line in enumerate(above) if not line.strip()), default=-1)
    about_file = max(blank, max((at for at, line in enumerate(above) if line.startswith(MODELINE)), default=-1))
    return [line.rstrip() for line in above[: about_file + 1]], list(above[about_file + 1 :])


def _beside(foot: Iterable[str]) -> list[str]:
    """Write the comments below everything."""
    kept = [line.strip() for line in foot]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _moved(line: str, by: int) -> str:
    """Move a line by some columns; one that is empty stays so."""
    if by >= 0 or not line:
        return f"{' ' * by}{line}" if line else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _column(line: str) -> int:
    """Tell how far a line is indented; one without anything in it is not."""
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _without_blank_ends(lines: Iterable[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _once_blank(lines: Sequence[str]) -> list[str]:
    """Leave one of several blank lines above a key or a comment that begins a line."""
    kept: list[str] = []
    for line in lines:
        if line and not line.startswith(" "):
            while len(kept) > 1 and not kept[-1] and not kept[-2]:
                kept.pop()
        kept.append(line)
    return kept
