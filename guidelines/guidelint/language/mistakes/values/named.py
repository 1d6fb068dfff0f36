"""What is named by a text that has not the form of a name: a class or a route, by its title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.text.suggest import did_you_mean, tidy
from guidelint.language.text.tree import Leaf, keys_at, node_at
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.shape import all_meanings

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.parameters.naming import Kind

_WHERE: dict[Kind, tuple[KeyPath, str]] = {
    "class": (("classes",), "title"),
    "question": (("attributes",), "title"),
    "route": (("escalation", "routes"), "who"),
}
"""What is named → where the names are given, and the key under which people read what they name."""


@dataclass(frozen=True, slots=True)
class Named:
    """How the name is written; without a name, what there is."""

    remedy: str
    name: str | None


def named(at: At) -> Named | None:
    """Find what a text names among the names there are; None where it gives a name itself."""
    kind = _kind(at)
    if kind is None or kind not in _WHERE:
        return None
    where, title = _WHERE[kind]
    names = keys_at(at.root, where)
    if not names or at.text in names:
        return None
    for name in names:
        read = node_at(at.root, (*where, name, title))
        if tidy(at.text) == name or (isinstance(read, Leaf) and read.written.casefold() == at.text.casefold()):
            return Named(f"Write its name, `{name}`.", name)
    return Named(did_you_mean(tidy(at.text), names), None)


def _kind(at: At) -> Kind | None:
    """Tell what the value should name, as the type of its key says."""
    return next((one.kind for one in all_meanings(at.type) if isinstance(one, NameOf)), None)
