"""COCO: shapes, classes, image facts, annotators, and what cannot be read."""

from __future__ import annotations

import importlib
import io
import json
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from guidelint.annotation.decoding.decoder import Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.coco.decoder import DECODER
from guidelint.annotation.decoding.formats.coco.lists import lists
from guidelint.annotation.shape import KeyPoint, Malformed, Polygon, Raster, Rectangle
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.geometry.mask import MaskError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.decoding.decoder import Decoded
    from guidelint.annotation.region import Region

Json = dict[str, object]
oracle = importlib.import_module("pycocotools.mask")
VOCABULARY = Vocabulary(
    classes={
        "lesion": ClassEntry(title="Lesion", tools=("polygon", "brush"), labels=("Tumour",)),
        "left-eye": ClassEntry(title="Left eye", tools=("keypoint",), labels=("left_eye",)),
    }
)
IMAGE: Json = {"id": 1, "file_name": "a.png", "width": 40, "height": 30}
RING = [4.0, 5.0, 24.0, 5.0, 24.0, 25.0, 4.0, 25.0]


def decoded(document: Json | str, name: str = "reader-a.json") -> list[Decoded]:
    text = document if isinstance(document, str) else json.dumps(document)
    blocks = Blocks(io.BufferedReader(io.BytesIO(text.encode())), lambda _: None)
    return list(DECODER.records(Opened(Source(name), blocks, VOCABULARY)))


def file(
    *annotations: Json, images: Sequence[object] = (IMAGE,), categories: Sequence[object] = (), **more: object
) -> Json:
    known = categories or [{"id": 7, "name": "Tumour"}]
    return {"images": images, "annotations": annotations, "categories": known, **more}


def marked(**what: object) -> Json:
    return {"id": 12, "image_id": 1, "category_id": 7, **what}


def submission(document: Json, name: str = "reader-a.json") -> Submission:
    (task,) = (one for one in decoded(document, name) if isinstance(one, TaskRecord))
    (found,) = task.read()
    assert isinstance(found, Submission)
    return found


def region(**what: object) -> Region:
    (found,) = submission(file(marked(**what))).regions
    return found


def problems(document: Json) -> list[str]:
    return [one.reason for one in decoded(document) if isinstance(one, UnreadRecord)]


def test_an_outline_is_read_in_pixels_with_its_class_and_image() -> None:
    found = region(segmentation=[RING], bbox=[4, 5, 20, 20])
    assert (found.id, found.class_name, found.labels, found.image_shape) == ("12", "lesion", ("Tumour",), (30, 40))
    assert isinstance(found.shape, Polygon)
    assert found.mask.area_px == 400


def test_a_box_is_read_where_there_is_nothing_else() -> None:
    assert region(bbox=[4, 5, 20, 10], segmentation=[]).shape == Rectangle(4, 5, 20, 10)


def test_masks_are_those_of_pycocotools_packed_or_not() -> None:
    pixels = np.zeros((30, 40), np.uint8, order="F")
    pixels[3:17, 5:21] = 1
    pixels[8:9, 10:12] = 0
    packed = oracle.encode(pixels)
    runs = np.diff(np.flatnonzero(np.diff(np.concatenate([[2], pixels.T.reshape(-1), [2]]))))
    for counts in (packed["counts"].decode(), runs.tolist()):
        found = region(segmentation={"size": [30, 40], "counts": counts}).mask
        assert found.area_px == oracle.area(packed)


def test_several_outlines_are_one_region() -> None:
    found = region(segmentation=[RING, [30.0, 2.0, 38.0, 2.0, 38.0, 12.0, 30.0, 12.0]])
    assert found.mask.area_px == 480


