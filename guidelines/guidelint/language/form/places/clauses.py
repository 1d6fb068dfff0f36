"""Where a guideline asks for something, as a path through its text; ``places`` says the same for people."""

from __future__ import annotations

from typing import Final

BETWEEN: Final = "."
"""Stands between two keys of a path; no key of a guideline's parts holds it."""


def clause(*keys: str) -> str:
    """Join the keys that lead to a part of a guideline, e.g. ``classes.nodule.rules.closed-outline``."""
    return BETWEEN.join(keys)


def clause_of_all(rule: str) -> str:
    """Tell where a guideline sets a rule for everything that is handed in."""
    return clause("rules", rule)


def clause_of_class(name: str, rule: str) -> str:
    """Tell where a class asks for a rule on its regions."""
    return clause("classes", name, "rules", rule)
