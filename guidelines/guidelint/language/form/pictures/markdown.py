"""How Markdown in the instructions is read: CommonMark with tables; HTML in it is shown as text, never obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

PARSER: Final = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")


def picture_sources(text: str) -> Iterator[str]:
    """Yield the address of every picture of a text, in order, as the parser writes it."""
    for block in PARSER.parse(text):
        for token in block.children or ():
            if token.type == "image":
                yield str(token.attrs["src"])
