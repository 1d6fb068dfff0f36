"""Everything that changes from one version of a guideline to another, sorted by what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from guidelint.language.compile.plan import compile_plan
from guidelint.language.texts import FINISHED
from guidelint.language.versions.consequence import effect_of
from guidelint.language.versions.differences import differences
from guidelint.language.versions.effect import GROUPS, JUDGES, NUMBERS, RETURNS, WORDS
from guidelint.language.versions.in_words import what
from guidelint.language.versions.meanings import ASKED
from guidelint.language.versions.place import where
from guidelint.language.versions.renamed import followers, is_of_renaming
from guidelint.language.versions.returning import key_of, returning
from guidelint.language.versions.version_number import gravest, least, may_follow, moved_number
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.loaded import Loaded
    from guidelint.language.text.tree import KeyPath
    from guidelint.language.versions.effect import Effect, Group, Number
    from guidelint.validation.judging.plan import Check, Plan

_PLACE: Final = 2
"""So many steps of a path name the part of a guideline: a class, a question, a section of the readers."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in words."""

    path: KeyPath
    """Where it stands in the file, of the new version; of the old one where it is gone."""
    where: str
    """The same by titles; empty: at the top."""
    what: str
    """What is otherwise, as a sentence without its full stop."""
    effect: Effect
    is_of_people: bool = False
    """Whether people go by it as a rule, so that the plan tells whether work is returned for it."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


@dataclass(frozen=True)
class Comparison:
    """What changes from one version to another."""

    old: Guideline
    new: Guideline
    changes: tuple[Change, ...]
    """The gravest first, and as they stand in the file."""

    def of(self, group: Group) -> tuple[Change, ...]:
        """Give the changes of one kind."""
        return tuple(change for change in self.changes if change.effect.group == group)

    @cached_property
    def moves(self) -> Number | None:
        """The number that must move; None: nothing changes."""
        return gravest(change.effect for change in self.changes)

    @property
    def because(self) -> str:
        """Say why that number must move."""
        grave = next((change.effect for change in self.changes if change.effect.moves == self.moves), None)
        return grave.because if grave else "nothing is asked, named or worded otherwise"

    @property
    def least_version(self) -> str:
        """The lowest version that may follow."""
        return least(self.old.version, self.moves)

    @property
    def is_numbered(self) -> bool:
        """Whether the version is one that may follow; what is no version yet may change under its number."""
        is_open = self.old.status not in FINISHED and self.old.version == self.new.version
        return is_open or may_follow(self.old.version, self.new.version, self.moves)

    @property
    def everybody_again(self) -> bool:
        """Whether everybody passes the calibration again, as `calibration: again_after:` says of such a version."""
        calibration, moved = self.new.calibration, moved_number(self.old.version, self.new.version)
        after = calibration.again_after if calibration else None
        return after is not None and moved is not None and NUMBERS.index(moved) <= NUMBERS.index(after)


def compared(old: Loaded, new: Loaded) -> Comparison:
    """Compare two versions of a guideline as they are meant: with their bases, and with what is used where it is."""
    changes = [*_changes(old, new), *_of_pictures(old.guideline, new.guideline)]
    plans = compile_plan(old.guideline, catalogue()), compile_plan(new.guideline, catalogue())
    changes = [*_with_returned(changes, returning(*plans))]
    if all(change.effect is WORDS for change in changes) and _digest(old) != _digest(new):
        changes.extend(_of_plans(*plans))
    return Comparison(old.guideline, new.guideline, tuple(sorted(changes, key=lambda one: _grave(one.effect))))


def _with_returned(changes: Sequence[Change], found: Iterable[Check]) -> Iterator[Change]:
    """Let no change be one for which no work is returned where the plan returns work for it."""
    asked = {tuple(check.clause.split("."))[:_PLACE] for check in found}
    explained = {_place(change) for change in changes if change.effect is not WORDS}
    for change in changes:
        returns_work = change.is_of_people and _place(change) in asked
        yield replace(change, effect=RETURNS) if returns_work else change
    if all(change.effect.moves != "major" for change in changes):
        for clause in sorted(asked - explained):
            yield Change(clause, "", f"`{'.'.join(clause)}` asks otherwise", RETURNS)


def _place(change: Change) -> KeyPath:
    return tuple(map(str, change.path[:_PLACE]))


def _of_plans(old: Plan, new: Plan) -> Iterator[Change]:
    """Tell of what judges otherwise though nothing was found to be written otherwise, but for words."""
    known = {key_of(check, has_names=True) for check in old.checks}
    others = [check.clause for check in new.checks if key_of(check, has_names=True) not in known]
    for clause in dict.fromkeys(others):
        yield Change(
            tuple(clause.split(".")), "", f"`{clause}` judges otherwise, as by another order of options", RETURNS
        )
    if not others:
        yield Change((), "", "the plan that judges is another one", RETURNS)


def _digest(read: Loaded) -> str:
    """Give the digest of what a guideline means, whichever tool is offered first and whatever rules are called."""
    plain = {
        name: part.model_copy(update={"draw": tuple(sorted(part.draw))})
        for name, part in read.guideline.classes.items()
    }
    plan = compile_plan(read.guideline.model_copy(update={"classes": plain}), catalogue())
    checks = sorted(plan.checks, key=lambda check: key_of(check, has_names=True))
    return replace(plan, checks=tuple(replace(one, clause="", name="") for one in checks)).sealed().digest


def _changes(old: Loaded, new: Loaded) -> Iterator[Change]:
    followed = followers(old.written, new.written)
    for one in differences(old.written, new.written):
        if not one.becomes and is_of_renaming(one.old, one.new, followed):
            continue
        place = where(one.path, old.written, new.written)
        yield Change(one.path, place, what(one), effect_of(one), is_of_people=one.meaning == ASKED)


def _of_pictures(old: Guideline, new: Guideline) -> Iterator[Change]:
    for address in old.pictures.keys() & new.pictures.keys():
        if old.pictures[address] != new.pictures[address]:
            yield Change(("instructions",), "", f"the picture `{address}` is another", WORDS)


def _grave(effect: Effect) -> tuple[int, bool]:
    return GROUPS.index(effect.group), effect is JUDGES