def test_several_outlines_are_called_so_and_no_mask_that_somebody_painted() -> None:
    assert region(segmentation=[RING, [30.0, 2.0, 38.0, 2.0, 38.0, 12.0]]).called == "2 outlines in one annotation"
    assert region(segmentation=[RING]).called == "an outline"
    assert region(segmentation={"size": [30, 40], "counts": [1200]}).called == "a brush mask"


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({}, []),
        ({"bbox": [2, 2, 20, 20], "area": 400}, []),
        ({"bbox": [2, 2, 21, 21], "area": 441}, []),
        ({"bbox": [2, 2, 20, 25]}, ["bbox"]),
        ({"bbox": [2, 2, 20]}, ["bbox"]),
        ({"bbox": "2 2 20 20"}, ["bbox"]),
        ({"bbox": []}, []),
        ({"bbox": None, "area": None}, []),
        ({"area": 4}, ["area"]),
        ({"area": 600}, ["area"]),
        ({"area": "400"}, ["area"]),
        ({"bbox": [0, 0, 1, 1], "area": 1}, ["bbox", "area"]),
    ],
)
def test_what_should_follow_from_the_outline_is_told_where_it_does_not(beside: Json, told: list[str]) -> None:
    ring = [2, 2, 22, 2, 22, 22, 2, 22]
    facts = submission(file(marked(segmentation=[ring], **beside))).unread_facts
    assert [one.name for one in facts] == [f"the {key} of annotation 1 of the file" for key in told]


def test_what_does_not_follow_is_told_once_for_an_image_and_counted() -> None:
    marks = [{**marked(segmentation=[RING], area=1), "id": number} for number in range(3)]
    (fact,) = submission(file(*marks)).unread_facts
    assert fact.reason == ("it is not that of its outline, which is what is judged, nor that of 2 more on this image")


def test_a_box_that_is_alone_follows_from_nothing() -> None:
    assert submission(file(marked(bbox=[2, 2, 9, 9], area=1))).unread_facts == ()


def test_a_mask_of_another_size_is_of_another_image() -> None:
    found = region(segmentation={"size": [40, 30], "counts": [1200]})
    with pytest.raises(MaskError, match="30 × 40 pixels, and the image 40 × 30: it is of another image"):
        _ = found.mask


def test_points_are_regions_by_their_names() -> None:
    categories = [{"id": 7, "name": "Tumour", "keypoints": ["left_eye", "right_eye", "nose"]}]
    found = submission(file(marked(keypoints=[3, 4, 2, 0, 0, 0, 5, 6, 1]), categories=categories)).regions
    assert [(one.id, one.class_name, one.shape) for one in found] == [
        ("12/left_eye", "left-eye", KeyPoint(3, 4)),
        ("12/nose", "lesion", KeyPoint(5, 6)),
    ]


def test_facts_of_the_image_stand_with_the_image() -> None:
    found = submission(
        file(marked(bbox=[1, 1, 2, 2]), images=[{**IMAGE, "PixelSpacing": [0.5, 0.25], "Modality": "MR"}])
    )
    assert (found.image.rows, found.image.columns, found.image.modality) == (30, 40, "MR")
    assert found.regions[0].known_spacing.column_mm == 0.25


def test_the_annotator_is_whom_the_file_names_or_the_file() -> None:
    drawn = marked(bbox=[1, 1, 2, 2])
    assert submission(file(drawn), "/in/reader-b.json.gz").annotator == "reader-b"
    assert submission(file(drawn, info={"contributor": " Dr. Ng "})).annotator == "Dr. Ng"


def test_an_image_that_nothing_is_marked_on_has_no_annotation() -> None:
    (task,) = cast("list[TaskRecord]", decoded(file()))
    assert (task.task, task.annotations, list(task.read())) == ("a.png", 0, [])


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"segmentation": [[1.0, 2.0, 3.0]]}, "an outline has 3 numbers, which is odd"),
        ({"segmentation": [["a"]]}, "segmentation: [0][0] should be a number, found text"),
        ({"segmentation": [[]]}, "it has no vertex"),
        ({"segmentation": [[1e9, 0.0, 1.0, 1.0, 0.0, 1.0]]}, "a coordinate is more than"),
        ({"segmentation": {"size": [30, 40]}}, "segmentation: counts is missing"),
        ({"bbox": [1, 2, 3]}, "bbox has 3 numbers: x, y, width and height are needed"),
    ],
)
def test_numbers_that_make_no_shape_are_malformed_with_a_reason(what: Json, reason: str) -> None:
    shape = region(**what).shape
    assert isinstance(shape, Malformed)
    assert shape.reason.startswith(reason)


