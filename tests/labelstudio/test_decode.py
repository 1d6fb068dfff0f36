from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest
from tests.labelstudio.payloads import VOCABULARY, item, submission

from guidelint.annotation.decoding.files import json_record
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Rectangle
from guidelint.annotation.submission import UnknownItem, UnreadableItem
from guidelint.geometry.spacing import Spacing
from guidelint.labelstudio.decoding import shapes
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.labelstudio.decoding.payload import MAX_ITEMS

SQUARE = {"points": [[10, 10], [20, 10], [20, 30], [10, 30]], "closed": True, "polygonlabels": ["effusion"]}
BOX = {"x": 10, "y": 20, "width": 30, "height": 40, "rectanglelabels": ["Mass box"]}


def test_percent_become_pixels_of_the_stated_image() -> None:
    (box,) = submission(item("rectanglelabels", "box", {**BOX, "rotation": 90})).regions
    assert box.shape == Rectangle(20, 20, 60, 40, 90)
    assert box.image_shape == (100, 200)
    (oval,) = submission(item("ellipselabels", "ell", {"x": 50, "y": 50, "radiusX": 10, "radiusY": 10})).regions
    assert oval.shape == Ellipse(100, 50, 20, 10, 0)
    (point,) = submission(item("keypointlabels", "kp", {"x": 25, "y": 75, "width": 0.3})).regions
    assert point.shape == KeyPoint(50, 75)


def test_percent_rounded_by_an_export_hit_the_pixel_centre_again() -> None:
    value = {"points": [[35.8398, 79.0039], [36, 79], [36, 80]], "polygonlabels": ["effusion"]}
    (region,) = submission(item("polygonlabels", "poly", value, original_width=512, original_height=512)).regions
    assert region.outline is not None
    assert tuple(region.outline[0]) == (183.5, 404.5)


@pytest.mark.parametrize(
    ("points", "stated", "vertices", "closed"),
    [
        pytest.param([[0, 0], [9, 0], [9, 9]], True, 3, True, id="closed"),
        pytest.param([[0, 0], [9, 0], [9, 9]], None, 3, True, id="not stated, as in old exports"),
        pytest.param([[0, 0], [9, 0], [9, 9]], False, 3, False, id="open"),
        pytest.param([[0, 0], [9, 0], [9, 9], [0, 0]], False, 3, True, id="first vertex repeated: closed by hand"),
    ],
)
def test_whether_an_outline_is_closed(
    points: list[list[float]],
    stated: bool | None,  # noqa: FBT001
    vertices: int,
    closed: bool,  # noqa: FBT001
) -> None:
    (region,) = submission(item("polygonlabels", "poly", {"points": points, "closed": stated})).regions
    assert isinstance(region.shape, Polygon)
    assert (len(region.shape.points), region.shape.closed) == (vertices, closed)


def test_a_vector_is_an_outline_that_is_open_unless_stated() -> None:
    value = {"vertices": [{"id": "a", "x": 0, "y": 0}, {"id": "b", "x": 50, "y": 50, "isBezier": False}]}
    (region,) = submission(item("vectorlabels", "vec", value)).regions
    assert isinstance(region.shape, Polygon)
    assert (region.tool, region.shape.closed) == ("vector", False)
    assert np.array_equal(region.shape.points, [[0, 0], [100, 50]])


