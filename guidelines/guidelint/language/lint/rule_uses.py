"""Every rule that a guideline uses, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.rule import Rule


@dataclass(frozen=True, slots=True)
class Use:
    """A rule, the path of its parameters, and the classes it is written for (none: all)."""

    rule: Rule
    path: KeyPath
    classes: tuple[str, ...] = ()

    def drawn(self, written: WrittenBody) -> set[str]:
        """Tools with which those classes are drawn; none where it is for all, or they are not there."""
        return {tool for name in self.classes if name in written.classes for tool in written.classes[name].draw}


def uses(written: WrittenBody) -> Iterator[Use]:
    """Yield the rules of classes, of the whole submission, of parts, of relations and of escalation criteria."""
    for name, part in written.classes.items():
        for rule_id, use in part.rules.uses.items():
            yield Use(use.rule, ("classes", name, "rules", rule_id), (name,))
    for rule_id, use in written.rules.uses.items():
        yield Use(use.rule, ("rules", rule_id))
    for name, rules in written.sections.items():
        for rule_id, use in rules.items():
            yield Use(use.rule, (name, "rules", rule_id))
    for name, relation in written.relations.items():
        yield Use(relation.use.rule, ("relations", name, relation.use.rule.id()))
    for name, criterion in written.escalation.when.items():
        path = ("escalation", "when", name, criterion.use.rule.id())
        yield Use(criterion.use.rule, path, criterion.class_)
