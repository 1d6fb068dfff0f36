"""A key that stands in the wrong part: where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.problem import Problem
from guidelint.language.text.suggest import counted_spaces
from guidelint.language.text.tree import key_span, keys_at

if TYPE_CHECKING:
    from pydantic import BaseModel

    from guidelint.language.text.tree import KeyPath, Node
    from guidelint.validation.rule.rule import Catalogue


def misplaced_key(path: KeyPath, root: Node, model: type[BaseModel], rules: Catalogue) -> Problem | None:
    """Tell that a key belongs into a part beside it, or into one of the parts around it."""
    name, place = str(path[-1]), key_span(root, path)
    owner = part_around(path, model)
    if name in rules:
        message = f"{owner} has no key `{name}`: it is a rule"
        own = (
            "Write it beneath `rules:`"
            if len(path) > 1
            else "Write it beneath the `rules:` of a class or of the guideline"
        )
        return Problem("unknown-key", message, place, f"{own}: `rules: {{{name}: …}}`.")
    message = f"{owner} has no key `{name}`"
    for beside in _likeliest_first(path, root, model, rules):
        if name in fields_at(model, (*path[:-1], beside)):
            remedy = f"Write it beneath `{beside}:`, indented: `{beside}: {{{name}: …}}`."
            return Problem("unknown-key", message, place, remedy)
    for length in range(len(path) - 2, -1, -1):
        around = path[:length]
        if name in fields_at(model, around) and name not in keys_at(root, around):
            return Problem("unknown-key", f"{message}; {_whose(around)} has", place, _outdented(around, root))
    return None


def part_around(path: KeyPath, model: type[BaseModel]) -> str:
    """How a sentence names the part that a key stands in."""
    name = next((str(step) for step in reversed(path[:-1]) if isinstance(step, str)), "")
    return f"`{name}`" if name else str(getattr(model, "called", "a guideline"))


def _likeliest_first(path: KeyPath, root: Node, model: type[BaseModel], rules: Catalogue) -> list[str]:
    """Name the parts beside a key: those written above it from near to far, then those below, then others but rules."""
    known, written = fields_at(model, path[:-1]), keys_at(root, path[:-1])
    at = written.index(str(path[-1])) if str(path[-1]) in written else 0
    near = [*reversed(written[:at]), *written[at + 1 :]]
    return [*(key for key in near if key in known), *(key for key in known if key not in near and key not in rules)]


def _whose(around: KeyPath) -> str:
    return f"`{around[-1]}`" if around else "the guideline itself"


def _outdented(around: KeyPath, root: Node) -> str:
    """Say how far the key must stand to the left."""
    beside = keys_at(root, around)
    column = key_span(root, (*around, beside[0])).column if beside else 0
    return f"Indent it with {counted_spaces(column)}, like `{beside[0]}`."
