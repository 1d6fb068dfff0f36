"""What is named by a text that has not the form of a name: a class or a route, by its title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.text.suggest import did_you_mean, tidy
from guidelint.language.text.tree import Leaf, keys_at, node_at

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.language.text.tree import KeyPath

_WHERE: dict[str, tuple[KeyPath, str]] = {
    "of": (("classes",), "title"),
    "class": (("classes",), "title"),
    "excluded_from": (("classes",), "title"),
    "to": (("escalation", "routes"), "who"),
}
"""Key that holds a name → where the names are given, and the key under which people read what they name."""


@dataclass(frozen=True, slots=True)
class Named:
    """How the name is written; without a name, what there is."""

    remedy: str
    name: str | None


def named(at: At) -> Named | None:
    """Find what a text names among the names there are; None where it gives a name itself."""
    if at.name not in _WHERE:
        return None
    where, title = _WHERE[at.name]
    names = keys_at(at.root, where)
    if not names or at.text in names:
        return None
    for name in names:
        read = node_at(at.root, (*where, name, title))
        if tidy(at.text) == name or (isinstance(read, Leaf) and read.written.casefold() == at.text.casefold()):
            return Named(f"Write its name, `{name}`.", name)
    return Named(did_you_mean(tidy(at.text), names), None)
