"""Uses of rules with names of their own: a name that is a rule's id, and an id that is no rule's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import part_at
from guidelint.language.form.written import WrittenRules
from guidelint.language.mistakes.keys.unknown_key import misplaced_rule
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.suggest import closest, did_you_mean
from guidelint.language.text.tree import key_span, node_at, value_span

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.validation.rule.rule import Catalogue


def name_of_a_rule(at: At) -> Problem:
    """Describe the name of a use that is the id of another rule."""
    use = node_at(at.root, (*at.loc, "rule"))
    used = getattr(use, "written", "")
    message = f"`{at.name}` is the id of a rule, and cannot name a use of `{used}`"
    remedy = f"Give the use a name of its own, or write `{used}:` in place of `{at.name}:` and delete `rule:`."
    return Problem("bad-name", message, key_span(at.root, at.loc), remedy)


def no_such_rule(at: At, rules: Catalogue) -> Problem:
    """Describe what stands behind ``rule:`` and is no rule, or none that stands here under a name."""
    place, name = value_span(at.root, at.loc), at.written
    if name in rules:
        return misplaced_rule(rules[name], at.loc, place)
    part = part_at(at.model, at.loc[:-2])
    known = tuple(part.named) if part is not None and issubclass(part, WrittenRules) else ()
    meant = closest(name, known)
    message = f"there is no rule `{name}`" if name else f"`{at.loc[-2]}` does not say which rule it uses"
    return Problem("unknown-rule", message, place, did_you_mean(name, known), Edit(place, meant) if meant else None)
