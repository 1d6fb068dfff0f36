"""Scopes: one more of them, defined here, is judged, drawn, written and shown as those of the catalogue are."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of, run_cases
from guidelint.validation.documentation.rule_text import rule_text
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Catalogue


def _shares(submission: Submission) -> Iterator[Share]:
    ward = submission.task.partition("-")[0]
    yield Share(Subject("ward", name=ward), submission, submission.regions)


WARD = Scope(name="ward", judges="all work on one ward", section=("wards", "rules"), shares=_shares)


@dataclass(frozen=True, slots=True)
class Count:
    """Regions of one submission."""

    regions: int


class QuietWard(GatheringRule[Count]):
    """A ward has no more than so many regions.

    ## Why
    It is only a test.

    ## How it is measured
    Regions of all submissions are counted.

    ## Source
    None.
    """

    scope: ClassVar[Scope] = WARD
    contribution: ClassVar[type] = Count

    max: int = 2
    """Most regions."""

    says = MappingProxyType({"loud": Says("it has {count} regions; no more than {limit} may be", "Draw less.")})

    def told(self, names: Names) -> str:  # noqa: ARG002
        return f"A ward has no more than {self.max} regions."

    def gather(self, share: Share) -> Iterator[Gathered[Count]]:
        yield Gathered(Count(len(share.regions)))

    def check_gathered(self, contributions: Sequence[Contributed[Count]]) -> Iterator[Departure]:
        count = sum(one.value.regions for one in contributions)
        if count > self.max:
            yield self.departs("loud", count=count, limit=self.max)

    cases = (
        Case("as many as may be", {"max": 2}, (Handed(draws="#", task="a-1"), Handed(draws="#", task="a-2"))),
        Case(
            "one too many",
            {"max": 1},
            (Handed(draws="#", task="a-1"), Handed(draws="#", task="a-2"), Handed(draws="#", task="b-1")),
            finds="it has 2 regions; no more than 1 may be",
        ),
    )


WITH_IT: Catalogue = {**catalogue(), QuietWard.id(): QuietWard}


def test_its_cases_run() -> None:
    assert [result.broken for result in run_cases(QuietWard)] == ["", ""]


def test_it_is_documented() -> None:
    assert rule_text(QuietWard).judges == "all work on one ward"


def test_it_has_a_place_in_the_guideline_and_comes_into_the_plan() -> None:
    guideline = load(with_part("wards:\n  rules:\n    quiet-ward: {max: 1}\n"), catalogue=WITH_IT)
    plan = compile_plan(guideline, WITH_IT)
    assert [check.rule for check in plan.checks if isinstance(check.rule, QuietWard)] == [QuietWard(max=1)]


def test_elsewhere_it_is_told_where_it_belongs() -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part("rules:\n  quiet-ward: {max: 1}\n"), catalogue=WITH_IT)
    (problem,) = raised.value.problems
    assert problem.code == "rule-elsewhere"
    assert "`wards:` › `rules:`" in problem.help


def test_the_schema_knows_it() -> None:
    assert "quiet-ward" in str(guideline_schema(WITH_IT)["definitions"]["WardsRules"])


@given(st.permutations(range(3)), st.lists(st.integers(0, 2), max_size=3))
def test_order_partition_and_repetition_change_no_verdict(order: list[int], again: list[int]) -> None:
    handed = submissions_of(QuietWard.cases[1])
    plan = plan_of(QuietWard(max=1))
    whole, parts = Fold(plan), (Fold(plan), Fold(plan))
    for submission in handed:
        whole.add(submission)
    for turn, index in enumerate((*order, *again)):
        parts[turn % 2].add(handed[index])
    parts[1].merge(parts[0])
    assert list(parts[1].verdicts()) == list(whole.verdicts())
    assert [(verdict.subject.title, verdict.decision) for verdict in whole.verdicts()] == [
        ("Ward a", "returned"),
        ("Ward b", "accepted"),
    ]
