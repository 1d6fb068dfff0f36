"""All rules by id: those in the folders beside, and those that other packages register as ``guidelint.rules``."""

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

    from guidelint.validation.rule.rule import Catalogue


@cache
def catalogue() -> Catalogue:
    """Every installed rule by its id. Raises TypeError when two rules share an id or one is no rule."""
    rules: dict[str, type[Rule]] = {}
    for rule in (*_own(), *_registered()):
        if rule.id() in rules:
            raise TypeError(f"two rules are called {rule.id()}: {rules[rule.id()]} and {rule}")
        rules[rule.id()] = rule
    return MappingProxyType(dict(sorted(rules.items())))


def rule_modules() -> list[str]:
    """Name the modules of this package that hold a rule: those of its families."""
    families = [item.name for item in pkgutil.iter_modules(guidelint.rules.__path__, "guidelint.rules.") if item.ispkg]
    folders = [(f"{name}.", importlib.import_module(name).__path__) for name in families]
    return [module.name for prefix, path in folders for module in pkgutil.iter_modules(path, prefix)]


def _own() -> Iterator[type[Rule]]:
    for name in rule_modules():
        yield from _rules_in(importlib.import_module(name))


def _registered() -> Iterator[type[Rule]]:
    for entry in entry_points(group="guidelint.rules"):
        rule = entry.load()
        if not (inspect.isclass(rule) and issubclass(rule, Rule)):
            raise TypeError(f"the entry point {entry.name} in guidelint.rules names {entry.value}, which is no rule")
        yield rule


def _rules_in(module: ModuleType) -> Iterator[type[Rule]]:
    for _, member in inspect.getmembers(module, inspect.isclass):
        if issubclass(member, Rule) and member.__module__ == module.__name__ and not inspect.isabstract(member):
            yield member
