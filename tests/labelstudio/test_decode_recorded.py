"""What a real Label Studio sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import fields as struct_fields
from tests.labelstudio.payloads import recorded

from guidelint.annotation.shape import Ellipse, Malformed, Polygon, Raster, Rectangle
from guidelint.annotation.submission import Relation
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

ALL = recorded("all_shapes")
BY_CLASS = {region.class_name: region for region in ALL.regions}


def test_every_shape_of_the_editor_becomes_a_region_numbered_as_the_editor_counts() -> None:
    assert [(region.number, region.title, region.tool) for region in ALL.regions] == [
        (1, "Region 1 Mass", "rectangle"),
        (2, "Region 2 Lymph node", "ellipse"),
        (3, "Region 3 Pleural effusion", "polygon"),
        (4, "Region 4 Nodule centre", "keypoint"),
        (5, "Region 5 Fissure line", "vector"),
        (6, "Region 6 Emphysema", "bitmask"),
        (7, "Region 7 Ground-glass nodule", "brush"),
        (8, "Region 8 Ground-glass nodule", "brush"),
    ]
    assert (ALL.unknown_items, ALL.unreadable_items) == ((), ())


def test_who_and_when() -> None:
    assert (ALL.task, ALL.annotation, ALL.annotator, ALL.lead_time_s) == ("1", "1", "1", 48.017)
    assert ALL.submitted_at == datetime(2026, 11, 23, 3, 27, 43, 758316, tzinfo=UTC)
    assert ALL.result_items == 12
    assert not ALL.skipped


def test_a_turned_box_is_in_pixels_before_it_is_turned() -> None:
    box = BY_CLASS["mass"].shape
    assert isinstance(box, Rectangle)
    assert (box.x, box.y, box.width, box.height) == (161.946, 288.976, 72.081, 57.962)
    assert box.rotation_deg == pytest.approx(69.39, abs=0.001)


def test_an_ellipse_has_radii_in_pixels() -> None:
    oval = BY_CLASS["node"].shape
    assert isinstance(oval, Ellipse)
    assert (oval.radius_x, oval.radius_y) == (28.981, 23.779)


def test_a_polygon_has_its_vertices_in_pixels_and_the_border_of_its_class() -> None:
    region = BY_CLASS["effusion"]
    assert isinstance(region.shape, Polygon)
    assert region.shape.closed
    assert np.allclose(region.shape.points[0], (352.232, 313.591))
    assert region.boundary == "outside"
    assert BY_CLASS["mass"].boundary == "inside"


def test_a_vector_without_vertices_is_malformed_with_its_reason() -> None:
    assert BY_CLASS["fissure"].shape == Malformed("vector", "it has no vertex")
    with pytest.raises(NotMeasurable, match="it has no vertex"):
        _ = BY_CLASS["fissure"].mask


def test_painted_masks_have_the_pixels_that_are_at_least_half_covered() -> None:
    assert isinstance(BY_CLASS["emphysema"].shape, Raster)
    assert BY_CLASS["emphysema"].mask.area_px == 2385
    assert ALL.regions[6].mask.area_px == 553
    assert ALL.regions[7].mask.area_px == 689


def test_answers_stand_with_their_region_under_option_keys() -> None:
    assert ALL.regions[6].answers["margin"].values == ("spiculated",)
    assert ALL.regions[7].answers["margin"].values == ("Lobulated",), "an option the guideline does not know"
    assert ALL.answers["quality"].values == ("limited",)


def test_note_relation_and_spacing() -> None:
    assert BY_CLASS["mass"].object_name == "meta note typed by annotator"
    assert ALL.relations == (Relation("Oy62AQQQFl", "ai2XZnsSKn"),)
    assert ALL.image.spacing == Spacing(0.7, 0.7, source="meta.PixelSpacing in the task data")
    assert BY_CLASS["mass"].spacing == ALL.image.spacing


def test_a_turned_viewer_changes_no_coordinate() -> None:
    turned = recorded("multi_image_rotated_view")
    assert [(region.image_rotation, region.item_index) for region in turned.regions] == [
        (0, 0),
        (90, 2),
        (90, 2),
        (90, 2),
    ]
    last = turned.regions[3].shape
    assert isinstance(last, Rectangle)
    assert (last.x, last.y) == (102.288, 358.569)
    assert turned.regions[2].mask.area_px == 247


def test_regions_remember_that_a_model_suggested_them() -> None:
    edited = recorded("prediction_edited")
    assert [region.origin for region in edited.regions] == ["prediction-changed", "prediction-changed"]
    assert edited.parent_prediction == 8


def test_a_skipped_annotation_is_skipped() -> None:
    assert recorded("skip").skipped


def test_an_empty_result_is_an_empty_submission() -> None:
    empty = recorded("empty_result")
    assert (empty.regions, empty.answers, empty.result_items, empty.skipped) == ((), {}, 0, False)
    assert (
        empty.image.spacing_problem
        == "the pixel spacing of the image is not known: the task data has no meta.PixelSpacing"
    )


@pytest.mark.parametrize(
    "name", ["all_shapes", "multi_image_rotated_view", "prediction_edited", "skip", "empty_result"]
)
def test_read_in_one_go_or_piece_by_piece_it_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = recorded(name)
    monkeypatch.setattr("guidelint.labelstudio.decoding.decoder.read_whole", never)
    pieces = recorded(name)
    assert [as_said(region) for region in whole.regions] == [as_said(region) for region in pieces.regions]
    assert replace(whole, regions=()) == replace(pieces, regions=())


def never(*_: object) -> None:
    """Read nothing in one go."""


def as_said(region: Region) -> tuple[object, ...]:
    """All of a region that can be compared."""
    facts = tuple(getattr(region, each.name) for each in struct_fields(type(region)) if each.name != "shape")
    outline = None if region.outline is None else region.outline.tolist()
    try:
        painted = region.mask.starts.tolist(), region.mask.stops.tolist()
    except NotMeasurable as error:
        painted = str(error), ""
    return *facts, region.tool, outline, painted
