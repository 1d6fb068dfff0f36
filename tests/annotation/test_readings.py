"""What is kept of regions for later, and readings laid upon each other."""

from __future__ import annotations

import msgspec
import pytest

from guidelint.annotation.kept_region import KeptRegion, kept_region
from guidelint.annotation.laid_upon_each_other import Shown, pairs_of
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.rule.case import Case, Drawn, Handed

UNIT = Spacing(1.0, 1.0)


def kept(*drawn: Drawn, annotation: str = "7") -> tuple[KeptRegion, ...]:
    (submission,) = submissions_of(Case("", {}, (Handed(draws=drawn, annotation=annotation),)))
    return tuple(kept_region(region, submission) for region in submission.regions)


def test_a_kept_region_survives_being_written() -> None:
    (region,) = kept(Drawn(text=".##\n.#.", object_name="a", item_index=1))
    again = msgspec.json.decode(msgspec.json.encode(region), type=KeptRegion)
    assert again == region
    assert (again.mask.area_px, again.mask.shape, again.spacing) == (3, (2, 3), UNIT)
    assert (again.task, again.annotation, again.image, again.object_name) == ("1", "7", 1, "a")
    assert again.title == "Region 1 lesion of annotation 7"


def test_pixels_that_cannot_be_told_say_why() -> None:
    (region,) = kept(Drawn(text="##", undecodable="cut off"))
    assert (region.pixels, region.no_pixels) == (b"", "cut off")
    with pytest.raises(NotMeasurable, match="cut off"):
        _ = region.mask


def test_what_is_excluded_is_not_kept() -> None:
    (region,) = kept(Drawn(text="###", excluded=(Drawn(text=".#."),)))
    assert region.mask.area_px == 2


def test_every_two_readers_are_compared_and_nobody_with_themselves() -> None:
    shown = [
        Shown("7", "ann", kept(Drawn(text="##."))),
        Shown("8", "ann", ()),
        Shown("9", "bob", kept(Drawn(text=".##"))),
    ]
    pairs = list(pairs_of(shown, UNIT, 0.1))
    assert [(pair.one.annotation, pair.other.annotation) for pair in pairs] == [("7", "9"), ("8", "9")]
    assert {(pair.one.annotator, pair.other.annotator) for pair in pairs} == {("ann", "bob")}
    assert [pair.found.dice for pair in pairs] == [0.5, 0.0]
    assert [pair.matched for pair in pairs] == [1.0, 0.0]


def test_where_there_are_no_objects_there_is_no_share_of_them() -> None:
    (pair,) = pairs_of([Shown("7", "ann", ()), Shown("9", "bob", ())], UNIT, 0.1)
    assert (pair.matched, pair.found.dice) == (None, None)


def test_regions_of_one_object_are_one() -> None:
    shown = Shown(
        "7", "ann", kept(Drawn(text="#..", object_name="a"), Drawn(text="..#", object_name="a"), Drawn(text=".#."))
    )
    assert sorted(mask.area_px for mask in shown.objects) == [1, 2]
