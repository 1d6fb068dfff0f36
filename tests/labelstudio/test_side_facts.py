"""A side fact that cannot be read costs nothing else, and is named."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isnan

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.labelstudio.payloads import VOCABULARY, item, submission
from tests.labelstudio.test_decode_anything import JSON

from guidelint.annotation.shape import Rectangle
from guidelint.annotation.submission import Relation, Submission, UnreadableItem, UnreadFact
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.rules.structure.readable_facts import ReadableFacts
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.judge import judge

BOX = {"x": 95, "y": 1, "width": 50, "height": 5, "rectanglelabels": ["Mass"]}
PLAN = plan_of(ReadableFacts())


def boxed(**facts: object) -> Submission:
    return submission(item("rectanglelabels", "box", BOX), data={}, **facts)


def of_item(**facts: object) -> Submission:
    return submission(item("rectanglelabels", "box", BOX, **facts))


@pytest.mark.parametrize(
    ("fact", "value", "name", "read"),
    [
        ("lead_time", "12.5", "lead_time_s", 12.5),
        ("lead_time", 12, "lead_time_s", 12.0),
        ("id", 12.0, "annotation", "12"),
        ("id", "a-7", "annotation", "a-7"),
        ("task", 12.0, "task", "12"),
        ("completed_by", 5.0, "annotator", "5"),
        ("completed_by", {"id": 5.0}, "annotator", "5"),
        ("completed_by", " A@X.org ", "annotator", "a@x.org"),
        ("completed_by", "Reader A", "annotator", "Reader A"),
        ("parent_prediction", 8.0, "parent_prediction", 8),
        ("parent_prediction", "8", "parent_prediction", 8),
        ("was_cancelled", 0, "skipped", False),
        ("was_cancelled", 1, "skipped", True),
        ("was_cancelled", 0.0, "skipped", False),
        ("was_cancelled", None, "skipped", False),
        ("created_at", "2026-11-23", "submitted_at", datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_a_fact_of_another_type_that_says_the_same_is_read(fact: str, value: object, name: str, read: object) -> None:
    given = boxed(**{fact: value})
    assert getattr(given, name) == read
    assert given.unread_facts == ()
    assert [region.shape for region in given.regions] == [Rectangle(190, 1, 100, 5, 0)]


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [
        ("created_at", 1595345345, "a time like 2026-01-31T12:00:00Z is needed"),
        ("updated_at", "yesterday", "a time like 2026-01-31T12:00:00Z is needed"),
        ("created_at", "0001-01-01T00:00:00+23:59", "a time like 2026-01-31T12:00:00Z is needed"),
        ("lead_time", "long", "a number is needed, found 'long'"),
        ("lead_time", True, "a number is needed, found True"),
        ("lead_time", [1], "a number is needed, found [1]"),
        ("id", 1.5, "a whole number or a text is needed"),
        ("id", {"a": 1}, "a whole number or a text is needed"),
        ("task", False, "a whole number or a text is needed"),
        ("completed_by", {"email": "a@b.c"}, "a whole number or a text is needed"),
        ("completed_by", ["a@b.c"], "a whole number or a text is needed"),
        ("parent_prediction", 1.5, "a whole number is needed"),
        ("parent_prediction", "first", "a number is needed, found 'first'"),
    ],
)
def test_a_fact_that_cannot_be_read_is_left_out_and_named(fact: str, value: object, reason: str) -> None:
    given = boxed(**{fact: value})
    assert [region.shape for region in given.regions] == [Rectangle(190, 1, 100, 5, 0)]
    assert given.unread_facts == (UnreadFact(fact, reason),)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "[" * 300 + "]" * 300])
def test_a_number_that_is_none_costs_only_itself(number: str) -> None:
    raw = msgspec.json.encode({"lead_time": 77, "result": [item("rectanglelabels", "box", BOX)]})
    read = decode(raw.replace(b'"lead_time":77', f'"lead_time":{number}'.encode()), {}, VOCABULARY)
    assert [region.shape for region in read.regions] == [Rectangle(190, 1, 100, 5, 0)]
    assert [note.name for note in read.unread_facts] == ["lead_time"]
    assert read.lead_time_s is None


@pytest.mark.parametrize("value", ["no", "true", 2, 0.5, [], {"by": 3}])
def test_work_that_may_have_been_skipped_is_judged_and_never_accepted(value: object) -> None:
    given = boxed(was_cancelled=value)
    assert not given.skipped
    verdict = judge(PLAN, given)
    assert verdict.decision == "unverified"
    assert "whether the task was skipped is not known, was_cancelled cannot be read" in verdict.findings[0].message


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [
        ("image_rotation", "upside down", "a number is needed, found 'upside down'"),
        ("origin", 3, "one of manual, prediction, prediction-changed is needed"),
        ("origin", "robot", "one of manual, prediction, prediction-changed is needed"),
        ("parentID", [1], "a whole number or a text is needed"),
        ("id", {}, "a whole number or a text is needed"),
        ("meta", 3, "the text of a note is needed"),
        ("meta", {"text": 3}, "the text of a note is needed"),
    ],
)
def test_a_side_fact_of_an_item_costs_no_region(fact: str, value: object, reason: str) -> None:
    given = of_item(**{fact: value})
    assert [region.shape for region in given.regions] == [Rectangle(190, 1, 100, 5, 0)]
    assert given.unread_facts == (UnreadFact(fact, reason, 0),)
    assert given.unreadable_items == ()


def test_what_an_item_says_in_another_type_is_read() -> None:
    (region,) = of_item(image_rotation="90", parentID=7.0, id=12.0, score="high", readonly="no", hidden=3).regions
    assert (region.image_rotation, region.parent_id, region.id) == (90.0, "7", "12")
    (turned,) = of_item(image_rotation={}).regions
    assert isnan(turned.image_rotation)


@pytest.mark.parametrize("index", [-1, 1.5, "first", True, [0]])
def test_an_item_that_does_not_say_on_which_image_it_lies_is_unreadable(index: object) -> None:
    given = of_item(item_index=index)
    assert given.regions == ()
    assert [unread.position for unread in given.unreadable_items] == [0]
    assert "item_index" in given.unreadable_items[0].reason


def test_a_relation_needs_its_ends_and_no_labels() -> None:
    relation = {"type": "relation", "from_id": "a", "to_id": 7.0, "labels": "next to"}
    given = submission(relation, {**relation, "to_id": []})
    assert given.relations == (Relation("a", "7"),)
    assert given.unread_facts == (UnreadFact("labels", "a list of texts is needed", 0),)
    assert given.unreadable_items == (UnreadableItem(1, "to_id cannot be read: a whole number or a text is needed"),)


FACTS = ["id", "task", "completed_by", "was_cancelled", "lead_time", "created_at", "updated_at", "parent_prediction"]
ITEM_FACTS = ["id", "image_rotation", "origin", "meta", "parentID", "score", "readonly", "hidden", "labels"]


@pytest.mark.many
@settings(deadline=None, max_examples=examples(300))
@given(
    st.dictionaries(st.sampled_from(FACTS), JSON),
    st.dictionaries(st.sampled_from(ITEM_FACTS), JSON),
    st.sampled_from([None, "NaN", "1e999"]),
)
def test_no_side_fact_costs_the_region_and_none_is_passed_over(
    facts: dict[str, object], item_facts: dict[str, object], number: str | None
) -> None:
    raw = msgspec.json.encode(
        {"result": [item("rectanglelabels", "box", BOX, **item_facts)], "lead_time": None, **facts}
    )
    if number is not None:
        raw = raw.replace(b'"lead_time":null', f'"lead_time":{number}'.encode())
    given = decode(raw, {}, VOCABULARY)
    assert [region.shape for region in given.regions] == [Rectangle(190, 1, 100, 5, 0)]
    assert given.unreadable_items == ()
    odd = facts.get("created_at") is not None and given.submitted_at is None
    assert odd == any(note.name == "created_at" for note in given.unread_facts)
    unreadable = facts.get("was_cancelled") not in (None, True, False)
    assert bool(given.skip_problem) == unreadable
    verdict = judge(PLAN, given)
    if unreadable:
        assert verdict.decision == "unverified"
    elif not given.skipped:
        assert len(verdict.findings) == len(given.unread_facts)