@pytest.mark.parametrize(
    ("type_", "control", "value", "reason"),
    [
        pytest.param("rectanglelabels", "box", {"x": 1, "y": 1, "width": 5}, "height is missing", id="half a box"),
        pytest.param(
            "rectanglelabels",
            "box",
            {**BOX, "x": "10"},
            "x should be a number, found text, NaN or Infinity",
            id="a number written as text",
        ),
        pytest.param("ellipselabels", "ell", {"x": 1, "y": 1, "radiusX": None}, "radiusX is missing", id="no radius"),
        pytest.param("polygonlabels", "poly", {"points": []}, "it has no vertex", id="no vertex"),
        pytest.param("polygonlabels", "poly", {"closed": True}, "points are missing", id="no points"),
        pytest.param(
            "polygonlabels",
            "poly",
            {"points": [[1, 1], [2, None]]},
            "y of vertex 2 should be a number, found nothing",
            id="half a vertex",
        ),
        pytest.param(
            "polygonlabels",
            "poly",
            {"points": [[1, 1], [2]]},
            "vertex 2: expected array of length 2",
            id="short vertex",
        ),
        pytest.param(
            "polygonlabels", "poly", {"points": 7}, "points should be a list, found a whole number", id="no list"
        ),
        pytest.param(
            "polygonlabels", "poly", {"points": [[1, 1], [1e9, 1]]}, "a coordinate is more than", id="beyond belief"
        ),
        pytest.param(
            "vectorlabels",
            "vec",
            {"vertices": [{"x": 1}]},
            "y is missing",
            id="half a vertex of a vector",
        ),
        pytest.param(
            "vectorlabels",
            "vec",
            {"vertices": [{"x": 1, "y": 1, "isBezier": True}]},
            "it has curved segments",
            id="curved",
        ),
        pytest.param("brushlabels", "lesion", {"format": "rle"}, "rle is missing", id="no stroke"),
        pytest.param("brushlabels", "lesion", {"format": "png", "rle": [1]}, "its format is 'png'", id="no rle"),
        pytest.param("bitmasklabels", "bm", {}, "imageDataURL is missing", id="no bitmask"),
    ],
)
def test_numbers_that_make_no_shape_are_malformed_with_a_reason(
    type_: str, control: str, value: dict[str, object], reason: str
) -> None:
    (region,) = submission(item(type_, control, value)).regions
    assert isinstance(region.shape, Malformed)
    assert region.shape.reason.startswith(reason)


@pytest.mark.parametrize(
    "size", [{"original_width": None}, {"original_height": 0}, {"original_width": 1e9}, {"original_height": 10.5}]
)
def test_a_region_without_a_believable_image_size_is_malformed(size: dict[str, object]) -> None:
    (region,) = submission(item("rectanglelabels", "box", BOX, **size)).regions
    assert region.image_shape == (0, 0)
    assert isinstance(region.shape, Malformed)
    assert region.shape.reason.startswith("the size of its image")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_never_stop_the_reading(number: str) -> None:
    raw = msgspec.json.encode(
        {"result": [item("rectanglelabels", "box", {**BOX, "x": 77}), item("rectanglelabels", "box", BOX, id="r2")]}
    )
    read = decode(raw.replace(b'"x":77', f'"x":{number}'.encode()), {}, VOCABULARY)
    first, second = read.regions
    assert isinstance(first.shape, Malformed)
    assert first.shape.reason in {"x should be a number, found text, NaN or Infinity", "x: number out of range"}
    assert isinstance(second.shape, Rectangle)


