"""Names in braces with nothing behind any of them: told once, for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.tree import Branch, Leaf, node_at

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.language.text.tree import KeyPath, Node


def is_told_as_first(path: KeyPath, root: Node) -> bool:
    """Whether a name stands in braces behind another, and nothing is written behind any."""
    part = _bare(path, root)
    return part is not None and next(iter(part.entries)) != path[-1]


def bare_names(at: At) -> Problem | None:
    """Word all names of a pair of braces at once, where nothing is written behind any."""
    part = _bare(at.place, at.root)
    if part is None or "title" not in fields_at(at.model, at.place):
        return None
    titles = [_titled(name, is_step=at.place[-2] == "scale") for name in part.entries]
    better = f"{{{', '.join(titles)}}}"
    message = f"nothing is written behind the names of `{at.place[-2]}`; each wants a title"
    return Problem("empty", message, part.span, f"Write e.g. `{better}`.", Edit(part.span, better))


def _bare(path: KeyPath, root: Node) -> Branch | None:
    part = node_at(root, path[:-1])
    if not isinstance(part, Branch) or not part.in_brackets or len(part.entries) < 2:  # noqa: PLR2004 - one is just empty
        return None
    values = [entry.value for entry in part.entries.values()]
    return part if all(isinstance(value, Leaf) and value.value is None for value in values) else None


def _titled(name: str, *, is_step: bool) -> str:
    """Write a name with a title; of ``1 low`` the number is the name."""
    if is_step and (found := re.fullmatch(r"(\d+)[\s.)=-]+(\S.*)", name)):
        return f"{found[1]}: {found[2]}"
    return f"{name}: {name.replace('-', ' ').capitalize()}"


def is_bare(path: KeyPath, root: Node) -> bool:
    """Whether a name stands in braces among names with nothing behind any."""
    return _bare(path, root) is not None