@pytest.mark.parametrize("size", [{"width": None}, {"height": "30"}, {"width": 0}])
def test_an_image_without_a_size_leaves_nothing_to_measure(size: Json) -> None:
    found = submission(file(marked(bbox=[1, 1, 2, 2]), images=[{**IMAGE, **size}])).regions[0]
    assert isinstance(found.shape, Malformed)
    assert found.size_problem.split()[0] in {"width", "height"}


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({}, "it has no segmentation, no keypoints and no bbox"),
        ({"keypoints": [1, 2]}, "keypoints has 2 numbers"),
        ({"keypoints": [0, 0, 0]}, "none of its keypoints is marked"),
        ({"category_id": [1]}, "category_id should be a whole number or text"),
    ],
)
def test_an_annotation_that_cannot_be_read_is_told_with_its_submission(what: Json, reason: str) -> None:
    found = submission(file(marked(**what), marked(id=13, bbox=[1, 1, 2, 2])))
    (unread,) = found.unreadable_items
    assert unread.reason.startswith(f"annotation 1 of the file: {reason}")
    assert [one.id for one in found.regions] == ["13"]


def test_more_than_can_be_measured_on_one_image_is_not_read() -> None:
    """A few bytes paint thousands of rows, and pairs of regions are compared."""
    large = {**IMAGE, "width": 9000, "height": 9000}
    document = file(*[marked(id=number, bbox=[1, 1, 8000, 8000]) for number in range(300)], images=[large])
    (task,) = cast("list[TaskRecord]", decoded(document))
    (reason,) = task.read()
    assert str(reason) == (
        "its 300 regions cross up to 2,400,300 rows of pixels; more than 2,000,000 on one image are not measured"
    )
    assert submission(file(marked(bbox=[1, 1, 8000, 8000]), images=[large])).regions[0].image_shape == (9000, 9000)


def test_a_category_that_is_not_there_is_a_label_that_nobody_knows() -> None:
    found = region(category_id=8, bbox=[1, 1, 2, 2])
    assert (found.class_name, found.labels) == (None, ("category 8",))


def test_what_lies_on_no_image_is_told() -> None:
    stray: list[Json] = [marked(image_id=9, bbox=[1, 1, 2, 2]), marked(image_id=None), {"image_id": []}]
    assert problems(file(*stray)) == [
        "annotation 2 of the file cannot be read: image_id is missing, so that nobody knows what it lies on",
        "annotation 3 of the file cannot be read: image_id should be a whole number or text, found a list",
        "annotation 1 of the file cannot be read: its image_id '9' is the id of no image",
    ]


def test_bad_images_and_categories_are_told_and_the_others_read() -> None:
    images = [{"file_name": "b.png"}, IMAGE, IMAGE, 5]
    document = file(marked(bbox=[1, 1, 2, 2]), images=images, categories=[{"id": 7}, {"id": 7, "name": "Lesion"}])
    assert problems(document) == [
        "category 1 of the file cannot be read: name is missing",
        "image 1 of the file cannot be read: it has no id that is a number or a text",
        "image 3 of the file cannot be read: its id 1 is that of an earlier image",
        "image 4 of the file cannot be read: it should be an object, found a whole number",
    ]
    assert submission(document).regions[0].class_name == "lesion"


def unread(document: Json | str) -> list[str]:
    """What is told of annotations that cannot be read, image by image."""
    tasks = [one for one in decoded(document) if isinstance(one, TaskRecord)]
    found = [one for task in tasks for one in task.read() if isinstance(one, Submission)]
    return [item.reason for one in found for item in one.unreadable_items]


