from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.labelstudio.payloads import FOLDER

from guidelint.annotation.decoding.files.json_record import NotJsonError, read
from guidelint.labelstudio.decoding.payload import TaskPayload
from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import ExportError
from guidelint.labelstudio.exports.split import Piece, split

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.labelstudio.exports.export import TaskPiece


def task(number: int) -> bytes:
    """A task whose texts hold everything that a careless splitter would stumble over."""
    annotations = [{"id": number * 10, "result": [], "note": 'a"}, {\\'}]
    return json.dumps({"id": number, "annotations": annotations, "data": {"image": 'x{"\\'}}).encode()


def tasks(*numbers: int) -> bytes:
    return b"[" + b", ".join(task(number) for number in numbers) + b"]"


def pieces(text: bytes, block: int, limit: int = 2**20) -> list[Piece[TaskPayload]]:
    blocks = (text[start : start + block] for start in range(0, len(text), block))
    return list(split(blocks, lambda raw: read(raw, TaskPayload), limit))


def ids(found: Sequence[TaskPiece | Piece[TaskPayload]]) -> list[object]:
    return [piece.content.id if piece.content else piece.problem for piece in found]


UNCLOSED = "it is not closed: a quotation mark, bracket or brace is missing, and the next task begins inside it"
BLOCKS = pytest.mark.parametrize("block", [1, 7, 64, 10**6], ids=lambda size: f"blocks of {size}")


@BLOCKS
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(tasks(1, 2, 3), id="list"),
        pytest.param(json.dumps(json.loads(tasks(1, 2, 3)), indent=2).encode(), id="indented list"),
        pytest.param(json.dumps(json.loads(tasks(1, 2, 3)), indent=0).encode(), id="list with a line per value"),
        pytest.param(b"\n".join((task(1), task(2), task(3))), id="object per line"),
    ],
)
def test_every_task_is_found(text: bytes, block: int) -> None:
    assert ids(pieces(text, block)) == [1, 2, 3]


@BLOCKS
def test_one_task_is_enough(block: int) -> None:
    assert ids(pieces(task(1), block)) == [1]


@BLOCKS
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        pytest.param(task(2)[:-1], [UNCLOSED], id="brace missing"),
        pytest.param(task(2)[:40], [UNCLOSED], id="cut in a string"),
        pytest.param(task(2)[:-1] + b"]", [UNCLOSED], id="bracket for brace"),
        pytest.param(task(2).replace(b"x{", b'x{"'), [UNCLOSED], id="quotation mark not escaped"),
        pytest.param(
            task(2).replace(b'"annotations"', b"annotations"),
            ["this is not valid JSON: object keys must be strings (at its byte 10)"],
            id="key without quotation marks",
        ),
        pytest.param(task(2) + b"}", [2, "an object is needed here, found '}'"], id="brace too many"),
        pytest.param(b"3", ["an object is needed here, found '3'"], id="number"),
        pytest.param(b'"x{"', ["an object is needed here, found '\"x{\"'"], id="text"),
        pytest.param(b'{"id": [2], "data": {}}', [None], id="odd id"),
        pytest.param(
            b'{"id": 2, "annotations": 5}', ["annotations should be a list, found a whole number"], id="odd annotations"
        ),
    ],
)
def test_one_malformed_record_costs_no_other(bad: bytes, said: list[object], block: int) -> None:
    text = b"[" + b", ".join((task(1), bad, task(3), task(4))) + b"]"
    assert ids(pieces(text, block)) == [1, *said, 3, 4]


@BLOCKS
def test_a_malformed_record_is_named_by_position_and_byte(block: int) -> None:
    text = b"[" + task(1) + b"," + task(2)[:-1] + b"," + task(3) + b"]"
    found = pieces(text, block)
    assert [(piece.position, piece.offset) for piece in found] == [
        (1, 1),
        (2, 2 + len(task(1))),
        (3, text.index(task(3))),
    ]


