"""What changes from one version to another, for a pull request or a changelog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.versions.effect import GROUPS
from guidelint.language.versions.headings import HEADINGS, again_told, number_told, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.versions.comparison import Change, Comparison


def as_markdown(found: Comparison) -> str:
    """Write a section for each kind of change, the gravest first."""
    again = again_told(found)
    head = (f"## {plain(title(found))}", "", plain(number_told(found)), *(("", again) if again else ()))
    return "\n".join((*head, *changes_in_markdown(found))) + "\n"


def changes_in_markdown(found: Comparison) -> Iterator[str]:
    """Write the lines of every kind of change, each kind under a heading."""
    for group in GROUPS:
        if changes := found.of(group):
            yield from ("", f"### {HEADINGS[group]}", "")
            yield from (f"- {_told(change)}" for change in changes)


def _told(change: Change) -> str:
    where = f"**{plain(change.where)}**: " if change.where else ""
    return f"{where}{plain(change.what)}"


def plain(words: str) -> str:
    """Keep an author's words from being markup; names stay in their backquotes."""
    parts = words.replace("\n", " ").split("`")
    if len(parts) % 2 == 0:  # a backquote of the author's
        return _escaped(" ".join(parts))
    return "`".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(words: str) -> str:
    return words.translate({ord(sign): f"\\{sign}" for sign in "\\*_[]<>#|"})
