"""CVAT: shapes, answers, origins, and what cannot be read; nothing in the XML is expanded."""

from __future__ import annotations

import io
from typing import cast

import pytest

from guidelint.annotation.decoding.decoder import Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.cvat.decoder import DECODER
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Rectangle
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary

VOCABULARY = Vocabulary(
    classes={"lesion": ClassEntry(title="Lesion", tools=("polygon",))},
    attributes={
        "margin": AttributeEntry(title="Margin", kind="choice", per="region", options={"sharp": ("Sharp",)}),
        "quality": AttributeEntry(title="Quality", kind="choice", per="image", options={"good": ("Good",)}),
    },
)


def decoded(text: str) -> list[TaskRecord | UnreadRecord]:
    blocks = Blocks(io.BufferedReader(io.BytesIO(text.encode())), lambda _: None)
    return list(DECODER.records(Opened(Source("a.xml"), blocks, VOCABULARY)))


def file(inner: str, size: str = 'width="40" height="30"') -> str:
    image = f'<image id="0" name="a.png" {size}>{inner}</image>'
    return f'<?xml version="1.0"?>\n<annotations><version>1.1</version>{image}</annotations>'


def submission(inner: str) -> Submission:
    (task,) = cast("list[TaskRecord]", decoded(file(inner)))
    (found,) = task.read()
    assert isinstance(found, Submission)
    return found


def test_every_shape_is_read_in_pixels() -> None:
    found = submission(
        '<box label="Lesion" xtl="1" ytl="2" xbr="11" ybr="22"/>'
        '<polygon label="Lesion" points="1,1;9,1;9,9"/>'
        '<points label="Lesion" points="3,4;5,6"/>'
        '<ellipse label="Lesion" cx="9" cy="8" rx="3" ry="2"/>'
        '<polyline label="Lesion" points="1,1;9,1"/>'
    ).regions
    box, ring, first, second, oval, line = (one.shape for one in found)
    assert (box, first, second, oval) == (
        Rectangle(1, 2, 10, 20),
        KeyPoint(3, 4),
        KeyPoint(5, 6),
        Ellipse(9, 8, 3, 2),
    )
    assert isinstance(ring, Polygon)
    assert isinstance(line, Polygon)
    assert (ring.closed, line.closed, line.tool) == (True, False, "vector")
    assert {one.class_name for one in found} == {"lesion"}


def test_a_mask_lies_in_its_box() -> None:
    (found,) = submission('<mask label="Lesion" left="2" top="3" width="3" height="2" rle="1, 2, 3"/>').regions
    assert found.mask.area_px == 2
    assert found.mask.box is not None
    assert (found.mask.box.top, found.mask.box.left, found.mask.box.right) == (3, 3, 5)


def test_a_box_is_turned_about_its_middle() -> None:
    (found,) = submission('<box label="Lesion" xtl="0" ytl="0" xbr="10" ybr="10" rotation="90"/>').regions
    assert found.shape == Rectangle(10, 0, 10, 10, 90)


def test_answers_and_origins_are_read_and_other_attributes_told() -> None:
    found = submission(
        '<tag label="image"><attribute name="quality">Good</attribute></tag><tag label="x"/>'
        '<points label="Lesion" source="auto" points="1,1"><attribute name="margin">Sharp</attribute>'
        '<attribute name="age">7</attribute></points>'
    )
    assert found.answers["quality"].values == ("good",)
    assert found.regions[0].answers["margin"].values == ("sharp",)
    assert found.regions[0].origin == "prediction"
    assert [one.name for one in found.unread_facts] == ["the tag x", "the attribute age"]


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ('<polygon label="Lesion" points="1,1;9"/>', "points should be x,y;x,y"),
        ('<polygon label="Lesion"/>', "points should be x,y;x,y"),
        ('<box label="Lesion" xtl="1" ytl="2" xbr="nan" ybr="3"/>', "xbr should be a number"),
        ('<box label="Lesion" xtl="1" ytl="2" xbr="1"/>', "ybr is missing"),
        ('<mask label="Lesion" left="39" top="0" width="3" height="1" rle="3"/>', "the box of the mask does not lie"),
    ],
)
def test_numbers_that_make_no_shape_are_malformed_with_a_reason(inner: str, reason: str) -> None:
    shape = submission(inner).regions[0].shape
    assert isinstance(shape, Malformed)
    assert shape.reason.startswith(reason)


def test_what_is_not_known_is_told_with_its_submission() -> None:
    found = submission('<cuboid label="Lesion"/><points label="Lesion" points="1,1" source="cat"/>')
    assert [one.reason[:40] for one in found.unreadable_items] == [
        "<cuboid>: such an element is not read; b",
        "<points>: its source is 'cat'; one of ma",
    ]


def test_images_without_a_name_and_twice_are_told() -> None:
    inner = '<image name="a"/><image/><image name="a"/>'
    unread = [one.reason for one in decoded(f"<annotations>{inner}</annotations>") if isinstance(one, UnreadRecord)]
    assert unread == [
        "image 2 of the file has neither a name nor an id",
        "image 3 of the file has the name of an earlier one, a",
    ]


@pytest.mark.parametrize("tag", ["track", "polygon", "images"])
def test_what_lies_on_no_image_is_unreadable(tag: str) -> None:
    """A video is delivered in tracks; nothing that stands beside the images is passed over."""
    beside = f'<{tag} label="Lesion"><box frame="0"/><image name="b.png"/></{tag}>'
    found = decoded(
        file('<points label="Lesion" points="1,1"/>').replace("</annotations>", f"{beside * 2}</annotations>")
    )
    told = [(one.reason, one.repeats) for one in found if isinstance(one, UnreadRecord)]
    remedy = 'CVAT for video is not read: export the job as "CVAT for images 1.1"'
    reason = f"<{tag}> stands beside the images, where nothing of it is read. {remedy}"
    assert told == [(reason, False), (reason, True)]
    assert [one.task for one in found if isinstance(one, TaskRecord)] == ["a.png"]


def test_what_tells_of_the_job_is_no_mark() -> None:
    (found,) = decoded(file("").replace("<version>", "<meta><job><label/></job></meta><version>"))
    assert isinstance(found, TaskRecord)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><annotations/>', "it declares a document type or entities"),
        ("<annotations><image", "it is damaged or was cut off"),
        ("<annotations>" + "<a>" * 100, "its elements are nested more than 32 deep"),
        ("<other/>", "it is XML with the root <other>"),
    ],
)
def test_xml_that_is_damaged_or_would_grow_is_refused(text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        decoded(text)


def test_a_size_that_is_none_leaves_nothing_to_measure() -> None:
    (task,) = cast("list[TaskRecord]", decoded(file('<points label="Lesion" points="1,1"/>', 'width="x" height="3"')))
    (found,) = cast("list[Submission]", list(task.read()))
    assert found.regions[0].size_problem == "width is the text “x”, not a number"
