"""Every rule file reads in one order: what it asks, what it says, how it checks; its cases come last."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from pathlib import Path

import pytest

from guidelint.rules.catalogue import catalogue

CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", CONTRIBUTING, re.DOTALL)
FILES = {name: inspect.getsource(sys.modules[rule.__module__]) for name, rule in catalogue().items()}
SHOWN = {
    f"CONTRIBUTING, example {number}": text for number, text in enumerate(EXAMPLES, start=1) if "(RegionRule)" in text
}
SOURCES = FILES | SHOWN
of_every_file = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)

ORDER = ["docstring", "parameters", "facts", "says", "told", "told_if", "check", "cases"]


@of_every_file
def test_a_rule_file_reads_in_one_order(source: str) -> None:
    found = [part for part in map(_part, _rule(source).body) if part]
    assert found[0] == "docstring"
    assert {"says", "check", "cases"} <= set(found)
    assert found == sorted(found, key=ORDER.index)


@of_every_file
def test_the_cases_are_the_last_of_a_rule_file(source: str) -> None:
    rule = _rule(source)
    assert ast.parse(source).body[-1].lineno == rule.lineno
    assert _part(rule.body[-1]) == "cases"
    assert [_part(node) for node in ast.walk(rule)].count("cases") == 1


def _rule(source: str) -> ast.ClassDef:
    """Find the class that has cases; what else a file defines, the rule is made of."""
    (rule,) = (
        node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and "cases" in map(_part, node.body)
    )
    return rule


def _part(node: ast.AST) -> str:
    """Name the part of a rule that a statement is; empty where it may stand anywhere between docstring and cases."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))) if "## Why" in text:
            return "docstring"
        case ast.AnnAssign():
            return "parameters"
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name if name in ORDER else "facts"
        case ast.FunctionDef(name=name):
            return "check" if name.startswith(("check", "follows_from")) else name if name in ORDER else ""
        case _:
            return ""
