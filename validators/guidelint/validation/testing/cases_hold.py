"""Every case of a rule holds, and what the rule says of groups holds for the groups of every case."""

from __future__ import annotations

import pickle
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, ClassVar

from guidelint.validation.cases.run import gathered, judged, made_for, run_case
from guidelint.validation.rule.gathering import Contributed, GatheringRule
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.case import Case

TRIED = 100
"""So many parts of a group are tried."""


class CasesHold:
    """Cases of rules, run."""

    rules: ClassVar[tuple[type[Rule], ...]] = ()

    def test_a_rule_finds_what_its_case_says(self, rule: type[Rule], case: Case) -> None:
        """The case finds what it says it finds, and nothing else."""
        assert run_case(rule, case).broken == ""

    def test_its_hint_leaves_out_nothing_that_departs(self, rule: type[Rule], case: Case) -> None:
        """A rule that is asked of every region, whatever its ``suspects`` leave out, finds the same."""
        every = type(rule.__name__, (rule,), {"suspects": Rule.suspects, "__doc__": rule.__doc__})
        assert run_case(every, case).findings == run_case(rule, case).findings

    def test_it_finds_the_same_in_another_process(self, rule: type[Rule]) -> None:
        """A rule that is sent after it judged, with whatever it keeps, finds there what it found here."""
        for case in rule.cases:
            plan = made_for(rule, case)
            found = judged(plan, case)
            sent: Plan = pickle.loads(pickle.dumps(plan))  # noqa: S301 - of our own
            assert judged(sent, case) == found, case.title

    def test_it_finds_nothing_in_what_is_too_small_to_be_compared(self, rule: type[Rule]) -> None:
        """What has fewer annotations or tasks than ``compares_at_least`` is not even read; so nothing may be in it."""
        if issubclass(rule, GatheringRule):
            for case in rule.cases:
                made, groups = gathered(rule, case)
                for group in groups:
                    for part in _parts(group.contributions, made.compares_at_least()):
                        assert list(made.check_gathered(part)) == [], case.title

    def test_it_finds_the_same_where_what_is_alike_is_counted(self, rule: type[Rule]) -> None:
        """Who ``counts_alike`` may be told how many contributions are alike in place of whose they are."""
        if issubclass(rule, GatheringRule) and rule.counts_alike:
            for case in rule.cases:
                made, groups = gathered(rule, case)
                for group in groups:
                    counted = tuple(_counted(group.contributions))
                    found = list(made.check_gathered(group.contributions))
                    assert list(made.check_gathered(counted)) == found, case.title


def _counted(contributions: Sequence[Contributed[Any]]) -> Iterator[Contributed[Any]]:
    """Give each value once, with how many there are of it."""
    values = [one.value for one in contributions]
    for at, value in enumerate(values):
        if value not in values[:at]:
            yield Contributed("", "", None, value, values.count(value))


def _parts(contributions: Sequence[Contributed[Any]], least: int) -> Iterator[tuple[Contributed[Any], ...]]:
    """Give what fewer annotations or tasks than ``least`` contribute."""
    sources = dict.fromkeys((one.task, one.annotation) for one in contributions)
    chosen = chain.from_iterable(combinations(sources, count) for count in range(1, least))
    for these in islice(chosen, TRIED):
        yield tuple(one for one in contributions if (one.task, one.annotation) in these)
