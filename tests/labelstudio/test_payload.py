from __future__ import annotations

import pytest

from guidelint.annotation.decoding.files.json_record import PayloadError, read
from guidelint.labelstudio.decoding.payload import AnnotationPayload, ItemPayload, LabelsPayload, TaskPayload


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
    ("raw", "id_"),
    [(b"12", 12), (b'"t1"', "t1"), (b"12.0", "12"), (b"1.5", None), (b"[2]", None), (b"true", None), (b"null", None)],
)
def test_a_task_whose_id_is_odd_is_a_task_without_one(raw: bytes, id_: int | str | None) -> None:
    assert read(b'{"id": ' + raw + b', "data": {}}', TaskPayload).id == id_


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"result": {}}', "result should be a list, found an object"),
        (b'{"result": [NaN, 1', "this is not valid JSON: invalid character (at its byte 12)"),
        (b'{"result": [1,]}', "this is not valid JSON: trailing comma in array (at its byte 14)"),
    ],
)
def test_reasons_are_in_plain_words(raw: bytes, reason: str) -> None:
    with pytest.raises(PayloadError) as refusal:
        read(raw, AnnotationPayload)
    assert str(refusal.value) == reason
