"""All rules by id: those in the folders beside, and those that other packages register as ``guidelint.rules``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from functools import cache, partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import guidelint.rules
from guidelint.validation.rule.on_demand import OnDemand, Place
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.rule import Catalogue

SETS_UNASKED = (re.compile(rb"always\s*[:=]"), re.compile(rb"follows\s*[:=]"))  # apart: several times as fast
"""How the file of a rule says that a guideline may ask for it without naming it."""


@cache
def catalogue() -> Catalogue:
    """Every installed rule by its id; one of this package is loaded when somebody asks for it.

    Raises TypeError when two rules share an id or one is no rule.
    """
    return OnDemand((*_own(), *_registered()))


def rule_modules() -> list[str]:
    """Name the modules of this package that hold a rule: those of its families."""
    return [module for module, _ in _files()]


def rule_id(module: str) -> str:
    """Id of the rule that a module holds: a rule's file has its name."""
    return module.rpartition(".")[2].replace("_", "-")


def _files() -> Iterator[tuple[str, Path]]:
    """List the modules of the families, and the file of each; none of them is imported."""
    for family in pkgutil.iter_modules(guidelint.rules.__path__, "guidelint.rules."):
        if family.ispkg:
            folders = [str(Path(root, family.name.rpartition(".")[2])) for root in guidelint.rules.__path__]
            for item in pkgutil.iter_modules(folders):
                yield f"{family.name}.{item.name}", Path(item.module_finder.path, f"{item.name}.py")  # type: ignore[union-attr]


def _own() -> Iterator[Place]:
    for module, file in _files():
        yield Place(rule_id(module), module, _sets_unasked(file), partial(_rule_of, module))


def _registered() -> Iterator[Place]:
    """List what other packages register; whatever is registered is loaded, since its id is not known before."""
    for entry in entry_points(group="guidelint.rules"):
        rule = entry.load()
        if not (inspect.isclass(rule) and issubclass(rule, Rule)):
            raise TypeError(f"the entry point {entry.name} in guidelint.rules names {entry.value}, which is no rule")
        yield Place(rule.id(), entry.value, is_unasked=True, load=partial(_itself, rule))


def _itself(rule: type[Rule]) -> type[Rule]:
    return rule


def _sets_unasked(file: Path) -> bool:
    """Look into the text of a rule's file; where only what was compiled is installed, any rule may be asked for."""
    try:
        text = file.read_bytes()
    except OSError:
        return True
    return any(pattern.search(text) for pattern in SETS_UNASKED)


def _rule_of(module: str) -> type[Rule]:
    """Load a rule. Raises TypeError when its module holds none, or several."""
    held = importlib.import_module(module)
    classes = [member for _, member in inspect.getmembers(held, inspect.isclass) if member.__module__ == module]
    rules = [one for one in classes if issubclass(one, Rule) and not inspect.isabstract(one)]
    if len(rules) != 1:
        raise TypeError(f"{module} holds {len(rules)} rules; a rule is one file, and its id is the file's name")
    return rules[0]
