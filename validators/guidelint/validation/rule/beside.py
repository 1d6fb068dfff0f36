"""Parameters beside the meaning of a rule: they change what people read, or repeat what a plan says already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

    from guidelint.validation.rule.rule import Rule


@dataclass(frozen=True, slots=True)
class Beside:
    """Marks a parameter that the digest of a plan leaves out."""


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """Marks a list that means the same in every order; its own is the one in which people read it."""


@dataclass(frozen=True, slots=True)
class UnlessEmpty:
    """Marks a parameter that came later; empty, or as by default, it does nothing and is not written into plans."""


@cache
def beside(rule: type[Rule]) -> frozenset[str]:
    """Name the parameters of a rule that mean nothing for its judgement."""
    return _marked(rule, Beside)


@cache
def in_any_order(rule: type[Rule]) -> frozenset[str]:
    """Name the parameters of a rule whose order means nothing for its judgement."""
    return _marked(rule, AnyOrder)


@cache
def unless_empty(rule: type[BaseModel]) -> frozenset[str]:
    """Name the parameters of a rule, or parts of one, that plans leave out where they are empty, or as by default."""
    return _marked(rule, UnlessEmpty)


def left_out(rule: Rule) -> frozenset[str]:
    """Name the parameters that plans leave out of this use of a rule."""
    fields = type(rule).model_fields
    later = {name: getattr(rule, name) for name in unless_empty(type(rule))}
    return frozenset(name for name, value in later.items() if not value or value == fields[name].default)


def _marked(rule: type[BaseModel], mark: type) -> frozenset[str]:
    return frozenset(
        name for name, field in rule.model_fields.items() if any(isinstance(item, mark) for item in field.metadata)
    )
