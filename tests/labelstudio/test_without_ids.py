"""Items without ids: what is one region, what is two, and what is about the image."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.labelstudio.payloads import item, submission

from guidelint.annotation.submission import RepeatedItem, Submission
from guidelint.rules.answers.required_attribute import RequiredAttribute
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

Item: TypeAlias = dict[str, object]
BOX: Item = {"x": 10, "y": 20, "width": 30, "height": 40}
MASS = {**BOX, "rectanglelabels": ["Mass"]}
SMOOTH: Item = {"choices": ["Smooth"]}
NEED_PARAMETERS = {"drawn-with-allowed-tool", "known-label"}
PLAN = plan_of(
    *(
        rule()
        for rule in catalogue().values()
        if rule.always and rule.id() not in {"drawn-with-allowed-tool", "known-label"}
    ),
    CountLimits(classes=("mass",), max=2),
    RequiredAttribute(attribute="margin", classes=("mass",)),
    RequiredAttribute(attribute="quality"),
)


def nameless(type_: str, control: str, value: Item, **more: object) -> Item:
    made = item(type_, control, value, **more)
    del made["id"]
    return made


def drawn(read: Submission) -> list[tuple[str | None, dict[str, tuple[object, ...]]]]:
    """Class and answers of each region."""
    return [(one.class_name, {name: said.values for name, said in one.answers.items()}) for one in read.regions]


def test_items_of_different_controls_and_equal_geometry_are_one_region() -> None:
    read = submission(
        nameless("rectangle", "box", BOX),
        nameless("labels", "kind", {**BOX, "labels": ["Mass"]}),
        nameless("choices", "margin", {**BOX, **SMOOTH}),
    )
    assert drawn(read) == [("mass", {"margin": ("smooth",)})]
    assert read.items_without_id == 3


def test_two_items_of_one_control_are_two_regions_each_with_the_answers_that_follow_it() -> None:
    box, smooth = nameless("rectanglelabels", "box", MASS), nameless("choices", "margin", {**MASS, **SMOOTH})
    assert drawn(submission(box, smooth, box)) == [("mass", {"margin": ("smooth",)}), ("mass", {})]
    assert drawn(submission(box, box, smooth)) == [("mass", {}), ("mass", {"margin": ("smooth",)})]
    assert [said for _, said in drawn(submission(box, box, smooth, smooth))] == [{"margin": ("smooth",)}] * 2


def test_an_answer_without_geometry_is_about_the_image_and_one_with_it_never_is() -> None:
    quality: Item = {"choices": ["Limited"]}
    read = submission(nameless("rectanglelabels", "box", MASS), nameless("choices", "quality", quality))
    assert {name: said.values for name, said in read.answers.items()} == {"quality": ("limited",)}
    assert drawn(read) == [("mass", {})]
    elsewhere = submission(nameless("choices", "quality", {**BOX, "x": 11, **quality}))
    assert (elsewhere.answers, len(elsewhere.regions)) == ({}, 1)


@pytest.mark.parametrize("id_", [None, "r1"])
@pytest.mark.parametrize("geometry", [{"x": 5}, {"x": "10", "y": 1}, {"points": [[1]]}])
def test_an_answer_about_a_region_that_cannot_be_told_is_unreadable(geometry: Item, id_: str | None) -> None:
    read = submission(item("choices", "quality", {**geometry, "choices": ["Limited"]}, id=id_))
    assert (read.answers, read.regions) == ({}, ())
    assert [unread.position for unread in read.unreadable_items] == [0]
    assert "geometry" in read.unreadable_items[0].reason


def test_equal_geometry_on_two_images_is_two_regions() -> None:
    read = submission(
        nameless("rectanglelabels", "box", MASS, item_index=0),
        nameless("labels", "kind", {**BOX, "labels": ["Mass"]}, item_index=1),
    )
    assert [region.item_index for region in read.regions] == [0, 1]


def test_one_item_twice_under_one_id_is_two_regions() -> None:
    read = submission(item("rectanglelabels", "box", MASS), item("rectanglelabels", "box", MASS))
    assert [(region.id, region.number) for region in read.regions] == [("r1", 1), ("r1", 2)]


def test_an_answer_or_a_relation_that_stands_twice_is_named() -> None:
    relation = {"type": "relation", "from_id": "r1", "to_id": "r1"}
    answer = item("choices", "margin", SMOOTH)
    read = submission(item("rectanglelabels", "box", MASS), answer, answer, relation, relation)
    assert read.repeated_items == (RepeatedItem(2, 1), RepeatedItem(4, 3))
    other = submission(answer, item("choices", "margin", {"choices": ["Spiculated"]}), {**answer, "id": "r2"})
    assert other.repeated_items == ()


def test_many_equal_boxes_without_ids_are_told_apart_in_one_pass() -> None:
    box, smooth = nameless("rectanglelabels", "box", MASS), nameless("choices", "margin", {**MASS, **SMOOTH})
    read = submission(*[box] * 3000, *[smooth] * 3000)
    assert len(read.regions) == 3000
    assert all(region.answers for region in read.regions)


SIDES = st.sampled_from([0, 10, 10.5, 95])
GEOMETRIES = st.fixed_dictionaries({"x": SIDES, "y": SIDES, "width": SIDES, "height": SIDES})
QUESTIONS = st.lists(
    st.sampled_from([("choices", "margin", SMOOTH), ("rating", "likely", {"rating": 2})]), unique_by=str
)
REGIONS = st.lists(st.tuples(GEOMETRIES, st.sampled_from(["Mass", "Tumour"]), QUESTIONS, st.booleans()), max_size=5)


def items(regions: list[tuple[Item, str, list[tuple[str, str, Item]], bool]]) -> list[Item]:
    """Write regions as Label Studio does: each by one or two controls, its answers after it with its geometry."""
    written: list[Item] = []
    for number, (geometry, label, questions, parted) in enumerate(regions):
        name = {"id": f"r{number}"}
        if parted:
            written.append(item("rectangle", "box", geometry, **name))
            written.append(item("labels", "kind", {**geometry, "labels": [label]}, **name))
        else:
            written.append(item("rectanglelabels", "box", {**geometry, "rectanglelabels": [label]}, **name))
        written += [item(type_, control, {**geometry, **said}, **name) for type_, control, said in questions]
    return written


def told(verdict: Verdict, without: str = "") -> tuple[str, Counter[tuple[object, ...]]]:
    """Give the decision, and every finding by what it says of which regions; some name items by their ids."""
    return verdict.decision, Counter(
        (one.rule, one.message if one.rule != "known-control" else "", tuple(ref.number for ref in one.regions))
        for one in verdict.findings
        if one.rule != without
    )


@settings(deadline=None, max_examples=examples(200))
@given(REGIONS, st.booleans())
def test_taking_all_ids_away_changes_no_verdict(
    regions: list[tuple[Item, str, list[tuple[str, str, Item]], bool]],
    rated: bool,  # noqa: FBT001
) -> None:
    """As long as nothing names another by its id (no relation, no parent) and the items of a region stand together."""
    named = items(regions) + ([item("choices", "quality", {"choices": ["Limited"]}, id="q")] if rated else [])
    unnamed = [{key: value for key, value in one.items() if key != "id"} for one in named]
    with_ids, without = judge(PLAN, submission(*named)), judge(PLAN, submission(*unnamed))
    assert told(with_ids) == told(without, "items-with-ids")
    assert sum(one.rule == "items-with-ids" for one in without.findings) == bool(named)