def notes(document: Json) -> list[str]:
    tasks = [one for one in decoded(document) if isinstance(one, TaskRecord)]
    found = [one for task in tasks for one in task.read() if isinstance(one, Submission)]
    return [fact.name for one in found for fact in one.unread_facts]


@pytest.mark.parametrize(
    "turned", [{"attributes": {"rotation": 45.0}}, {"attributes": {"rotation": "x"}}, {"rotation": 9}]
)
def test_a_turned_box_is_unreadable(turned: Json) -> None:
    """Tools disagree about the unit, the direction and the point that it is turned about."""
    (reason,) = unread(file(marked(bbox=[1, 1, 9, 2], **turned)))
    assert reason.startswith("annotation 1 of the file: its bbox is turned (")
    assert "COCO does not say by which unit, which way and about which point" in reason
    assert unread(file(marked(segmentation=[RING], bbox=[1, 1, 9, 2], **turned))) == []


def test_a_box_that_is_said_to_be_upright_is_read() -> None:
    assert region(bbox=[4, 5, 20, 10], attributes={"rotation": 0.0}).shape == Rectangle(4, 5, 20, 10)


def test_attributes_are_told_once_for_the_file() -> None:
    drawn = [marked(id=n, image_id=n, bbox=[1, 1, 2, 2], attributes={"margin": "sharp", "rotation": 0}) for n in (1, 2)]
    images = [IMAGE, {**IMAGE, "id": 2, "file_name": "b.png"}]
    odd = marked(id=3, bbox=[9, 9, 2, 2], attributes=[1])
    assert notes(file(*drawn, images=images)) == ["the attribute margin"]
    assert notes(file(odd)) == ["what stands in attributes"]


def test_the_id_of_several_categories_is_the_label_of_none() -> None:
    categories = [{"id": 7, "name": "Lesion"}, {"id": 7, "name": "Tumour"}, {"id": 8, "name": "Lesion"}]
    document = file(marked(segmentation=[RING]), marked(id=13, category_id=8, bbox=[1, 1, 2, 2]), categories=categories)
    assert unread(document) == ["annotation 1 of the file: its category_id 7 is the id of several categories"]


def test_the_id_of_several_images_is_that_of_none() -> None:
    other = {**IMAGE, "file_name": "b.png"}
    document = file(marked(bbox=[1, 1, 2, 2]), images=[IMAGE, other, {**IMAGE, "id": 2}])
    why = "its id 1 is that of several images, so that nobody knows which was marked"
    assert problems(document) == [f"image {number} of the file cannot be read: {why}" for number in (1, 2)]
    assert [one.task for one in decoded(document) if isinstance(one, TaskRecord)] == ["a.png"]


def test_an_id_that_an_earlier_annotation_has_is_told() -> None:
    images = [IMAGE, {**IMAGE, "id": 2, "file_name": "b.png"}]
    drawn = [marked(bbox=[1, 1, 2, 2]), marked(image_id=2, bbox=[1, 1, 2, 2])]
    assert notes(file(*drawn, images=images)) == ["the id of annotation 2 of the file"]
    assert notes(file(drawn[0], {**drawn[1], "id": 13}, images=images)) == []


@pytest.mark.parametrize("key", ["images", "annotations", "categories", r"annot\u0061tions"])
def test_a_list_that_stands_twice_is_refused(key: str) -> None:
    whole = json.dumps(file(marked(bbox=[1, 1, 2, 2])))
    with pytest.raises(FormatError, match="stands twice, so that nobody knows which is meant"):
        decoded(f'{whole[:-1]}, "{key}": []}}')


@pytest.mark.parametrize("more", ['"category_id": 7', r'"c\u0061tegory_id": 8', '"bbox": [1, 1, 3, 3]'])
def test_an_annotation_with_a_key_twice_is_unreadable(more: str) -> None:
    text = json.dumps(file(marked(bbox=[1, 1, 2, 2], note='"bbox":')))
    assert unread(text) == []
    (reason,) = unread(text.replace('"category_id": 7', f'"category_id": 7, {more}'))
    assert "stands twice" in reason


