"""A key that does not belong where it stands: what was meant, or where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at, part_at
from guidelint.language.form.use_name import rule_at
from guidelint.language.form.uses.use_errors import RULE
from guidelint.language.mistakes.keys.in_its_place import has_a_value, in_its_place, missing_beside
from guidelint.language.mistakes.keys.misplaced import misplaced_key, part_around
from guidelint.language.mistakes.keys.other_unit import other_unit
from guidelint.language.mistakes.keys.other_words import other_words
from guidelint.language.mistakes.keys.stray_word import stray_word
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.suggest import closest, did_you_mean
from guidelint.language.text.tree import key_span, keys_at
from guidelint.validation.rule.scope import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic import BaseModel

    from guidelint.language.text.problem import Code
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node
    from guidelint.validation.rule.rule import Catalogue, Rule
    from guidelint.validation.rule.scope import Scope


def unknown_key(path: KeyPath, root: Node, model: type[BaseModel], rules: Catalogue) -> Problem:
    """Describe the problem of a key that its part does not have."""
    name = str(path[-1])
    place = key_span(root, path)
    known = fields_at(model, path[:-1])
    in_rules = any(field in rules for field in known)
    if in_rules and name in rules:
        return misplaced_rule(rules[name], path, place)
    if (rule := rules.get(rule_at(path[:-1]))) and name in rule.given_by():
        return _given(name, rule, place)
    meant = meant_key(path, model)
    other = stray_word(path, root, known) or (None if meant else misplaced_key(path, root, model, rules))
    if other is not None:
        return other
    if missing := stands_for(path, root, model, rules):
        return in_its_place(path, root, model, missing)
    if in_rules:
        told = _told("unknown-rule", f"there is no rule `{name}`", (path, root, model), meant, known)
        return told if meant else replace(told, help=f"{told.help}{_own_name(path, model)}")
    return _told("unknown-key", f"{part_around(path, model)} has no key `{name}`", (path, root, model), meant, known)


def _own_name(path: KeyPath, model: type[BaseModel]) -> str:
    """Tell how a use has a name of its own, where that may be meant."""
    if RULE not in fields_at(model, path):
        return ""
    return f" Where `{path[-1]}` is to be a name for a use of one of them, add `rule:` with the rule's id beneath it."


def stands_for(path: KeyPath, root: Node, model: type[BaseModel], rules: Catalogue) -> tuple[str, ...]:
    """List the missing keys of which an unknown one may be meant as one, unless it is told otherwise."""
    known = fields_at(model, path[:-1])
    in_rules = any(field in rules for field in known)
    meant = meant_key(path, model)
    if str(path[-1]) in rules or (meant and meant not in keys_at(root, path[:-1])):
        return ()
    if (in_rules and not has_a_value(path, root)) or stray_word(path, root, known) is not None:
        return ()
    if misplaced_key(path, root, model, rules) is not None:
        return ()
    return missing_beside(path, root, model, meant_key)


def _told(
    code: Code, message: str, at: tuple[KeyPath, Node, type[BaseModel]], meant: str | None, known: Collection[str]
) -> Problem:
    """Advise the key that was meant, unless it is there already."""
    path, root, model = at
    name, place = str(path[-1]), key_span(root, path)
    if meant and meant in keys_at(root, path[:-1]):
        line = key_span(root, (*path[:-1], meant)).line + 1
        remedy = f"`{meant}` stands in line {line} already: keep one of them."
        return Problem(code, message, place, remedy)
    if meant:
        return other_unit(path, root, model, meant, message) or Problem(
            code, message, place, f"Did you mean `{meant}`?", Edit(place, meant)
        )
    if several := [key for key in known if name.lower() in re.split("[-_]", key)]:
        return Problem(code, message, place, f"Did you mean {' or '.join(f'`{key}`' for key in several[:4])}?")
    return Problem(code, message, place, did_you_mean(name, known))


def meant_key(path: KeyPath, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one stands for: one that people call so, or that is spelt nearly so."""
    name = str(path[-1])
    part = part_at(model, path[:-1])
    called = other_words(part).get(name.lower().replace("-", "_")) if part is not None else None
    return called or closest(name, fields_at(model, path[:-1]))


def misplaced_rule(rule: type[Rule], path: KeyPath, place: Span) -> Problem:
    """Describe the problem of a rule that does not belong where it stands."""
    name = rule.id()
    if not rule.settable():
        message = f"`{name}` cannot be set: {rule.fixed_because}"
        return Problem("rule-always-on", message, place, "Delete it here; it is judged under every guideline.")
    if rule.always and path[-1] == RULE:
        message = f"`{name}` is judged under every guideline, and is set only once in a place"
        return Problem("rule-elsewhere", message, place, f"Write `{name}:` in place of `{path[-2]}:`.")
    if rule.always and path[0] != "classes":
        besides = _BESIDES.get(str(path[0]), f"a rule of `{path[0]}`")
        message = f"`{name}` is judged under every guideline, and cannot be {besides} besides"
        of_class = ", or those of a class" if rule.scope.per_class else ""
        return Problem("rule-elsewhere", message, place, f"Set it under the guideline's own `rules:`{of_class}.")
    if path[0] == "classes":
        message = f"`{name}` judges {rule.scope.judges}, not the regions of one class"
    else:
        message = f"`{name}` judges {rule.scope.judges}, and stands elsewhere"
    or_pairs = "" if rule.always or rule.scope.section != ROOT else " or `relations:`"
    return Problem("rule-elsewhere", message, place, f"Write it under {_section(rule.scope)}{or_pairs}.")


def _section(scope: Scope) -> str:
    """Name the part of a guideline where the rules of a scope stand."""
    if scope.section == ROOT:
        return "the guideline's own `rules:`"
    return " › ".join(f"`{key}:`" for key in scope.section)


_BESIDES = {"relations": "a relation", "escalation": "a criterion"}


def _given(name: str, rule: type[Rule], place: Span) -> Problem:
    message = f"`{name}` of `{rule.id()}` is not set here: it follows from {rule.given_by()[name]}"
    return Problem("unknown-key", message, place, "Change it there, and delete it here.")
