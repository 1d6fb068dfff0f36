"""A rule with one change, and whether anything notices: its cases, their groups, or its committed page."""

from __future__ import annotations

import inspect
import sys
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from tests.rules.mutation import TURN, Mutation, mutations

from guidelint.validation.cases.run import run_case
from guidelint.validation.documentation.markdown import page
from guidelint.validation.documentation.rule_text import rule_text
from guidelint.validation.testing.cases_hold import CasesHold

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

MOST_TURNS = 100_000
"""So many turns of loops in one case are endless: cases are drawn by hand."""


class EndlessError(Exception):
    """A loop of a changed rule does not end."""


class Turns:
    """Turns of the loops of a changed rule, which may be endless."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Count from the start."""
        self._left = MOST_TURNS

    def __call__(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise EndlessError


def survivors(rule: type[Rule]) -> list[str]:
    """Name the changes of the file of a rule that nothing notices."""
    source = inspect.getsource(sys.modules[rule.__module__])
    return [mutation.text for mutation in mutations(source) if not _is_noticed(rule, mutation)]


def _is_noticed(rule: type[Rule], mutation: Mutation) -> bool:
    """Whether a case fails, or the page of the rule, which is compared with the committed one, reads otherwise."""
    turns = Turns()
    try:
        changed = made(rule, mutation, turns)
        if any(_breaks(changed, number, turns) for number in range(len(rule.cases))):
            return True
        turns.begin()
        CasesHold().test_it_finds_nothing_in_what_is_too_small_to_be_compared(changed)
        CasesHold().test_it_finds_the_same_where_what_is_alike_is_counted(changed)
        return page_of(changed) != page_of(rule)
    except Exception:  # noqa: BLE001 - a change may make a rule fail in any way, which is noticed too
        return True


def made(rule: type[Rule], mutation: Mutation, turns: Turns) -> type[Rule]:
    """Make the rule from its changed file."""
    name = f"{rule.__module__}.mutant"
    module = ModuleType(name)
    module.__dict__[TURN] = turns
    sys.modules[name] = module
    try:
        exec(mutation.code, module.__dict__)  # noqa: S102 - our own source
    finally:
        del sys.modules[name]
    changed: type[Rule] = module.__dict__[rule.__name__]
    return changed


def _breaks(changed: type[Rule], number: int, turns: Turns) -> bool:
    turns.begin()
    return bool(run_case(changed, changed.cases[number]).broken)


@cache
def page_of(rule: type[Rule]) -> str:
    """The page of a rule, but for the docstrings, which are read from its file."""
    text = rule_text(rule)
    return page(replace(text, parameters=tuple(replace(one, meaning="") for one in text.parameters)))