def test_a_mask_with_a_key_twice_makes_no_shape() -> None:
    text = json.dumps(file(marked(segmentation={"size": [30, 40], "counts": [1200]})))
    twice = text.replace('"counts"', '"counts": [0, 1200], "counts"')
    assert isinstance(submission(json.loads(text)).regions[0].shape, Raster)
    (task,) = cast("list[TaskRecord]", decoded(twice))
    (found,) = cast("list[Submission]", list(task.read()))
    assert isinstance(found.regions[0].shape, Malformed)


@pytest.mark.parametrize("broken", [r'"\ud800"', "[" * 100_000 + "]" * 100_000, "{]", "[}"])
def test_a_broken_record_costs_only_itself(broken: str) -> None:
    whole = json.dumps(file(marked(segmentation=[RING]), marked(id=13, note="NOTE")))
    found = decoded(whole.replace('"NOTE"', broken))
    (reason,) = (one.reason for one in found if isinstance(one, UnreadRecord))
    assert reason.startswith("annotation 2 of the file cannot be read: ")
    (task,) = (one for one in found if isinstance(one, TaskRecord))
    (read,) = task.read()
    assert isinstance(read, Submission)
    assert [one.id for one in read.regions] == ["12"]


@pytest.mark.parametrize("records", [b"{}", b"[]", b"1", b'"a"'])
def test_a_file_of_too_many_records_is_refused(records: bytes) -> None:
    text = b'{"images": [], "categories": [], "annotations": [' + b",".join([records] * 50) + b"]}"
    assert len(lists(text, "a COCO file", most=60).annotations) == 50
    with pytest.raises(FormatError, match="more than 40 records, the most that are read of one file"):
        lists(text, "a COCO file", most=40)


def test_long_outlines_are_not_many_records() -> None:
    text = json.dumps(file(marked(segmentation=[RING * 20]))).encode()
    assert len(lists(text, "a COCO file", most=10).annotations) == 1


def test_too_many_keypoints_of_one_annotation_are_not_read() -> None:
    (reason,) = unread(file(marked(keypoints=[1, 1, 2] * 1001)))
    assert reason == (
        "annotation 1 of the file: it has 1,001 keypoints; more than 1,000 of one annotation are not read"
    )


@pytest.mark.parametrize(
    ("key", "lacking", "named"),
    [("segments_info", "", "panoptic"), ("caption", "categories", "captions"), ("video_id", "images", "for video")],
)
def test_other_kinds_of_coco_are_named(key: str, lacking: str, named: str) -> None:
    document = {name: part for name, part in file(marked(**{key: 1})).items() if name != lacking}
    with pytest.raises(FormatError, match=rf"it is COCO {named}.*Export it as COCO instances or keypoints"):
        decoded(document)
    assert submission(file(marked(bbox=[1, 1, 2, 2], **{key: 1}))).regions


def test_text_that_is_not_in_utf_8_is_told_once() -> None:
    text = json.dumps(
        file(images=[{**IMAGE, "file_name": "\N{LATIN SMALL LETTER A WITH DIAERESIS}.png"}]), ensure_ascii=False
    )
    blocks = Blocks(io.BufferedReader(io.BytesIO(text.encode("latin-1"))), lambda _: None)
    with pytest.raises(FormatError, match=r"it is not in UTF-8: a byte 0xE4.*Save it as UTF-8"):
        list(DECODER.records(Opened(Source("a.json"), blocks, VOCABULARY)))


@pytest.mark.parametrize("text", ['{"images": [', '{"images": {}, "annotations": [], "categories": []}', "[" * 5000])
def test_a_file_that_is_damaged_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="it begins like a COCO file, and is none"):
        decoded(text)


def test_a_file_that_was_cut_off_is_refused() -> None:
    whole = json.dumps(file(marked(bbox=[1, 1, 2, 2])))
    for end in range(30, len(whole), 17):
        with pytest.raises(FormatError):
            decoded(whole[:end])
