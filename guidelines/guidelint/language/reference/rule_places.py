"""Where in a guideline each rule may stand, with an example of it and of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.reference.keys import Keys, snippet
from guidelint.language.schema.guideline_schema import whole_schema
from guidelint.validation.documentation.in_guideline import InGuideline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.reference.keys import Key
    from guidelint.validation.rule.rule import Catalogue


def rule_places(catalogue: Catalogue) -> Mapping[str, InGuideline]:
    """Tell of every rule that a guideline may name where it may stand; one that none may name is left out."""
    keys = Keys(whole_schema(catalogue))
    by_rule: dict[str, list[Key]] = {}
    for key in keys.every.values():
        if key.path[-1] in catalogue:
            by_rule.setdefault(key.path[-1], []).append(key)
    return {rule: _in_guideline(keys, found) for rule, found in by_rule.items()}


def _in_guideline(keys: Keys, found: list[Key]) -> InGuideline:
    places = dict.fromkeys(place for key in found for place in keys.places(key))
    shown = min(found, key=lambda key: len(key.path))
    return InGuideline(tuple(places), snippet(shown), keys.examples_beneath(shown))
