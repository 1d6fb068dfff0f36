"""Rules with one comparison changed, to see whether a case notices."""

from __future__ import annotations

import ast
import inspect
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.rule import Rule

CHANGED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def comparisons(rule: type[Rule]) -> Iterator[tuple[int, str]]:
    """Index and text of every comparison in the file of a rule; a < b < c is two."""
    for index, (node, place) in enumerate(_operators(_tree(rule))):
        yield index, f"{ast.unparse(node)}, comparison {place + 1}" if len(node.ops) > 1 else ast.unparse(node)


def mutant(rule: type[Rule], index: int) -> type[Rule]:
    """The rule with its comparison of that index changed."""
    tree = _tree(rule)
    node, place = _operators(tree)[index]
    node.ops[place] = CHANGED[type(node.ops[place])]()
    name = f"{rule.__module__}.mutant"
    module = ModuleType(name)
    sys.modules[name] = module
    try:
        exec(compile(tree, f"<mutant of {rule.id()}>", "exec"), module.__dict__)  # noqa: S102 - our own source
    finally:
        del sys.modules[name]
    changed: type[Rule] = module.__dict__[rule.__name__]
    return changed


def _tree(rule: type[Rule]) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[rule.__module__]))


def _operators(tree: ast.Module) -> list[tuple[ast.Compare, int]]:
    """Comparisons that have a near miss; ``is`` has none."""
    return [
        (node, place)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for place, operator in enumerate(node.ops)
        if type(operator) in CHANGED
    ]