@pytest.mark.parametrize(
    ("others", "reads"), [((), []), (({"type": 7},), [shapes.Geometry])], ids=["all is well", "one item is broken"]
)
def test_geometry_is_read_once_however_many_answers_repeat_it(
    others: tuple[dict[str, object], ...], reads: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def noted(raw: msgspec.Raw, kind: type[shapes.Geometry]) -> shapes.Geometry:
        if kind is shapes.Geometry:
            read.append(kind)
        return json_record.read(raw, kind)

    monkeypatch.setattr(shapes, "read", noted)
    answers = [
        item("choices", "margin", {**SQUARE, "choices": ["Smooth"]}),
        item("rating", "likely", {**SQUARE, "rating": 2}),
        item("number", "long-axis", {**SQUARE, "number": 7.5}),
        item("textarea", "remark", {**SQUARE, "text": ["seen", "twice"]}),
    ]
    (region,) = submission(item("polygonlabels", "poly", SQUARE), *answers, *others).regions
    assert read == reads
    assert {name: answer.values for name, answer in region.answers.items()} == {
        "margin": ("smooth",),
        "malignancy": ("2",),
        "long-axis": (7.5,),
        "remark": ("seen", "twice"),
    }
    assert region.answers["malignancy"].delivered_type == "rating"
    assert region.answers["malignancy"].control == "likely"


def test_answers_before_their_region_belong_to_it() -> None:
    read = submission(item("choices", "margin", {"choices": ["Smooth"]}), item("polygonlabels", "poly", SQUARE))
    assert read.regions[0].answers["margin"].values == ("smooth",)
    assert read.answers == {}


def test_an_answer_without_a_region_is_about_the_image() -> None:
    read = submission(item("choices", "quality", {"choices": ["Limited", "unheard of"]}, id="q"))
    assert read.answers["quality"].values == ("limited", "unheard of")
    assert read.regions == ()


def test_a_taxonomy_answer_is_the_last_step_of_its_path_and_a_date_is_text() -> None:
    read = submission(
        item("taxonomy", "quality", {"taxonomy": [["Quality", "Limited"]]}, id="q"),
        item("datetime", "remark", {"datetime": "2026-01-02"}, id="d"),
    )
    assert read.answers["quality"].values == ("limited",)
    assert read.answers["remark"].values == ("2026-01-02",)


def test_a_region_whose_own_item_is_lost_is_drawn_from_its_answers() -> None:
    (region,) = submission(item("choices", "margin", {**SQUARE, "choices": ["Smooth"]})).regions
    assert isinstance(region.shape, Polygon)
    assert (region.labels, region.class_name) == ((), None)
    assert region.answers["margin"].values == ("smooth",)


def test_two_geometries_under_one_id_are_two_regions() -> None:
    read = submission(item("rectanglelabels", "box", BOX), item("rectanglelabels", "box", {**BOX, "x": 0}))
    assert [(region.id, region.number) for region in read.regions] == [("r1", 1), ("r1", 2)]


def test_a_separate_labels_control_names_the_region_that_another_draws() -> None:
    plain = {key: value for key, value in BOX.items() if key != "rectanglelabels"}
    read = submission(item("rectangle", "box", plain), item("labels", "kind", {**plain, "labels": ["Mass"]}))
    assert [(region.class_name, region.labels) for region in read.regions] == [("mass", ("Mass",))]


@pytest.mark.parametrize(
    ("labels", "class_name"),
    [
        (["mass"], "mass"),
        (["Mass"], "mass"),
        (["Mass box"], "mass"),
        (["Tumour"], None),
        (["Tumour", "Mass"], "mass"),
        ([], None),
    ],
    ids=["key", "title", "alias", "unknown", "several", "none"],
)
def test_labels_become_a_class_and_stay_as_delivered(labels: list[str], class_name: str | None) -> None:
    (region,) = submission(item("rectanglelabels", "box", {**BOX, "rectanglelabels": labels})).regions
    assert (region.class_name, region.labels) == (class_name, tuple(labels))


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(item("rectanglelabels", "bbox", BOX), id="unknown drawing control"),
        pytest.param(item("rectanglelabels", "poly", BOX), id="drawing control of another tool"),
        pytest.param(item("choices", "mood", {"choices": ["good"]}), id="unknown question"),
        pytest.param(item("pairwise", "margin", {"selected": "left"}), id="type that nobody asks for"),
    ],
)
def test_an_item_of_no_control_is_named(odd: dict[str, object]) -> None:
    read = submission(odd)
    assert read.unknown_items == (UnknownItem("r1", str(odd["from_name"]), "image", str(odd["type"])),)
    assert read.unreadable_items == ()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(7, "it should be an object, found a whole number", id="no object"),
        pytest.param(None, "it should be an object, found nothing", id="null"),
        pytest.param({"id": "r1"}, "type is missing", id="no type"),
        pytest.param({"type": 3}, "type should be text, found a whole number", id="type is a number"),
        pytest.param(item("choices", "margin", {}), "choices is missing", id="answer without an answer"),
        pytest.param(
            item("rating", "likely", {"rating": {"of": 5}}), "rating should be text or a number", id="odd rating"
        ),
        pytest.param(
            item("rectanglelabels", "box", {**BOX, "rectanglelabels": "Mass"}),
            "rectanglelabels should be a list, found text",
            id="labels are no list",
        ),
    ],
)
def test_one_bad_item_costs_no_other(bad: object, reason: str) -> None:
    read = submission(item("rectanglelabels", "box", BOX, id="a"), bad, item("polygonlabels", "poly", SQUARE, id="b"))
    assert [region.id for region in read.regions] == ["a", "b"]
    assert read.unreadable_items == (UnreadableItem(1, reason),)
    assert read.result_items == 3


