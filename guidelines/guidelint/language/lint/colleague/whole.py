"""Where something is told that a guideline as a whole lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import keys_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def first_there(draft: Draft, *parts: str) -> KeyPath:
    """Give the first of these parts that is written; the guideline itself, where none is."""
    return next(((part,) for part in parts if keys_at(draft.root, (part,))), ())


def each_or_all(names: Sequence[str], lack: str, remedy: str) -> Iterator[Flaw]:
    """Tell what some classes lack, of each at its place; of many once, or nobody would read it."""
    if len(names) <= _TOLD_ONE_BY_ONE:
        yield from (Flaw(f"`{name}` {lack}", ("classes", name), remedy, "key") for name in names)
        return
    yield Flaw(f"{len(names)} classes, {listed(names, _NAMED)}: each {lack}", ("classes",), remedy, "key")


_TOLD_ONE_BY_ONE, _NAMED = 3, 5
