"""Outside addresses in every text of a guideline or a verdict, and what of them a page would call by itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import count
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "outside.example"
POISON = (
    "![a](http://outside.example/1.png) <img src=http://outside.example/2.png> "
    "<style>@import url(//outside.example/3.css)</style>\"><link rel=stylesheet href='//outside.example/4'>"
    "<svg><image href='//outside.example/5'/></svg> ![b][c] $gl_verdict_md\n\n"
    "[c]: //outside.example/6.png\n\n![d](//outside.example/7.png)"
    "</div><p style='background:url(//outside.example/8)'>]]></Markdown>"
    "<HyperText value='<img src=//outside.example/9>'/>"
)
_NAMES = frozenset(
    {"name", "version", "color", "hotkey", "to", "excluded_from", "status", "mode", "kind", "border", "draw", "of"}
    | {"keys", "say", "required", "level", "rule", "control_aliases", "pictures", "picture_hosts"}
    | {"reading", "record", "decide", "ask", "derivation", "over", "gathered", "change", "per", "each"}
    | {
        "of_object",
        "ranked",
        "says_left",
        "says_right",
        "at_time_points",
        "from_time_points",
        "course_of_object",
        "sources",
        "change_of_object",
    }
)
"""Fields that hold no words for people."""


def poisoned(part: Any, number: Iterator[int] | None = None) -> Any:
    """Give the same part with outside addresses in every text; each text is another one."""
    number = number or count(1)
    match part:
        case str():
            return f"{next(number)} {POISON}"
        case BaseModel():
            values = {name: getattr(part, name) for name in type(part).model_fields if name not in _NAMES}
            return part.model_copy(update={name: poisoned(value, number) for name, value in values.items()})
        case dict():
            return {key: poisoned(value, number) for key, value in part.items()}
        case tuple():
            return tuple(poisoned(value, number) for value in part)
        case _:
            return part


def called_by_html(text: str) -> list[str]:
    """What a page of this HTML calls by itself, and what it should not hold at all."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.called


def called_by_markdown(text: str) -> list[str]:
    """What Label Studio's ``Markdown`` tag calls, which shows HTML as it is."""
    return called_by_html(MarkdownIt("commonmark", {"html": True}).render(text))


def called_by_style(text: str) -> list[str]:
    """What a style calls."""
    addresses: list[str] = re.findall(r"url\(\s*['\"]?([^)]*)", text)
    return [address for address in addresses if not address.startswith("data:")] + re.findall("@import", text)


_INERT = frozenset({"class", "title", "start", "align", "dir", "role", "name", "open"})
"""Attributes that call nothing, whatever they say."""


class _Page(HTMLParser):
    """Collects what elements call; a link calls nothing until it is followed."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            words = value or ""
            if name == "style":
                self.called += called_by_style(words)
            elif name not in _INERT and not name.startswith("aria-") and (name, tag) != ("href", "a"):
                self.called.append(f"{tag} {name}={words}")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - named by the library
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.called += called_by_style(data)
