"""What `<Labels>` beside `<Rectangle>` stores: two items per region, the shape in one and the class in the other."""

from __future__ import annotations

from tests.labelstudio.chest import chest
from tests.labelstudio.chest_reading import Item, answers, item_of, judged, read

BOX: Item = {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0}
SHAPE = item_of("r1", "rectangle", "rectangle", BOX)
CLASS = item_of("r1", "label", "labels", {**BOX, "labels": ["mass"]})


def test_both_items_are_one_region_with_its_class_and_tool() -> None:
    (region,) = read(chest(), [SHAPE, CLASS]).regions
    assert (region.class_name, region.tool, region.number) == ("mass", "rectangle", 1)


def test_a_guideline_that_has_no_such_control_says_so_rather_than_to_take_it_silently() -> None:
    found = judged(chest(), [SHAPE, CLASS, *answers(chest())])
    assert found.decision == "returned"
    (said,) = [finding for finding in found.findings if finding.rule == "known-control"]
    assert "label" in said.message


def test_a_shape_without_its_class_is_returned_for_the_class() -> None:
    found = judged(chest(), [SHAPE, *answers(chest())])
    assert [finding.rule for finding in found.findings] == ["labelled-region"]