@BLOCKS
def test_a_record_over_the_limit_is_left_out_with_the_limit_named(block: int) -> None:
    large = task(2).replace(b"x{", b"x" * 3 * 2**20)
    found = pieces(b"[" + task(1) + b"," + large + b"," + task(3) + b"]", max(block, 1000), limit=2**20)
    assert ids(found) == [1, "it is larger than 1 MiB, the most that is read of one task", 3]


@BLOCKS
def test_tasks_swallowed_by_a_record_over_the_limit_are_found(block: int) -> None:
    found = pieces(b"[" + task(1)[:-1] + b"," + b",".join(task(number) for number in range(2, 9)) + b"]", block, 400)
    assert ids(found)[1:] == list(range(2, 9))


@BLOCKS
def test_a_file_that_was_cut_off_says_so(block: int) -> None:
    assert ids(pieces(tasks(1, 2, 3)[:-20], block)) == [
        1,
        2,
        "the file ends before it does: it was cut off",
        "the file ends before its list does: it was cut off",
    ]
    assert ids(pieces(tasks(1, 2)[:-1], block)) == [1, 2, "the file ends before its list does: it was cut off"]


def test_tasks_swallowed_by_an_unclosed_one_are_found_without_reading_on_to_the_limit() -> None:
    text = b"[" + task(1)[:-1] + b"," + b",".join(task(number) for number in range(2, 5000)) + b"]"
    assert ids(pieces(text, 4096)) == [UNCLOSED, *range(2, 5000)]


@pytest.mark.many
@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.text(), st.recursive(st.text() | st.integers(), st.lists, max_leaves=5), max_size=3)),
    st.integers(1, 50),
    st.booleans(),
)
def test_splitting_finds_what_a_parser_finds(records: list[dict[str, object]], block: int, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(records, ensure_ascii=ascii_only).encode()
    blocks = (text[start : start + block] for start in range(0, len(text), block))
    found = list(split(blocks, json.loads, 2**20))
    assert [piece.content for piece in found] == records
    assert all(not piece.problem for piece in found)


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"{", b"}", b'"', b"\\", b"[", b"]", b",", b"1", task(5)])), st.integers(1, 40))
def test_no_text_stops_the_splitting(parts: list[bytes], block: int) -> None:
    text = b"".join(parts)
    for piece in pieces(text, block):
        assert (piece.content is None) == bool(piece.problem)


def test_parsing_is_told_from_reading() -> None:
    with pytest.raises(NotJsonError):
        read(b"{", TaskPayload)


def test_a_recorded_export_is_read() -> None:
    found = list(read_export(FOLDER / "export_json.json"))
    assert ids(found) == [1, 2, 3, 4, 5, 6, 7]
    assert sum(len(piece.content.annotations or ()) for piece in found if piece.content) == 4


def test_a_gzipped_export_is_read_and_its_progress_told(tmp_path: Path) -> None:
    path = tmp_path / "export.json.gz"
    path.write_bytes(gzip.compress(tasks(1, 2)))
    told: list[int] = []
    assert ids(list(read_export(path, on_bytes=told.append))) == [1, 2]
    assert told[-1] == path.stat().st_size


def test_a_damaged_archive_gives_what_it_still_holds_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "export.json.gz"
    path.write_bytes(gzip.compress(tasks(*range(2000)), compresslevel=0)[:-50_000])
    found = list(read_export(path))
    assert found[0].content
    assert found[-1].problem.startswith("the compressed file is damaged or was cut off")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(b"\xef\xbb\xbf" + tasks(1))
    assert ids(list(read_export(path))) == [1]


def test_tasks_that_nobody_has_annotated_are_tasks(tmp_path: Path) -> None:
    path = tmp_path / "import.json"
    path.write_bytes(b'[{"id": 1, "data": {"image": "a.png"}}, {"data": {"image": "b.png"}, "annotations": []}]')
    assert [piece.problem for piece in read_export(path)] == ["", ""]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it cannot be read: No such file or directory"):
        list(read_export(tmp_path / "none.json"))
    with pytest.raises(ExportError, match="it cannot be read: Is a directory"):
        list(read_export(tmp_path))
