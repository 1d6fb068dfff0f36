"""Every rule that a guideline uses, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.form.uses.own_classes import own_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import RuleUse
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.condition import Condition
    from guidelint.validation.rule.rule import Level, Rule


@dataclass(frozen=True, slots=True)
class Use:
    """A rule, the path of its parameters, and the classes it is written for (none: all)."""

    rule: Rule
    path: KeyPath
    classes: tuple[str, ...] = ()
    level: Level = "error"
    is_conditional: bool = False
    """Whether it is asked under a condition only."""
    when: Condition | None = None
    """That condition; None: there is none, or it could not be read."""

    @property
    def escalates(self) -> bool:
        """Whether a departure escalates, and returns nothing."""
        return self.path[0] == "escalation"

    @property
    def own_classes(self) -> tuple[str, ...]:
        """Classes that the rule itself is given."""
        return own_classes(self.rule)

    def judged(self, written: WrittenBody) -> tuple[str, ...]:
        """Classes that it is about: its own, those that it is written for, or all."""
        return self.own_classes or self.classes or tuple(written.classes)

    def drawn(self, written: WrittenBody) -> set[str]:
        """Tools with which those classes are drawn; none where it is for all, or they are not there."""
        return {tool for name in self.classes if name in written.classes for tool in written.classes[name].draw}


def uses(written: WrittenBody) -> Iterator[Use]:
    """Yield the rules of classes, of the whole submission, of parts, of relations and of escalation criteria."""
    for name, part in written.classes.items():
        for rule_id, use in part.rules.uses.items():
            yield _use(use, ("classes", name, "rules", rule_id), (name,))
    for rule_id, use in written.rules.uses.items():
        yield _use(use, ("rules", rule_id))
    for name, rules in written.sections.items():
        for rule_id, use in rules.items():
            yield _use(use, (name, "rules", rule_id))
    for name, relation in written.relations.items():
        yield _use(relation.use, ("relations", name, relation.use.rule.id()))
    for name, criterion in written.escalation.when.items():
        path = ("escalation", "when", name, criterion.use.rule.id())
        yield _use(criterion.use, path, criterion.class_)


def _use(use: RuleUse, path: KeyPath, classes: tuple[str, ...] = ()) -> Use:
    return Use(use.rule, path, classes, use.level or type(use.rule).level, use.when is not None, use.when)
