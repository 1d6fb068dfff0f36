"""Which classes lie inside which, and which share no pixel, wherever a type says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.parameters.naming import Apart, Within
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


@dataclass(frozen=True, slots=True)
class Nested:
    """Regions of one class lie inside those of another, or of several taken together."""

    child: str
    parents: tuple[str, ...]
    path: KeyPath

    @property
    def parent(self) -> str:
        """The only class around it; empty: there are several, of which each alone need not be."""
        return "" if self.parents[1:] else self.parents[0]

    @property
    def pairs(self) -> frozenset[frozenset[str]]:
        """The class within and each around it, but itself."""
        return frozenset(frozenset({self.child, parent}) for parent in self.parents if parent != self.child)


@dataclass(frozen=True, slots=True)
class Parted:
    """Regions of two classes share no pixel."""

    classes: frozenset[str]
    path: KeyPath


def nested(draft: Draft) -> Iterator[Nested]:
    """Yield whatever must lie inside something."""
    for one, within in draft.saying(Within):
        if isinstance(one.value, str):
            around: str | tuple[str, ...] = getattr(one.owner, within.parent)
            yield Nested(one.value, (around,) if isinstance(around, str) else around, one.path)


def parted(draft: Draft) -> Iterator[Parted]:
    """Yield whatever shares no pixel, but for what may share some."""
    for one, _ in draft.saying(Apart):
        if not _may_share(one.owner):
            yield Parted(frozenset(cast("tuple[str, str]", one.value)), one.path)


def _may_share(owner: BaseModel) -> bool:
    return any(getattr(owner, name) for name in fields_of(type(owner), Upper))
