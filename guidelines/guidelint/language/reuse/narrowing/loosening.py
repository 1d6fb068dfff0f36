"""A place where a guideline asks for less than its base, or where that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Problem
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import value_span
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from guidelint.language.text.tree import KeyPath, Node


@dataclass(frozen=True, slots=True)
class Loosening:
    """One such place."""

    path: KeyPath
    said: str
    """What both say."""
    is_plain: bool = True
    """Whether less is asked for; else that cannot be told."""

    def problem(self, base: str, root: Node) -> Problem:
        """Tell it where the guideline says it."""
        if self.is_plain:
            message = f"this asks for less than `{base}`: {self.said}"
        else:
            message = f"whether this asks for less than `{base}` cannot be told: {self.said}"
        remedy = (
            "Ask for at least what the base asks for, or delete it here; what is to be looser is no extension of it."
        )
        return Problem("loosens", message, value_span(root, self.path), remedy)


def shown(value: object) -> str:
    """Write a value for a sentence."""
    match value:
        case None | () | "":
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case str():
            return f"`{value}`"
        case tuple() if all(isinstance(item, str) for item in value):
            return listed(value)
        case _:
            return "something else"


def unlike(path: KeyPath, base: object, own: object, *, is_plain: bool = True) -> Loosening:
    """Tell two values of a key."""
    there, here = shown(base), shown(own)
    if there == here:
        return Loosening(path, f"`{path[-1]}` is another there", is_plain)
    return Loosening(path, f"`{path[-1]}` is {there} there, {here} here", is_plain)
