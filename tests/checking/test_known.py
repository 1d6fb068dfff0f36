"""When an entry makes its finding known, and when that is new all the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.checking.finding_made import entry, finding, judged, waiver

from guidelint.checking.baseline.comparison import Comparison
from guidelint.checking.baseline.reading import Baseline
from guidelint.checking.baseline.standing import needs_waiver, standing

if TYPE_CHECKING:
    from guidelint.checking.known import Entry
    from guidelint.validation.judging.finding import Finding, Outcome

TODAY = date(2026, 6, 30)


def new_because(known: Entry, found: Finding, today: date = TODAY) -> str:
    """Why a finding is new although it has an entry."""
    return standing(known, found, today, frozenset()).new_because


@pytest.mark.parametrize(
    ("was", "now", "limit", "said"),
    [
        pytest.param(4.1, 6.0, 1.0, "was 4.1 mm, is 6 mm", id="farther above its limit"),
        pytest.param(2.5, 1.25, 3.0, "was 2.5 mm, is 1.2 mm", id="farther below its limit"),
        pytest.param(4.1, 4.1004, 1.0, "was 4.1000 mm, is 4.1004 mm", id="with the digits that tell them apart"),
        pytest.param(4.1, 2.0, 1.0, "", id="nearer to its limit from above"),
        pytest.param(1.0, 2.5, 3.0, "", id="nearer to its limit from below"),
        pytest.param(4.1, 4.1, 3.5, "", id="the same beyond a limit that was moved"),
        pytest.param(4.1, 4.1 * (1 + 1e-12), 1.0, "", id="another computer's last digit"),
        pytest.param(2.0, 6.0, 4.0, "was 2 mm, is 6 mm", id="on the other side of its limit"),
        pytest.param(4.1, 1.0, 1.0, "", id="at its limit"),
    ],
)
def test_a_finding_that_got_worse_is_new(was: float, now: float, limit: float, said: str) -> None:
    assert new_because(entry(was), finding(now, limit)) == said


def test_only_what_lies_farther_beyond_its_limit_is_called_worse() -> None:
    beyond, without = (standing(entry(4.0), finding(5.0, limit), TODAY, frozenset()) for limit in (1.0, None))
    assert (beyond.is_worse, without.is_worse) == (True, False)
    assert not (beyond.is_known)
    assert not (without.is_known)


@pytest.mark.parametrize(
    ("known", "found", "said"),
    [
        pytest.param(entry(4.1, "px"), finding(4.1, 1.0), "was 4.1 px, is 4.1 mm", id="another unit"),
        pytest.param(entry(), finding(4.1, 1.0), "was not measured, is 4.1 mm", id="not measured then"),
        pytest.param(entry(4.1), finding(), "was 4.1 mm, is not measured", id="not measured now"),
        pytest.param(entry(), finding(), "", id="never measured"),
        pytest.param(entry(3.0), finding(2.0), "was 3 mm, is 2 mm, and no limit tells which is better", id="no limit"),
        pytest.param(
            entry(3.3),
            finding(3.1, 0.5, limit_name="step"),
            "was 3.3 mm, is 3.1 mm, and no limit tells which is better",
            id="a multiple lies on no side",
        ),
        pytest.param(entry(), finding(float("inf"), 1.0), "", id="no number on either side"),
    ],
)
def test_what_cannot_be_compared_is_new(known: Entry, found: Finding, said: str) -> None:
    assert new_because(known, found) == said


def test_a_waiver_counts_to_the_end_of_its_last_day() -> None:
    assert new_because(waiver(TODAY), finding(4.1, 1.0)) == ""
    assert new_because(waiver(TODAY), finding(), date(2026, 7, 1)) == "its waiver by Dr A counted until 2026-06-30"


def test_a_waiver_that_tells_a_number_covers_nothing_worse() -> None:
    assert new_because(waiver(TODAY, 4.1), finding(6.0, 1.0)) == "was 4.1 mm, is 6 mm"


@pytest.mark.parametrize("outcome", ["cannot-evaluate", "rule-failed"])
def test_what_nobody_has_judged_is_known_by_a_waiver_alone(outcome: Outcome) -> None:
    found = finding(outcome=outcome)
    assert new_because(entry(), found) == "nobody has judged it: a waiver alone makes it known"
    assert new_because(waiver(TODAY), found) == ""


def test_so_is_an_item_that_no_region_was_read_from() -> None:
    unread, region = finding(regions=()), finding()
    assert needs_waiver(unread, {"closed-outline"})
    assert not needs_waiver(unread, frozenset()), "a departure of the whole image"
    assert not needs_waiver(region, {"closed-outline"}), "a fault of a region that was read"


def test_a_comparison_counts_and_leaves_the_verdict_as_it_is() -> None:
    entries = {key: entry(4.1, id=key, rule="closed-outline") for key in ("known", "worse", "gone")}
    entries["over"] = waiver(date(2026, 1, 1), id="over")
    comparison = Comparison(Baseline("known.jsonl", "lesions", entries), TODAY)
    first = comparison.compared(judged(finding(4.1, 1.0, id="known")))
    second = comparison.compared(judged(finding(6.0, 1.0, id="worse"), finding(id="new"), finding(id="over")))
    assert [(one.verdict.decision, one.but_for_known) for one in (first, second)] == [
        ("returned", "accepted"),
        ("returned", "returned"),
    ]
    assert comparison.known == {"baseline": 1, "waiver": 0}
    assert (comparison.worse, comparison.otherwise_new) == (1, 1)
    assert comparison.decisions == {"accepted": 1, "returned": 1}
    assert [one.name for one in comparison.unmatched] == ["closed-outline"]
    assert [one.id for one in comparison.expired] == ["over"]


def test_without_known_findings_a_question_is_still_open() -> None:
    comparison = Comparison(Baseline("known.jsonl", "lesions", {"f1": entry()}), TODAY)
    record = comparison.compared(judged(finding(), finding(id="open", outcome="cannot-evaluate")))
    assert (record.verdict.decision, record.but_for_known) == ("returned", "unverified")
