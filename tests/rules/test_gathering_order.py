"""Rules that gather over submissions judge the same in whatever order, parts and repetitions these arrive."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.annotation.submission import Submission
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.gathering import GatheringRule

if TYPE_CHECKING:
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

CASES = [
    pytest.param(rule, case, id=f"{rule.id()}: {case.title}")
    for rule in catalogue().values()
    if issubclass(rule, GatheringRule)
    for case in rule.cases
]


def fill(fold: Fold, things: list[Submission | TaskFacts]) -> None:
    for thing in things:
        if isinstance(thing, Submission):
            fold.add(thing)
        else:
            fold.add_task(thing)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_order_partition_and_repetition_change_no_verdict(rule: type[Rule], case: Case) -> None:
    plan: Plan = plan_of(rule.model_validate_json(msgspec.json.encode(case.given)))
    things: list[Submission | TaskFacts] = [*submissions_of(case), *case.tasks]
    whole = Fold(plan)
    fill(whole, things)
    expected = list(whole.verdicts())
    for seed in range(3):
        chance = random.Random(seed)
        again = [*things, *chance.choices(things, k=len(things))] if things else []
        chance.shuffle(again)
        middle = chance.randint(0, len(again))
        one, other = Fold(plan), Fold(plan)
        fill(one, again[:middle])
        fill(other, again[middle:])
        other.merge(one)
        assert list(other.verdicts()) == expected