def test_an_excluded_area_belongs_to_the_region_that_contains_it_best() -> None:
    def area(id_: str, left: float, right: float, label: str, name: str = "") -> dict[str, object]:
        value = {"points": [[left, 0], [right, 0], [right, 50], [left, 50]], "polygonlabels": [label]}
        return item("polygonlabels", "poly", value, id=id_, meta={"text": [name]} if name else {})

    far, near, hole = area("far", 0, 30, "effusion"), area("near", 40, 90, "effusion"), area("hole", 25, 60, "Vessel")
    first, second, third = submission(far, near, hole).regions
    assert (len(first.excluded), len(second.excluded), len(third.excluded)) == (0, 1, 0)
    assert second.mask.area_px < second.drawn_mask.area_px
    named = submission(area("far", 0, 30, "effusion", "n1"), near, area("hole", 25, 60, "Vessel", "n1")).regions
    assert (len(named[0].excluded), len(named[1].excluded)) == (1, 0)
    apart = submission(far, near, area("hole", 95, 99, "Vessel")).regions
    assert [len(region.excluded) for region in apart] == [0, 0, 0]


def test_spacing_follows_the_size_of_the_file_shown() -> None:
    data: dict[str, object] = {"meta": {"PixelSpacing": [0.5, 0.5]}, "Rows": 200, "Columns": 400}
    read = submission(item("rectanglelabels", "box", BOX), data=data)
    assert read.image.spacing == read.regions[0].spacing
    assert read.image.spacing == Spacing(
        1.0, 1.0, source="meta.PixelSpacing in the task data, rescaled from 400 × 200 to 200 × 100 pixels"
    )
    squeezed = submission(item("rectanglelabels", "box", BOX, original_width=100), data=data)
    assert squeezed.regions[0].spacing is None
    assert "not the same shape" in squeezed.regions[0].spacing_problem


@pytest.mark.parametrize(
    ("completed_by", "annotator"),
    [
        (5, "5"),
        ({"id": 5, "email": "a@b.c", "first_name": "A"}, "5"),
        (None, None),
        ("reader-1", "reader-1"),
        ([5], None),
    ],
)
def test_of_a_person_only_the_id_is_taken(completed_by: object, annotator: str | None) -> None:
    assert submission(completed_by=completed_by).annotator == annotator


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-23T03:27:43.5Z", datetime(2026, 11, 23, 3, 27, 43, 500000, tzinfo=UTC)),
        ("2026-11-23T05:27:43+02:00", datetime(2026, 11, 23, 3, 27, 43, tzinfo=UTC)),
        ("2026-11-23T03:27:43", datetime(2026, 11, 23, 3, 27, 43, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_are_utc(text: str | None, time: datetime | None) -> None:
    assert submission(created_at=text).submitted_at == time


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[]", "it should be an object, found a list"),
        (b"{}", "result is missing"),
        (b'{"result": null}', "result should be a list, found nothing"),
        (b'{"result": ', "this is not valid JSON"),
        (b"\xff\xfe", "this is not valid JSON"),
        (b'{"result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "it is nested too deeply"),
        (b'{"result": [' + b"1," * MAX_ITEMS + b"1]}", "its result has 100001 items"),
    ],
    ids=["list", "no result", "null", "cut", "binary", "deep", "too many items"],
)
def test_what_is_no_annotation_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(PayloadError, match=f"^{reason}"):
        decode(raw, {}, VOCABULARY)


def test_one_item_nested_too_deeply_is_one_unreadable_item() -> None:
    deep: object = 1
    for _ in range(400):
        deep = [deep]
    read = submission(item("choices", "margin", {"choices": [deep]}), item("rectanglelabels", "box", BOX, id="b"))
    assert [region.id for region in read.regions] == ["b"]
    assert len(read.unreadable_items) == 1
