"""Conditions: which question waits for which answers, wherever a type says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from guidelint.validation.rule.parameters.naming import Condition, QuestionOf
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.parameters.said import Said


@dataclass(frozen=True, slots=True)
class Wait:
    """A question that is asked once another is answered."""

    question: str
    other: str
    path: KeyPath
    """Where the other is named."""


def waits(draft: Draft) -> Iterator[Wait]:
    """Yield every question that waits for another."""
    for one, _ in draft.saying(Condition):
        if isinstance(one.value, Mapping):
            name = _asked(one)
            for other in cast("Mapping[str, object]", one.value):
                yield Wait(name, other, (*one.path, other))


def _asked(one: Said) -> str:
    """Name the question that waits: the one beside the condition, or the one around it."""
    named = next(iter(fields_of(type(one.owner), QuestionOf)), None)
    if named is not None:
        return str(getattr(one.owner, named))
    return one.around[-1] if one.around else ""
