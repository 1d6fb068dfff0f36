"""Small changes of what a rule's file does, to see whether a case notices: a comparison, a number, a sum, a condition.

What judges nothing stays as it is: annotations, the cases, what annotators are told before they begin (`test_told`),
and what only serves these.
"""

from __future__ import annotations

import ast
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from types import CodeType

JUDGES_NOTHING = frozenset({"revision", "counts_alike", "cases", "told", "told_if"})
"""Members of a rule."""
TURN = "_turn_of_a_loop"
"""A function that every turn of a loop calls first: a change may make a loop endless."""
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_UNTOUCHED = {"annotation", "returns", "decorator_list"}
"""Fields of the syntax tree that do nothing while a rule judges."""
_LEAST_SHOWN = 12
"""So many characters tell where in its function a number stands."""


@dataclass(frozen=True)
class Mutation:
    """One change, and how to name it."""

    text: str
    """Where, what was there and what is there now: ``check: a < b → a <= b``."""
    code: CodeType


@dataclass(frozen=True)
class _Place:
    """Where something in the syntax tree may be changed."""

    parent: ast.AST
    field: str
    index: int | None
    around: tuple[ast.AST, ...]
    """What it stands in, from the file inwards to its parent."""

    @property
    def node(self) -> ast.AST:
        return _held(self.parent, self.field, self.index)

    @property
    def within(self) -> str:
        """Name of the function or class."""
        named = [one.name for one in self.around if isinstance(one, ast.FunctionDef | ast.ClassDef)]
        return named[-1] if named else "file"

    def shown(self) -> str:
        """Write the least of the code around it that says something."""
        text = ""
        for one in reversed(self.around):
            if hasattr(one, "body") and not isinstance(one, ast.Lambda | ast.IfExp):
                return text or ast.unparse(self.node)
            text = ast.unparse(one)
            if len(text) >= _LEAST_SHOWN:
                return text
        return text

    @contextmanager
    def changed(self, change: ast.AST) -> Generator[None]:
        """Let something else stand there for a while."""
        was = self.node
        _hold(self.parent, self.field, self.index, ast.copy_location(change, self.parent))
        try:
            yield
        finally:
            _hold(self.parent, self.field, self.index, was)


def mutations(source: str) -> Iterator[Mutation]:
    """Change a source in every way, one at a time, under names that tell the changes apart."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    _count_turns(tree)
    for place in list(_places(tree, (), _judges_nothing(tree))):
        before = place.shown()
        for change in _changes(place.node):
            with place.changed(change):
                text = f"{place.within}: {before} → {place.shown()}"
                seen[text] += 1
                which = f" ({seen[text]})" if seen[text] > 1 else ""
                yield Mutation(text + which, compile(ast.fix_missing_locations(tree), f"<{text}>", "exec"))


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Name what could stand there by a slip."""
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            others = dict.fromkeys((value + 1, value - 1, value * 2))
            yield from (ast.Constant(other) for other in others if other != value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Name(id=name, ctx=ast.Load()) if name in CALLS:
            yield ast.Name(CALLS[name], ast.Load())
        case _ if type(node) in OPERATORS:
            yield OPERATORS[type(node)]()
        case _:
            pass


def _places(parent: ast.AST, around: tuple[ast.AST, ...], skipped: frozenset[str]) -> Iterator[_Place]:
    """Find everything that stands in the code, from the top down."""
    inside = (*around, parent)
    for field, value in ast.iter_fields(parent):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and field not in _UNTOUCHED and not skipped & _names(node):
                yield _Place(parent, field, index, inside)
                yield from _places(node, inside, skipped)


def _judges_nothing(tree: ast.Module) -> frozenset[str]:
    """Name the members that judge nothing, and what nothing but them uses."""
    found, before = JUDGES_NOTHING, frozenset[str]()
    while found != before:
        before = found
        inside = {name for node in ast.walk(tree) if _names(node) & found for name in _used(ast.walk(node))}
        found |= inside - set(_used(_walk_without(tree, found)))
    return found


def _walk_without(node: ast.AST, left_out: frozenset[str]) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not _names(child) & left_out:
            yield from _walk_without(child, left_out)


def _used(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                yield name
            case _:
                pass


def _names(node: ast.AST) -> frozenset[str]:
    """What a statement defines."""
    match node:
        case ast.FunctionDef(name=name):
            return frozenset({name})
        case ast.Assign(targets=targets):
            return frozenset(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return frozenset({name})
        case _:
            return frozenset()


def _count_turns(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While):
            node.body.insert(0, ast.Expr(ast.Call(ast.Name(TURN, ast.Load()), [], [])))


def _held(parent: ast.AST, field: str, index: int | None) -> ast.AST:
    value = getattr(parent, field)
    node: ast.AST = value if index is None else value[index]
    return node


def _hold(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node
