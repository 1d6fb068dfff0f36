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
    """Regions of one class lie inside those of another."""

    child: str
    parent: str
    path: KeyPath


@dataclass(frozen=True, slots=True)
class Parted:
    """Regions of two classes share no pixel."""

    classes: frozenset[str]
    path: KeyPath


def nested(draft: Draft) -> Iterator[Nested]:
    """Yield whatever must lie inside something."""
    for one, within in draft.saying(Within):
        if isinstance(one.value, str):
            yield Nested(one.value, str(getattr(one.owner, within.parent, "")), one.path)


def parted(draft: Draft) -> Iterator[Parted]:
    """Yield whatever shares no pixel, but for what may share some."""
    for one, _ in draft.saying(Apart):
        if not _may_share(one.owner):
            yield Parted(frozenset(cast("tuple[str, str]", one.value)), one.path)


def _may_share(owner: BaseModel) -> bool:
    return any(getattr(owner, name) for name in fields_of(type(owner), Upper))
