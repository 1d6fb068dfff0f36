"""Keys and rules that slipped out of their entry, and stand among the names beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.mistakes.layout.indented import block
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.suggest import counted_spaces
from guidelint.language.text.tree import Branch, Entry, Leaf, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

from guidelint.language.text.tree import KeyPath, Node

_NAMES: dict[KeyPath, str] = {
    ("classes",): "the classes",
    ("attributes",): "the questions",
    ("escalation", "routes"): "the routes",
    ("escalation", "when"): "the criteria",
}
_ANY = "any"
"""Stands for a name of the author's."""


@dataclass(frozen=True, slots=True)
class _Slipped:
    """An entry among names that is a key or a rule of the entry before it."""

    entry: Entry
    before: Entry
    is_rule: bool


def among_names(
    root: Node, model: type[BaseModel], lines: Sequence[str]
) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Yield the paths that stand wrong, and the one problem that they are."""
    for path, words in _NAMES.items():
        found = list(_slipped(node_at(root, path), path, model))
        for _, group in groupby(found, key=lambda slipped: slipped.before.key):
            together = list(group)
            paths = [(*path, slipped.entry.key) for slipped in together]
            yield (*paths, (*path, together[0].before.key, "rules")), _problem(together, words, model, lines)


def _slipped(part: Node | None, path: KeyPath, model: type[BaseModel]) -> Iterator[_Slipped]:
    if not isinstance(part, Branch) or part.in_brackets:
        return
    keys, rules = fields_at(model, (*path, _ANY)), fields_at(model, (*path, _ANY, "rules"))
    needed = {name for name, field in keys.items() if field.is_required()}
    before: Entry | None = None
    for entry in part.entries.values():
        inner = entry.value.entries if isinstance(entry.value, Branch) else {}
        if before is None or needed & set(inner) or entry.key not in {*keys, *rules}:
            before = entry
        else:
            yield _Slipped(entry, before, entry.key in rules)


def _problem(together: list[_Slipped], words: str, model: type[BaseModel], lines: Sequence[str]) -> Problem:
    first = together[0]
    names = " and ".join(f"`{slipped.entry.key}`" for slipped in together[:2])
    more = " and what follows" if len(together) > 2 else ""  # noqa: PLR2004 - two are named
    many = len(together) > 1
    what = ("are rules" if many else "is a rule") if first.is_rule else "belong to one" if many else "belongs to one"
    message = f"{names}{more} stand{'' if many else 's'} among {words}, and {what}"
    depth = _depth(first)
    if depth is None:
        remedy = f"Write it beneath the `rules:` of `{first.before.key}`."
        return Problem("not-yaml", message, first.entry.key_span, remedy)
    remedy = (
        f"Indent {'them' if many else 'it'} with {counted_spaces(depth)}: {'they belong' if many else 'it belongs'} to "
    )
    owner = f"the `rules:` of `{first.before.key}`" if first.is_rule else f"`{first.before.key}`"
    edit = _indented(together, depth - first.entry.key_span.column, model, lines)
    return Problem("not-yaml", message, first.entry.key_span, f"{remedy}{owner}.", edit)


def _depth(slipped: _Slipped) -> int | None:
    """Column at which the slipped entry belongs."""
    own = slipped.before.value.entries if isinstance(slipped.before.value, Branch) else {}
    if not slipped.is_rule:
        return next((entry.key_span.column for entry in own.values()), None)
    rules = own.get("rules")
    match rules and rules.value:
        case Branch(entries=entries) if entries:
            return next(iter(entries.values())).key_span.column
        case Leaf(written="") if rules:
            return rules.key_span.column + 2
        case _:
            return None


def _indented(together: list[_Slipped], by: int, model: type[BaseModel], lines: Sequence[str]) -> Edit:
    """Move the entries to the right; what stands beneath a rule and is a rule itself stands where it belongs."""
    first, last = together[0].entry, together[-1].entry
    inner = last.value.entries if isinstance(last.value, Branch) else {}
    span = block(first, last, lines)
    rows = lines[span.line : span.end_line + 1]
    if together[-1].is_rule and set(inner) & set(fields_at(model, ("classes", _ANY, "rules"))):
        kept = last.key_span.line - span.line + 1
        rows = [*(f"{' ' * by}{row}" for row in rows[:kept]), *rows[kept:]]
        return Edit(span, "\n".join(rows))
    return Edit(span, "\n".join(f"{' ' * by}{row}" if row.strip() else row for row in rows))
