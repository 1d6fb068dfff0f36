"""A key that nobody knows, where a key is missing: the one stands in place of the other, which is one mistake."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import description_at, fields_at
from guidelint.language.mistakes.keys.misplaced import part_around
from guidelint.language.text.problem import Problem
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import Leaf, key_span, keys_at, node_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from guidelint.language.text.tree import KeyPath, Node

    Meant = Callable[[KeyPath, type[BaseModel]], str | None]

_LOOKED_AT = 40
"""Unknown keys of one part that are compared with what is missing in it."""


def missing_beside(path: KeyPath, root: Node, model: type[BaseModel], meant: Meant) -> tuple[str, ...]:
    """List what must not be left out and is missing beside a key, and is no other key there in another spelling."""
    place, known = path[:-1], fields_at(model, path[:-1])
    written = frozenset(keys_at(root, place))
    missing = [name for name, field in known.items() if field.is_required() and name not in written]
    if not missing:
        return ()
    unknown = islice((key for key in keys_at(root, place) if key not in known), _LOOKED_AT)
    otherwise = {meant((*place, key), model) for key in unknown}
    return tuple(name for name in missing if name not in otherwise)


def in_its_place(path: KeyPath, root: Node, model: type[BaseModel], missing: tuple[str, ...]) -> Problem:
    """Tell the key together with what is missing."""
    name, place = str(path[-1]), key_span(root, path)
    are = "is" if len(missing) == 1 else "are"
    message = f"{part_around(path, model)} has no key `{name}`, and {listed(missing)} {are} missing"
    return Problem("unknown-key", message, place, _remedy(name, path[:-1], model, missing))


def has_a_value(path: KeyPath, root: Node) -> bool:
    """Whether a word or a number stands behind the key."""
    node = node_at(root, path)
    return isinstance(node, Leaf) and bool(node.written)


def _remedy(name: str, place: KeyPath, model: type[BaseModel], missing: tuple[str, ...]) -> str:
    if len(missing) > 1:
        return f"Write the one that is meant in place of `{name}`, and add the others; else delete `{name}`."
    only = next(iter(missing))
    what = description_at(model, (*place, only)).rstrip(".").replace("``", "`")
    about = f" ({what[:1].lower()}{what[1:]})" if what else ""
    return f"If `{only}`{about} is meant, write `{only}:` in place of `{name}:`; else delete that and add `{only}:`."
