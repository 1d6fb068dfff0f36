"""Whose answers a value limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guidelint.validation.rule.parameters.naming import AnswerOf
    from guidelint.validation.rule.parameters.said import Said

_ABOVE: Final = -3
"""Where in the path of a limit the question stands that has a part with this limit."""


def question_of(limit: AnswerOf, one: Said) -> str:
    """Name the question whose answers a value limits: a parameter beside it does, or the part around it."""
    return str(getattr(one.owner, limit.question, "") if limit.question else one.path[_ABOVE])
