"""Where two plans ask otherwise: their checks side by side, and one plan that asks what both do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.language.form.uses.own_classes import own_classes
from guidelint.language.versions.returning import written
from guidelint.validation.rule.beside import beside
from guidelint.validation.rule.parameters.said import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.validation.judging.plan import Check, Plan

OLD: Final = "\x1fold"
NEW: Final = "\x1fnew"
"""Behind the clause of a check that only one of the plans has."""


@dataclass(frozen=True)
class Differing:
    """Two plans, and what only one of them asks."""

    old: Plan
    new: Plan

    @cached_property
    def only_old(self) -> tuple[Check, ...]:
        """Checks that the new plan has not."""
        return tuple(_without(self.old.checks, self.new.checks))

    @cached_property
    def only_new(self) -> tuple[Check, ...]:
        """Checks that the old plan has not."""
        return tuple(_without(self.new.checks, self.old.checks))

    @property
    def classes(self) -> tuple[str, ...] | None:
        """Classes of the new plan whose rules are others, those that are new among them; None: all of them."""
        added = [name for name in self.new.vocabulary.classes if name not in self.old.vocabulary.classes]
        found = dict.fromkeys(added)
        for check in (*self.only_new, *self.only_old):
            if check.escalates_to is None:
                named = tuple(check.classes or own_classes(check.rule))
                if not named and check.rule.scope.of_regions and _is_set(check):
                    return None
                found.update(dict.fromkeys(sorted(named)))
        return tuple(name for name in self.new.vocabulary.classes if name in found)

    @cached_property
    def both(self) -> Plan | None:
        """One plan that asks what both do, each rule that they share once; None: they read or measure otherwise."""
        checks = {id(check): _marked(check, OLD) for check in self.only_old}
        shared = [checks.get(id(check), check) for check in self.old.checks]
        every = (*shared, *(_marked(check, NEW) for check in self.only_new))
        read_alike = _meaning(self.old.vocabulary) == _meaning(self.new.vocabulary)
        if not read_alike or self.old.formats != self.new.formats or _come_first(self.only_old, self.only_new):
            return None
        return replace(self.old, checks=every).sealed()


def _is_set(check: Check) -> bool:
    """Whether an author may set it, and did; other parameters follow from names and tools."""
    given = check.rule.model_fields_set - sources(type(check.rule)).keys()
    return not check.rule.always or bool(given)


def _come_first(*checks: Iterable[Check]) -> bool:
    """Whether what others see depends on one of them: it fills in an answer, or finds what cannot be measured."""
    return any(
        check.rule.filled_question is not None or any(says.leaves_nothing for says in check.rule.says.values())
        for part in checks
        for check in part
    )


def _without(checks: Iterable[Check], others: Iterable[Check]) -> Iterator[Check]:
    known = {_key(check) for check in others}
    return (check for check in checks if _key(check) not in known)


def _key(check: Check) -> tuple[str, str]:
    """Write all of a check that changes what is found, and nothing that only changes how it is told."""
    return check.clause, written(check, beside(type(check.rule)))


def _marked(check: Check, mark: str) -> Check:
    return replace(check, clause=f"{check.clause}{mark}")


def _meaning(vocabulary: Vocabulary) -> object:
    """Give what names mean, whatever is written on buttons; a title is only one more name."""
    content = msgspec.to_builtins(vocabulary)
    for part in (*content["classes"].values(), *content["attributes"].values()):
        part.pop("title")
        part.pop("option_titles", None)
    return content
