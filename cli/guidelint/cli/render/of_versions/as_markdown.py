"""What changes from one version to another, for a pull request or a changelog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.of_versions.headings import HEADINGS, number_told, title
from guidelint.language.versions.effect import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.versions.comparison import Change, Comparison


def as_markdown(found: Comparison) -> str:
    """Write a section for each kind of change, the gravest first."""
    return "\n".join((f"## {_plain(title(found))}", "", _plain(number_told(found)), *_sections(found))) + "\n"


def changes_in_markdown(found: Comparison, depth: int = 3) -> Iterator[str]:
    """Write the lines of every kind of change, each kind under a heading."""
    for group in GROUPS:
        if changes := found.of(group):
            yield from ("", f"{'#' * depth} {HEADINGS[group]}", "")
            yield from (f"- {_told(change)}" for change in changes)


def _sections(found: Comparison) -> Iterator[str]:
    yield from changes_in_markdown(found)


def _told(change: Change) -> str:
    where = f"**{_plain(change.where)}**: " if change.where else ""
    return f"{where}{_plain(change.what)}"


def _plain(words: str) -> str:
    """Keep an author's words from being markup; names stay in their backquotes."""
    parts = words.replace("\n", " ").split("`")
    if len(parts) % 2 == 0:  # a backquote of the author's
        return _escaped(" ".join(parts))
    return "`".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(words: str) -> str:
    return words.translate({ord(sign): f"\\{sign}" for sign in "\\*_[]<>#|"})
