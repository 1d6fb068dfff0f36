"""All rules by id: those in this folder and those that other packages register as ``guidelint.rules``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

import guidelint.rules
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan import Catalogue

NO_RULES = frozenset({"catalogue", "reference"})
"""Modules of this folder that hold no rule, and that judging does not need."""


@cache
def catalogue() -> Catalogue:
    """Every installed rule by its id. Raises TypeError when two rules share an id or one is no rule."""
    rules: dict[str, type[Rule]] = {}
    for rule in (*_own(), *_registered()):
        if rule.id() in rules:
            raise TypeError(f"two rules are called {rule.id()}: {rules[rule.id()]} and {rule}")
        rules[rule.id()] = rule
    return MappingProxyType(dict(sorted(rules.items())))


def _own() -> Iterator[type[Rule]]:
    for module in pkgutil.iter_modules(guidelint.rules.__path__):
        if module.name not in NO_RULES:
            yield from _rules_in(importlib.import_module(f"guidelint.rules.{module.name}"))


def _registered() -> Iterator[type[Rule]]:
    for entry in entry_points(group="guidelint.rules"):
        rule = entry.load()
        if not (inspect.isclass(rule) and issubclass(rule, Rule)):
            raise TypeError(f"the entry point {entry.name} in guidelint.rules names {entry.value}, which is no rule")
        yield rule


def _rules_in(module: ModuleType) -> Iterator[type[Rule]]:
    for _, member in inspect.getmembers(module, inspect.isclass):
        if issubclass(member, Rule) and member.__module__ == module.__name__:
            yield member
