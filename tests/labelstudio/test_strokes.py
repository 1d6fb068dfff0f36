"""Painted strokes are read out of a record before the rest is parsed, and what is read is the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.geometry.kernels.choice import installed, using
from guidelint.labelstudio.decoding import whole_payload
from guidelint.labelstudio.decoding.strokes import lean
from guidelint.labelstudio.decoding.whole_payload import WholeTask, read_whole, read_whole_task

if TYPE_CHECKING:
    from guidelint.geometry.kernels.choice import KernelSet

NUMBERS = [0, 0, 4, 57, 7, 10, 99, 100, 255, 249]
PAINTED = {"format": "rle", "rle": NUMBERS, "brushlabels": ["Nodule"]}


def record(*values: object, **parts: object) -> dict[str, object]:
    """Make a task with a painted item for each value; ``parts`` stand beside the annotations."""
    items = [{"type": "brushlabels", "id": f"r{number}", "value": value} for number, value in enumerate(values)]
    return {"id": 1, "annotations": [{"id": 2, "result": items}], "data": {"image": "a.png"}, **parts}


def compact(task: object) -> bytes:
    return json.dumps(task, separators=(",", ":")).encode()


def spaced(text: bytes) -> bytes:
    """Write blanks wherever JSON takes them."""
    return text.replace(b'"rle":[', b'"rle" \t:\r\n [ ').replace(b",255", b" ,\n255 ")


TWO = record(PAINTED, {**PAINTED, "rle": [1]})
READ_BEFORE = {
    "written closely": compact(TWO),
    "as Python writes it": json.dumps(TWO).encode(),
    "blanks around the key": compact(TWO).replace(b'"rle":', b'"rle" :\n\t'),
    "in a draft and in a prediction": compact(record(PAINTED, drafts=[PAINTED], predictions=[{"result": [PAINTED]}])),
    "the key within a text": compact(record(PAINTED, meta={"text": ['"rle":[7]', 'ends with \\"rle']})),
    "the name as a value": compact(record(PAINTED, project="rle")),
}
NOT_READ_BEFORE = {
    "nothing painted": compact(record({"points": [[1, 2]], "format": "rle"})),
    "no list": compact(record(PAINTED, {"rle": 0})),
    "a text": compact(record(PAINTED, {"rle": "0"})),
    "a number too large": compact(record(PAINTED, {"rle": [256]})),
    "a leading zero": compact(TWO).replace(b",57,", b",057,"),
    "a fraction": compact(record(PAINTED, {"rle": [1.5]})),
    "a list in a list": compact(record(PAINTED, {"rle": [[1], 2]})),
    "no number": compact(record(PAINTED, {"rle": []})),
    "a key that only reads so": compact(TWO).replace(b'"rle":[1]', rb'"\u0072le":0'),
    "the list never ends": compact(record(PAINTED))[: compact(record(PAINTED)).index(b",255")],
}
ELSEWHERE = {
    "in the data": compact(record(PAINTED, data={"rle": [7]})),
    "twice in one value": compact(record(PAINTED)).replace(b'"rle":[', b'"rle":[3],"rle":['),
    "in a note": compact(record(PAINTED)).replace(b'"id":"r0"', b'"meta":{"rle":[7]},"id":"r0"'),
}


def told(task: WholeTask | None) -> object:
    """Give all that was read but for drafts and predictions, and the numbers of every mask."""
    if task is None:
        return None
    values = [item.value for annotation in task.annotations for item in annotation.result]
    strokes = [value.stroke for value in values if bytes(value.rle).startswith(b"[")]
    return msgspec.json.encode((task.id, task.annotations, task.data, task.project)), strokes


@pytest.mark.parametrize("kernels", installed())
@pytest.mark.parametrize("text", READ_BEFORE.values(), ids=READ_BEFORE)
def test_what_is_read_before_is_what_would_be_read(text: bytes, kernels: KernelSet) -> None:
    with using(kernels):
        assert lean(text) is not None
        assert told(read_whole_task(text)) == told(read_whole(text, WholeTask)) is not None


@pytest.mark.parametrize("kernels", installed())
@pytest.mark.parametrize("text", NOT_READ_BEFORE.values(), ids=NOT_READ_BEFORE)
def test_what_is_no_list_of_bytes_is_left_where_it_stands(text: bytes, kernels: KernelSet) -> None:
    with using(kernels):
        assert lean(text) is None
        one, other = (msgspec.json.encode(task) for task in (read_whole_task(text), read_whole(text, WholeTask)))
        assert one == other


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_strokes_that_stand_elsewhere_are_not_taken_out(text: bytes) -> None:
    assert lean(text) is not None
    assert told(read_whole_task(text)) == told(read_whole(text, WholeTask)) is not None


@pytest.mark.parametrize("kernels", installed())
def test_unusual_blanks_are_read_in_the_end(kernels: KernelSet) -> None:
    with using(kernels):
        task = read_whole_task(spaced(compact(record(PAINTED))))
        assert task is not None
        assert task.annotations[0].result[0].value.stroke == bytes(NUMBERS)


def test_the_parser_sees_no_number_of_a_stroke(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def noted(raw: bytes, kind: type[WholeTask]) -> WholeTask | None:
        seen.append(raw)
        return read_whole(raw, kind)

    monkeypatch.setattr(whole_payload, "read_whole", noted)
    assert read_whole_task(compact(TWO)) is not None
    assert len(seen) == 1
    assert b'"rle":0,' in seen[0]
    assert b"57" not in seen[0]
