from __future__ import annotations

import pytest

from guidelint.labelstudio.payload import AnnotationPayload, ItemPayload, LabelsPayload, PayloadError, TaskPayload, read


def test_parts_that_nobody_asked_for_are_skipped() -> None:
    task = read(b'{"id": 1, "annotations": [{"a": [1, 2]}], "data": {"image": "x"}, "meta": {"deep": {}}}', TaskPayload)
    assert task.id == 1
    assert [bytes(raw) for raw in task.annotations or ()] == [b'{"a": [1, 2]}']


def test_a_brush_stroke_stays_raw() -> None:
    item = read(b'{"type": "brushlabels", "value": {"rle": [1, 2, 3]}}', ItemPayload)
    assert bytes(item.value) == b'{"rle": [1, 2, 3]}'


def test_an_id_may_be_a_number_or_missing() -> None:
    assert [
        read(text, ItemPayload).key for text in (b'{"type":"a","id":7}', b'{"type":"a","id":"x"}', b'{"type":"a"}')
    ] == [
        "7",
        "x",
        "",
    ]


def test_labels_are_found_under_the_key_of_any_control() -> None:
    assert read(b'{"labels": ["a"], "vectorlabels": ["b", "c"], "x": 1}', LabelsPayload).delivered == ("a", "b", "c")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"result": {}}', "result should be a list, found an object"),
        (b'{"result": [], "was_cancelled": "no"}', "was_cancelled should be true or false, found text"),
        (b'{"result": [], "id": 1.5}', "id should be a whole number or text, found a number"),
        (b'{"result": [], "lead_time": 1e999}', "lead_time: number out of range"),
        (b'{"result": [NaN, 1', "this is not valid JSON: invalid character (byte 12)"),
        (b'{"result": [1,]}', "this is not valid JSON: trailing comma in array (byte 14)"),
    ],
)
def test_reasons_are_in_plain_words(raw: bytes, reason: str) -> None:
    with pytest.raises(PayloadError) as refusal:
        read(raw, AnnotationPayload)
    assert str(refusal.value) == reason
