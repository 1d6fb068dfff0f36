"""From findings to a decision."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.region_ref import RegionRef
from guidelint.validation.judging.finding import Finding, Outcome
from guidelint.validation.judging.verdict import Verdict, decide, escalations
from guidelint.validation.rule.rule import Level
from guidelint.validation.rule.subject import Subject

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LEVELS: tuple[Level, ...] = get_args(Level)


def found(
    outcome: Outcome = "departs",
    level: Level = "error",
    to: str | None = None,
    region: str | None = None,
    name: str = "f",
) -> Finding:
    regions = (RegionRef(region, region),) if region else ()
    return Finding(name, "rule", "kind", outcome, level, (), "", regions, {}, "clause", to)


@pytest.mark.parametrize(
    ("findings", "decision"),
    [
        pytest.param((), "accepted", id="nothing found"),
        pytest.param((found(level="note"), found(level="warning")), "accepted", id="notes and warnings change nothing"),
        pytest.param((found(),), "returned", id="an error returns"),
        pytest.param((found(to="senior"),), "escalated", id="an escalating departure escalates"),
        pytest.param((found(to="senior", level="warning"),), "escalated", id="whatever its level"),
        pytest.param((found(to="senior"), found()), "returned", id="returned before escalated"),
        pytest.param((found("cannot-evaluate"),), "unverified", id="cannot be told"),
        pytest.param((found("cannot-evaluate", "note"),), "unverified", id="cannot be told, whatever its level"),
        pytest.param((found("cannot-evaluate"), found()), "returned", id="returned before unverified"),
        pytest.param((found("cannot-evaluate"), found(to="senior")), "unverified", id="unverified before escalated"),
        pytest.param(
            (found("cannot-evaluate", region="a"), found(region="a")),
            "returned",
            id="cannot be told of a region that is returned",
        ),
        pytest.param(
            (found("cannot-evaluate", region="a"), found(region="b")),
            "returned",
            id="cannot be told of another region",
        ),
        pytest.param(
            (found("cannot-evaluate", region="a"), found(region="a", level="warning")),
            "unverified",
            id="a warning returns nothing",
        ),
        pytest.param(
            (found("cannot-evaluate", region="a"), found(region="a", to="senior")),
            "unverified",
            id="an escalation returns nothing",
        ),
        pytest.param(
            (found("rule-failed", region="a"), found(region="b")),
            "returned",
            id="a rule that failed hides no fault",
        ),
        pytest.param((found("rule-failed"), found(to="senior")), "unverified", id="a rule failed before escalated"),
        pytest.param((found("rule-failed", "note"),), "unverified", id="nor is it when it is a note"),
        pytest.param((found("cannot-evaluate", to="senior"),), "unverified", id="an unanswered criterion"),
    ],
)
def test_decision_by_precedence(findings: tuple[Finding, ...], decision: str) -> None:
    assert decide(findings) == decision
    assert decide(findings[::-1]) == decision


def test_a_returned_verdict_still_lists_what_could_not_be_checked_and_which_rules_failed() -> None:
    findings = (found(name="1"), found("cannot-evaluate", name="2"), found("rule-failed", name="3"))
    verdict = Verdict(Subject("submission"), "g", "d", "e", findings, decide(findings))
    assert verdict.decision == "returned"
    assert [one.id for one in verdict.not_checked] == ["2", "3"]
    assert [one.id for one in verdict.failed_rules] == ["3"]


@given(st.lists(st.builds(found, st.sampled_from(OUTCOMES), st.sampled_from(LEVELS), st.sampled_from((None, "a")))))
def test_nothing_that_could_not_be_checked_is_accepted_or_only_escalated(findings: list[Finding]) -> None:
    if any(one.outcome != "departs" for one in findings):
        assert decide(tuple(findings)) in {"unverified", "returned"}


def test_escalations_are_kept_whatever_the_decision_one_per_route() -> None:
    findings = (found(to="a", name="1"), found(name="2"), found(to="b", name="3"), found(to="a", name="4"))
    assert [(one.route, one.findings) for one in escalations(findings)] == [("a", ("1", "4")), ("b", ("3",))]


def test_what_cannot_be_told_does_not_escalate() -> None:
    assert escalations((found("cannot-evaluate", to="a"),)) == ()
