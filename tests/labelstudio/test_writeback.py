"""What Label Studio is told, and when nothing is to be told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from guidelint.labelstudio.writeback.columns import (
    BEING_READ,
    COLUMNS,
    KEYS,
    LIST_LENGTH,
    VERDICT,
    WAITS_FOR,
    as_many_as_fit,
    guidelines_by_annotator,
    of_other_versions,
    waits_for_one,
)
from guidelint.labelstudio.writeback.judged import StandingAnnotation
from guidelint.labelstudio.writeback.write_back import (
    TaskState,
    WriteBack,
    aggregate_status,
    write_back_for,
    writeback_digest,
)
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.plan import Route
from guidelint.validation.judging.verdict import DECISIONS, Decision, Escalation, Verdict
from guidelint.validation.rule.says import MessagePart, readers_part
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUTES = {"specialist": Route(who="thoracic radiologist", readers=2), "board": Route(who="the board", readers=3)}


def reading(number: int, decision: Decision, *routes: str, requeued: bool = False) -> StandingAnnotation:
    subject = Subject("submission", task="1", annotation=str(number))
    escalations = tuple(Escalation(route, ()) for route in routes)
    verdict = Verdict(subject, "g 1.0.0", "d", "e", (), decision, escalations)
    return StandingAnnotation(
        number, number, f"2026-01-{number:02}", verdict, f"digest-{number}-{decision}", requeued=requeued
    )


def state(overlap: int = 1, *, is_labeled: bool = True, **data: Any) -> TaskState:
    return TaskState(data, overlap, is_labeled)


def applied(before: TaskState, plan: WriteBack) -> TaskState:
    """The task after a write-back."""
    after = replace(before, data=plan.data) if plan.data is not None else before
    return replace(after, overlap=plan.overlap, is_labeled=False) if plan.overlap else after


def test_the_whole_of_the_task_data_is_given_with_our_keys_merged_in() -> None:
    plan = write_back_for(state(image="a.png", gl_status="returned"), [reading(1, "accepted")], ROUTES)
    assert plan.data is not None
    assert set(plan.data) == {"image", *KEYS}
    assert plan.data["gl_status"] == "accepted"


readings_of_one_task = st.lists(
    st.tuples(
        st.sampled_from(DECISIONS), st.lists(st.sampled_from(["specialist", "board"]), unique=True), st.booleans()
    ),
    max_size=4,
)


@settings(deadline=None)
@given(readings_of_one_task, st.integers(1, 4), st.tuples(st.booleans(), st.booleans()))
def test_once_written_there_is_nothing_more_to_write(
    given_readings: list[tuple[Decision, list[str], bool]], overlap: int, flags: tuple[bool, bool]
) -> None:
    readings = [
        reading(number, decision, *routes, requeued=requeued)
        for number, (decision, routes, requeued) in enumerate(given_readings, 1)
    ]
    is_labeled, may_open = flags
    before = state(overlap, is_labeled=is_labeled, image="a.png")
    after = applied(before, write_back_for(before, readings, ROUTES, may_open=may_open))
    assert write_back_for(after, readings, ROUTES, may_open=may_open).silent
    assert after.data["image"] == "a.png"


Judged = tuple[Decision, list[str]]
judged = st.tuples(
    st.sampled_from([decision for decision in DECISIONS if decision != "skipped"]),
    st.lists(st.sampled_from(["specialist", "board"]), unique=True),
)


def told(verdicts: list[Judged], before: TaskState, *, may_open: bool = True) -> tuple[TaskState, WriteBack]:
    """The task after these verdicts on its readings."""
    readings = [reading(number, decision, *routes) for number, (decision, routes) in enumerate(verdicts, 1)]
    plan = write_back_for(before, readings, ROUTES, may_open=may_open)
    return applied(before, plan), plan


@settings(deadline=None, max_examples=examples(300))
@given(st.lists(st.tuples(judged, judged), min_size=1, max_size=3), st.integers(1, 4), st.booleans())
def test_while_a_further_reading_is_open_nothing_tells_one_verdict_from_another(
    pairs: list[tuple[Judged, Judged]],
    overlap: int,
    may_open: bool,  # noqa: FBT001 - drawn
) -> None:
    before = state(overlap, image="a.png")
    one, plan_one = told([pair[0] for pair in pairs], before, may_open=may_open)
    other, plan_other = told([pair[1] for pair in pairs], before, may_open=may_open)
    is_read_by_others = len(pairs) < min(one.overlap, other.overlap)
    opens_soon = plan_one.opening_waits and plan_other.opening_waits
    if is_read_by_others or opens_soon:
        seen = set(KEYS) - {WAITS_FOR} - (set() if is_read_by_others else {VERDICT})
        assert {key: one.data[key] for key in seen} == {key: other.data[key] for key in seen}
        assert one.data["gl_status"] == BEING_READ
        if asked(pair[0] for pair in pairs) == asked(pair[1] for pair in pairs):
            assert one.data[WAITS_FOR] == other.data[WAITS_FOR], "depends on nothing but who is asked"
    if len(pairs) < overlap:
        assert one == other, "those who read every task are not told that somebody else is asked as well"


def asked(verdicts: Iterable[Judged]) -> set[str]:
    """Routes that somebody is asked by."""
    return {route for decision, routes in verdicts if decision != "returned" for route in routes}


@settings(deadline=None)
@given(st.lists(judged, min_size=1, max_size=3), st.integers(1, 4))
def test_when_the_last_reading_is_in_all_is_told(verdicts: list[Judged], overlap: int) -> None:
    after, plan = told(verdicts, state(overlap, image="a.png"))
    if len(verdicts) >= after.overlap:
        assert after.data["gl_status"] == aggregate_status([reading(1, decision) for decision, _ in verdicts])
        assert after.data["gl_digest"]
    else:
        assert (after.data["gl_status"], plan.opening_waits) == (BEING_READ, False)


def test_who_is_asked_is_promised_until_all_have_read_and_then_named_as_asked() -> None:
    escalated: Judged = ("escalated", ["specialist"])
    soon, _ = told([escalated], state(image="a.png"), may_open=False)
    assert "A thoracic radiologist will look at this." in soon.data["gl_verdict_md"]
    after, _ = told([escalated, escalated], state(2, image="a.png"))
    assert "A thoracic radiologist was asked; all readings are in." in after.data["gl_verdict_md"]


def test_whoever_must_correct_their_own_work_is_told_what() -> None:
    """Nobody else may read it before it is corrected, whatever escalates in it."""
    after, _ = told([("returned", ["specialist", "board"])], state(image="a.png"))
    assert after.data["gl_status"] == "returned"
    assert "Returned" in after.data["gl_verdict_md"]


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        ((), ""),
        (("accepted", "skipped"), "accepted"),
        (("skipped",), "skipped"),
        (("accepted", "escalated"), "escalated"),
        (("escalated", "returned"), "returned"),
        (("returned", "unverified"), "returned"),
        (("escalated", "unverified"), "unverified"),
    ],
)
def test_the_gravest_decision_is_the_status(decisions: tuple[Decision, ...], status: str) -> None:
    readings = [reading(number, decision) for number, decision in enumerate(decisions, 1)]
    assert aggregate_status(readings) == status


@pytest.mark.parametrize(
    ("readings", "overlap"),
    [
        ([reading(1, "escalated", "specialist")], 2),
        ([reading(1, "escalated", "specialist", "board")], 3),
        ([reading(1, "escalated", "specialist"), reading(2, "accepted")], None),
        ([reading(1, "returned", "specialist")], None),
        ([reading(1, "unverified", "specialist")], 2),
        ([reading(1, "skipped")], None),
        ([reading(1, "escalated", "unheard-of")], None),
        ([reading(1, "escalated", "specialist", requeued=True)], None),
    ],
    ids=["one", "the larger", "read already", "returned first", "unverified", "skipped", "no route", "requeued"],
)
def test_a_task_is_opened_to_so_many_readers(readings: list[StandingAnnotation], overlap: int | None) -> None:
    assert write_back_for(state(), readings, ROUTES).overlap == overlap


def test_it_is_not_opened_before_its_time_and_says_so() -> None:
    plan = write_back_for(state(), [reading(1, "escalated", "specialist")], ROUTES, may_open=False)
    assert (plan.overlap, plan.opening_waits) == (None, True)
    assert plan.data is not None
    assert "radiologist" in plan.data["gl_verdict_md"]


def test_more_readers_than_asked_for_stay() -> None:
    plan = write_back_for(state(overlap=5, is_labeled=False), [reading(1, "escalated", "specialist")], ROUTES)
    assert plan.overlap is None


def test_the_digest_tells_what_was_judged() -> None:
    one, other = reading(1, "accepted"), reading(2, "accepted")
    assert writeback_digest([one, other]) == writeback_digest([other, one])
    assert writeback_digest([one]) != writeback_digest([one, other])
    assert writeback_digest([one]) != writeback_digest([replace(one, digest="else")])
    assert writeback_digest([]) == ""


def by_length_and_letters(key: str) -> tuple[int, bytes]:
    """How PostgreSQL orders the keys of a JSON object, and so Label Studio its columns there."""
    return len(key), key.encode()


def test_columns_stand_in_the_order_that_a_manager_needs_in_both_databases() -> None:
    plan = write_back_for(state(image="a.png", patient="p-1"), [reading(1, "accepted")], ROUTES)
    assert plan.data is not None
    assert [key for key in plan.data if key in COLUMNS] == list(COLUMNS), "SQLite keeps the order of writing"
    assert sorted(COLUMNS, key=by_length_and_letters) == list(COLUMNS)


def test_columns_are_about_the_reading_that_gives_the_status() -> None:
    one = replace(reading(1, "escalated", "specialist"), annotator_name="Ana Lima")
    other = replace(reading(2, "accepted"), annotator_name="Ben Ode")
    plan = write_back_for(state(), [one, other], ROUTES)
    assert plan.data is not None
    shown = [plan.data[key] for key in COLUMNS]
    assert shown == [
        "escalated", "Escalated. A thoracic radiologist will look at this.", "", "Ana Lima", "g 1.0.0", ""
    ]  # fmt: skip
    assert "Accepted." in plan.data["gl_verdict_md"], "the banner speaks to who submitted last"


@pytest.mark.parametrize(
    ("name", "user", "shown"),
    [
        ("Ana Lima", 7, "Ana Lima"),
        ("", 7, "annotator 7"),
        ("", None, ""),
        ("firstname.lastname.department", 7, "firstname.lastnam…"),
    ],
)
def test_an_annotator_is_called_so_that_it_fits_the_column(name: str, user: int | None, shown: str) -> None:
    item = replace(reading(1, "accepted"), annotator_name=name, annotator=user)
    plan = write_back_for(state(), [item], ROUTES)
    assert plan.data is not None
    assert plan.data["gl_annotator"] == shown


def test_who_had_it_returned_stays_known_when_it_is_taken_out() -> None:
    before = state(gl_annotator="Ana Lima")
    plan = write_back_for(before, [reading(1, "returned", requeued=True)], ROUTES)
    assert plan.data is not None
    assert plan.data["gl_annotator"] == "Ana Lima"


@pytest.mark.parametrize(
    ("readings", "waits_for"),
    [
        ([reading(1, "escalated", "specialist")], "thoracic radiologist"),
        ([reading(1, "escalated", "board", "specialist")], "thoracic radiologist; the board"),
        ([reading(1, "escalated", "board", "specialist"), reading(2, "accepted")], "the board"),
        ([reading(1, "escalated", "specialist"), reading(2, "accepted")], ""),
        ([reading(1, "escalated", "coordinator")], "Project coordinator"),
        ([reading(1, "escalated", "coordinator", "specialist")], "thoracic radiologist"),
        ([reading(1, "escalated", "coordinator", "specialist"), reading(2, "accepted")], "Project coordinator"),
        ([reading(1, "returned", "coordinator", "specialist")], ""),
        ([reading(1, "accepted")], ""),
    ],
)
def test_it_is_told_who_is_asked_to_read_or_to_look(readings: list[StandingAnnotation], waits_for: str) -> None:
    routes = {**ROUTES, "coordinator": Route(who="Project coordinator", readers=1)}
    plan = write_back_for(state(), readings, routes)
    assert plan.data is not None
    assert plan.data["gl_waits_for"] == waits_for


def test_a_task_is_found_by_each_who_is_asked_and_by_nobody_else() -> None:
    value = "Thoracic radiologist; the board (C.T.); Head"
    found = ("Thoracic radiologist", "the board (C.T.)", "Head")
    assert all(re.search(waits_for_one(who), value) for who in found)
    assert not any(re.search(waits_for_one(who), value) for who in ("radiologist", "Thoracic", "the board", "Hea"))


@given(st.lists(st.text("abcdefghij-", min_size=1, max_size=30), min_size=1, max_size=12))
def test_rules_are_named_whole_and_the_others_counted(names: list[str]) -> None:
    text = as_many_as_fit(names)
    *named, last = text.split(", ")
    more = int(last[1:].split()[0]) if last.endswith(" more") else 0
    shown = named if more else [*named, last]
    assert shown == names[: len(shown)]
    assert len(shown) + more == len(names)
    assert len(text) <= LIST_LENGTH or len(shown) == 1


def disagreement() -> Verdict:
    parts = (MessagePart("they disagree: "), readers_part(("1", "2"), {}))
    found = Finding("f", "overlap-agreement", "areas", "departs", "error", parts, "", (), {}, "", names_all=True)
    return Verdict(Subject("task", task="1"), "g 1.0.0", "d", "e", (found,), "returned")


def banner_on(*readings: StandingAnnotation, readers: int = 2) -> str:
    desired = write_back_for(state(overlap=readers), readings, ROUTES, (disagreement(),)).data
    return "" if desired is None else desired["gl_verdict_md"]


def test_who_disagrees_is_called_by_name_once_nobody_else_is_to_read() -> None:
    one = replace(reading(1, "accepted"), annotator_name="Ann Lee")
    other = replace(reading(2, "accepted"), annotator_name="Bob <b>")
    assert "They disagree: <b>Ann Lee and Bob &lt;b&gt;</b>" in banner_on(one, other)
    assert "They disagree: <b>annotator 1 and Bob" in banner_on(replace(one, annotator_name=""), other)


def test_nobody_is_named_while_somebody_else_is_to_read() -> None:
    one = replace(reading(1, "accepted"), annotator_name="Ann Lee")
    other = replace(reading(2, "escalated", "board"), annotator_name="Bob")
    plan = write_back_for(state(overlap=2), [one, other], ROUTES, (disagreement(),))
    assert plan.data is not None
    assert not [key for key in KEYS if "Ann" in str(plan.data[key]) or "Bob" in str(plan.data[key])]


def test_readings_under_several_versions_are_told_with_whose_they_are_and_found_by_version() -> None:
    later = reading(7, "returned")
    readings = [
        reading(3, "accepted"),
        replace(later, verdict=replace(later.verdict, guideline="g 2.0.0")),
        reading(5, "accepted"),
    ]
    data = write_back_for(state(overlap=3, image="a.png"), readings, ROUTES).data
    assert data is not None
    assert data["gl_guideline"] == "g 2.0.0 by 7; g 1.0.0 by 3, 5"
    assert guidelines_by_annotator(data["gl_guideline"]) == {"7": "g 2.0.0", "3": "g 1.0.0", "5": "g 1.0.0"}
    assert guidelines_by_annotator("g 2.0.0 by 7; g 1.0.0 by 7") == guidelines_by_annotator("g 1.0.0") == {}
    found = {
        told: bool(re.search(of_other_versions("g", "2.0.0"), told))
        for told in ("g 1.0.0", "g 2.0.0", "g 2.0.01", "other-g 1.0.0", "g 2.0.0 by 7; g 1.0.0 by 3", "")
    }
    assert [told for told, is_found in found.items() if is_found] == [
        "g 1.0.0",
        "g 2.0.01",
        "g 2.0.0 by 7; g 1.0.0 by 3",
    ]
