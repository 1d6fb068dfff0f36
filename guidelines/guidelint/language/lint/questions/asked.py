"""Whom a question asks, and how it is answered, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.vocabulary import AttributeKind
    from guidelint.language.form.written import WrittenAttribute

_ANSWERED: dict[AttributeKind, str] = {
    "choice": "by one of its options",
    "multi-choice": "by any of its options",
    "scale": "by a step of its scale",
    "number": "by a number",
    "text": "by a text",
}
_KEYS: dict[AttributeKind, str] = {
    "choice": "choose_one",
    "multi-choice": "choose_many",
    "scale": "scale",
    "number": "number",
    "text": "text",
}


def answered(question: WrittenAttribute) -> str:
    """Say how a question is answered."""
    return _ANSWERED[question.kind]


def keys_of(kinds: Iterable[AttributeKind]) -> str:
    """List the keys under which kinds of answer are written, as alternatives."""
    wanted = set(kinds)
    return either(f"`{key}`" for kind, key in _KEYS.items() if kind in wanted)


def whom(question: WrittenAttribute) -> str:
    """Say whom a question asks."""
    if question.over is not None:
        return f"nobody, since it is told of a {question.over}"
    return "the whole image" if question.per_image else either(f"`{name}`" for name in question.of)
