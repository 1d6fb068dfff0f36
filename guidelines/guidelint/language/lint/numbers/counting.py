"""Everything that limits how many there may be: counts of classes, and uses of rules that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.counting import CountedApart, CountedOver
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.parameters.counting import Over


@dataclass(frozen=True, slots=True)
class Counting:
    """One place that limits a number."""

    path: KeyPath
    part: BaseModel
    classes: tuple[str, ...]
    """Classes that are counted together."""
    is_certain: bool
    """Whether it returns work whatever the circumstances."""

    @property
    def over(self) -> Over:
        """Over what they are counted."""
        return over_of(self.part) or "image"

    @property
    def each(self) -> str:
        """Question for each answer to which they are counted by themselves; empty: all together."""
        return next((getattr(self.part, name) or "" for name in fields_of(type(self.part), CountedApart)), "")

    @property
    def each_path(self) -> KeyPath:
        """Where that question is named."""
        return (*self.path, next(iter(fields_of(type(self.part), CountedApart))))

    @property
    def least(self) -> tuple[str, int | None]:
        """The fewest there may be, and its key; None: it is not said."""
        return self._end(fields_of(type(self.part), Lower))

    @property
    def most(self) -> tuple[str, int | None]:
        """The most there may be, and its key; None: it is not said."""
        return self._end(fields_of(type(self.part), Upper))

    def _end(self, names: Iterable[str]) -> tuple[str, int | None]:
        name = next(iter(names))
        return name, getattr(self.part, name)


def over_of(part: BaseModel) -> Over | None:
    """Tell over what a part of a guideline counts; None: it counts nothing."""
    return next((getattr(part, name) for name in fields_of(type(part), CountedOver)), None)


def counting(draft: Draft) -> tuple[Counting, ...]:
    """List every place that limits a number."""
    return draft.once(_counting)


def _counting(draft: Draft) -> tuple[Counting, ...]:
    return tuple(_found(draft))


def _found(draft: Draft) -> Iterator[Counting]:
    for name, part in draft.written.classes.items():
        if part.count is not None:
            yield Counting(("classes", name, "count"), part.count, (name,), is_certain=True)
    for use in draft.uses:
        if over_of(use.rule) is not None:
            is_certain = not use.is_conditional and not use.escalates
            yield Counting(use.path, use.rule, use.judged(draft.written), is_certain)
