"""Two values of the same key: what is said for itself, over what is said for several."""

from __future__ import annotations

from dataclasses import replace

from guidelint.language.text.tree import Branch, Entry, Leaf, Node


def merged(own: Node, base: Node) -> Node:
    """Merge mappings key by key; everything else its own value replaces."""
    if not isinstance(own, Branch) or not isinstance(base, Branch) or _are_of_two_rules(own, base):
        return own
    together = {key: _merged(own.entries.get(key), entry) for key, entry in base.entries.items()}
    return replace(own, entries={**together, **{key: own.entries[key] for key in own.entries if key not in together}})


def _merged(own: Entry | None, base: Entry) -> Entry:
    return base if own is None else replace(own, value=merged(own.value, base.value))


def _are_of_two_rules(own: Branch, base: Branch) -> bool:
    """Whether they are uses of two rules under one name: parameters of one mean nothing to the other."""
    rules = [entry.value for part in (own, base) if (entry := part.entries.get("rule")) is not None]
    names = {rule.written for rule in rules if isinstance(rule, Leaf)}
    return len(names) > 1
