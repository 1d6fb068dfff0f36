"""Uses of rules in a base and in a guideline that extends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.guideline import RuleUse
from guidelint.language.reuse.narrowing.loosening import Loosening, unlike
from guidelint.language.reuse.narrowing.values import of_models, of_names
from guidelint.validation.rule.beside import beside
from guidelint.validation.rule.rule import STRICTNESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import Criterion, RouteDefinition
    from guidelint.language.text.tree import KeyPath


def of_uses(
    path: KeyPath, base: Mapping[str, RuleUse], own: Mapping[str, RuleUse], general: Mapping[str, RuleUse] | None = None
) -> Iterator[Loosening]:
    """Compare the rules of a part; ``general``: what the base sets for everything, where the part is a class."""
    yield from of_names(path, base, own)
    for name, use in own.items():
        there = base.get(name) or (general or {}).get(name)
        if there is None and use.rule.always:
            there = RuleUse(rule=type(use.rule)())
        if there is not None:
            yield from of_use((*path, name), there, use)


def of_use(path: KeyPath, base: RuleUse, own: RuleUse) -> Iterator[Loosening]:
    """Compare two uses: the rule, its parameters, its level and its condition."""
    if type(base.rule) is not type(own.rule):
        yield unlike(path, base.rule.id(), own.rule.id(), is_plain=False)
        return
    yield from of_models(path, base.rule, own.rule, beside(type(base.rule)), has_prose=False)
    levels = (base.level or base.rule.level, own.level or own.rule.level)
    if STRICTNESS[levels[1]] < STRICTNESS[levels[0]]:
        yield unlike((*path, "level"), *levels)
    if base.when is not None and base.when != own.when:
        said = f"`{path[-1]}` is asked under another condition there"
        yield Loosening((*path, "when"), said, is_plain=False)
    elif base.when is None and own.when is not None:
        yield Loosening((*path, "when"), f"`{path[-1]}` is always asked there, under a condition here")


def of_criterion(path: KeyPath, base: Criterion, own: Criterion) -> Iterator[Loosening]:
    """Compare two criteria of escalation."""
    yield from of_use((*path, base.use.rule.id()), base.use, own.use)
    if own.classes and not (base.classes and {*base.classes} <= {*own.classes}):
        yield unlike((*path, "class"), base.classes, own.classes)
    if base.to != own.to:
        yield unlike((*path, "to"), base.to, own.to, is_plain=False)


def of_route(path: KeyPath, base: RouteDefinition, own: RouteDefinition) -> Iterator[Loosening]:
    """Compare two routes; who takes it and what is said may be as a site has it."""
    if base.within_hours is not None and (own.within_hours is None or own.within_hours > base.within_hours):
        yield unlike((*path, "within_hours"), base.within_hours, own.within_hours)
    if own.readings < base.readings:
        yield unlike((*path, "readers"), base.readings, own.readings)
    if base.hold and not own.hold:
        yield unlike((*path, "hold"), base.hold, own.hold)
