"""A handbook as Markdown: the same words, for wikis, repositories and whoever changes them further."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.elements import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree import ElementTree as ET

    from guidelint.checking.handbook.handbook import Handbook
    from guidelint.labelstudio.instructions.part import Part

_SIGNS: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_AT_BEGIN: Final = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])(?=\s|$)")
_STRESS: Final = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_LISTS: Final = ("- ", "1. ")
_NOT_BESIDE: Final = (*_LISTS, "|", "```", ">")
"""How what cannot follow on the same line begins."""
_BLOCKS: Final = frozenset(
    {"p", "div", "ul", "ol", "table", "figure", "blockquote", "pre", "h3", "h4", "h5", "hr", "dl", "svg"}
)


def as_markdown(book: Handbook) -> str:
    """Write it, the same to the byte for the same guideline and examples."""
    blocks = [*_part(book.cover, 1), *(block for part in book.parts for block in _part(part, 2))]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _part(part: Part, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escaped(part.title)}"
    yield from _blocks(part.content)
    for name, told in part.rows.items():
        yield _item(f"**{_escaped(name)}**", list(_blocks(told)))
    for beneath in part.parts:
        yield from _part(beneath, level + 1)


def _blocks(elements: Iterable[ET.Element]) -> Iterator[str]:
    """Write each element that stands by itself."""
    for element in elements:
        match element.tag:
            case "ul" | "ol":
                yield "\n".join(_items(element))
            case "table":
                yield "\n".join(_table(element))
            case "pre":
                yield f"```\n{''.join(element.itertext()).rstrip()}\n```"
            case "hr":
                yield "---"
            case "svg":
                continue
            case "h3" | "h4" | "h5":
                yield f"{'#' * int(element.tag[1])} {_inline(element)}"
            case "blockquote":
                yield "\n".join(f"> {line}" for block in _mixed(element) for line in [*block.split("\n"), ""]).rstrip()
            case _:
                yield from _mixed(element)


def _mixed(element: ET.Element) -> Iterator[str]:
    """Write what holds words, elements that stand by themselves, or both."""
    beneath = [one for one in element if one.tag in _BLOCKS]
    if words := _inline(element):
        yield words
    yield from _blocks(beneath)


def _items(element: ET.Element) -> Iterator[str]:
    for number, item in enumerate(element, 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        yield _item("", list(_mixed(item)), mark)


def _item(name: str, blocks: Sequence[str], mark: str = "- ") -> str:
    """Write an item of a list, whatever stands beneath its first line indented."""
    pieces = [*filter(None, (name,)), *blocks]
    if name and blocks and not blocks[0].startswith(_NOT_BESIDE):
        pieces[:2] = [": ".join(pieces[:2])]
    first, *others = pieces
    indent = " " * len(mark)
    apart = [] if others and others[0].startswith(_LISTS) else [""]
    below = [line for block in others for line in ("", *block.split("\n"))][1:]
    line, *more = first.split("\n")
    lines = (*more, *(apart if below else ()), *below)
    return "\n".join([f"{mark}{line}", *(f"{indent}{each}" if each else "" for each in lines)])


def _table(table: ET.Element) -> Iterator[str]:
    """Write a table; its first row is its head."""
    rows = [[_cell(cell) for cell in row] for row in table.iter("tr")]
    columns = max((len(row) for row in rows), default=0)
    for at, row in enumerate(rows):
        yield f"| {' | '.join([*row, *[''] * (columns - len(row))])} |"
        if at == 0:
            yield f"|{' --- |' * columns}"


def _cell(cell: ET.Element) -> str:
    return "<br>".join(line for block in _mixed(cell) for line in block.split("\n") if line)


def _inline(element: ET.Element) -> str:
    """Write the words of an element, but for what stands by itself."""
    pieces = [_escaped(element.text or "")]
    for one in element:
        if one.tag not in _BLOCKS:
            pieces.append(_spaced(one))
        pieces.append(_escaped(one.tail or ""))
    words = on_one_line("".join(pieces))
    return _AT_BEGIN.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", words)


def _spaced(element: ET.Element) -> str:
    """Write a phrase with the spaces that part it from what stands beside it, outside of its signs."""
    words, text = _phrase(element), "".join(element.itertext())
    return f"{text[:1].isspace() * ' '}{words}{text[-1:].isspace() * ' '}" if words else words


def _phrase(element: ET.Element) -> str:
    words = _inline(element)
    if element.tag == "a" and words:
        return f"[{words}]({element.get('href', '')})"
    if element.get("class") == "hb-legend":  # colours of a drawing that is left out
        return ""
    if element.tag == "code":
        return f"`{''.join(element.itertext())}`"
    if element.tag == "img":
        return _escaped(element.get("alt", ""))
    stress = _STRESS.get(element.tag, "") if words else ""
    return f"{stress}{words}{stress}" if element.tag != "br" else " "


def _escaped(words: str) -> str:
    """Take the meaning from signs that Markdown would obey."""
    return _SIGNS.sub(r"\\\1", words)
