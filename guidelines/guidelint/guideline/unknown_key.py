"""A key that does not belong where it stands: what was meant, or where it belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.guideline.misplaced import misplaced_key, part_around
from guidelint.guideline.outline import fields_at
from guidelint.guideline.problem import Edit, Problem
from guidelint.guideline.stray_word import stray_word
from guidelint.guideline.suggest import closest, did_you_mean
from guidelint.guideline.tree import key_span, keys_at

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic import BaseModel

    from guidelint.guideline.problem import Code
    from guidelint.guideline.span import Span
    from guidelint.guideline.tree import Node, Path
    from guidelint.validation.plan import Catalogue
    from guidelint.validation.rule import Rule

_OTHER_WORDS = {
    "label": "title",
    "name": "title",
    "description": "definition",
    "include": "includes",
    "exclude": "excludes",
    "tool": "draw",
    "tools": "draw",
    "colour": "color",
    "shortcut": "hotkey",
    "boundary": "rules",
    "choice": "choose_one",
    "single_choice": "choose_one",
    "choices": "choose_one",
    "options": "choose_one",
    "multi_choice": "choose_many",
    "rating": "scale",
    "class": "of",
    "classes": "of",
    "reason": "because",
    "route": "to",
}


def unknown_key(path: Path, root: Node, model: type[BaseModel], rules: Catalogue) -> Problem:
    """Describe the problem of a key that its part does not have."""
    name = str(path[-1])
    place = key_span(root, path)
    known = fields_at(model, path[:-1])
    in_rules = any(field in rules for field in known)
    if in_rules and name in rules:
        return _misplaced_rule(rules[name], path, place)
    if (rule := rules.get(str(path[-2]) if len(path) > 1 else "")) and name in rule.given_by:
        return _given(name, rule, place)
    if (stray := stray_word(path, root, known)) is not None:
        return stray
    meant = meant_key(path, model)
    if not meant and (other := misplaced_key(path, root, model, rules)) is not None:
        return other
    if in_rules:
        return _told("unknown-rule", f"there is no rule `{name}`", (path, root), meant, known)
    return _told("unknown-key", f"{part_around(path)} has no key `{name}`", (path, root), meant, known)


def _told(code: Code, message: str, at: tuple[Path, Node], meant: str | None, known: Collection[str]) -> Problem:
    """Advise the key that was meant, unless it is there already."""
    path, root = at
    name, place = str(path[-1]), key_span(root, path)
    if meant and meant in keys_at(root, path[:-1]):
        line = key_span(root, (*path[:-1], meant)).line + 1
        remedy = f"`{meant}` stands in line {line} already: keep one of them."
        return Problem(code, message, place, remedy)
    if meant:
        return Problem(code, message, place, f"Did you mean `{meant}`?", Edit(place, meant))
    if several := [key for key in known if name.lower() in re.split("[-_]", key)]:
        return Problem(code, message, place, f"Did you mean {' or '.join(f'`{key}`' for key in several[:4])}?")
    return Problem(code, message, place, did_you_mean(name, known))


def meant_key(path: Path, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one stands for."""
    name, known = str(path[-1]), fields_at(model, path[:-1])
    if _OTHER_WORDS.get(name) in known:
        return _OTHER_WORDS[name]
    return closest(name, known)


def _misplaced_rule(rule: type[Rule], path: Path, place: Span) -> Problem:
    name = rule.id()
    if not rule.settable():
        message = f"`{name}` cannot be set: {rule.fixed_because}"
        return Problem("rule-always-on", message, place, "Delete it here; it is judged under every guideline.")
    if rule.always and path[0] != "classes":
        message = f"`{name}` is judged under every guideline, and cannot be {_BESIDES[str(path[0])]} besides"
        of_class = ", or those of a class" if rule.scope != "submission" else ""
        return Problem("rule-elsewhere", message, place, f"Set it under the guideline's own `rules:`{of_class}.")
    message = f"`{name}` judges a whole submission, not the regions of one class"
    or_pairs = "" if rule.always else " or `relations:`"
    return Problem("rule-elsewhere", message, place, f"Write it under the guideline's own `rules:`{or_pairs}.")


_BESIDES = {"relations": "a relation", "escalation": "a criterion"}


def _given(name: str, rule: type[Rule], place: Span) -> Problem:
    message = f"`{name}` of `{rule.id()}` is not set here: it follows from {rule.given_by[name]}"
    return Problem("unknown-key", message, place, "Change it there, and delete it here.")
