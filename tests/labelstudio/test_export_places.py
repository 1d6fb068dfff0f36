"""Lines, columns and characters of an export, however its text is cut into blocks."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from guidelint.annotation.decoding.files.blocks import BLOCK_BYTES
from guidelint.annotation.decoding.files.json_record import read
from guidelint.annotation.decoding.files.text_point import Point
from guidelint.labelstudio.decoding.payload import TaskPayload
from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.split import Piece, split

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 400
WHOLE = json.dumps({"id": 1, "annotations": [{"id": 2, "result": [{"id": "é"}]}], "data": {"x": "€\n😀"}})
PARTS = (
    WHOLE,
    json.dumps(json.loads(WHOLE), ensure_ascii=False, indent=1),
    WHOLE[:-1],
    WHOLE.replace("id", "idé"),
    json.dumps({"id": 3, "annotations": [], "data": {"x": "é" * LIMIT}}, ensure_ascii=False),
    ",\n",
    "\r\n",
    " , ",
    "[",
    "]",
    "é7",
    '"',
    "}",
)


def point(text: bytes, byte: int) -> Point:
    """Tell a place the slow way."""
    before = text[:byte].decode()
    return Point(byte, len(before), 1 + before.count("\n"), len(before.split("\n")[-1]) + 1)


def pieces(text: bytes, block: int) -> list[Piece[TaskPayload]]:
    blocks = (text[start : start + block] for start in range(0, len(text), block))
    return list(split(blocks, lambda raw: read(raw, TaskPayload), LIMIT, places=True))


@settings(deadline=None, max_examples=examples(300))
@given(st.lists(st.sampled_from(PARTS), max_size=12), st.integers(1, 900))
def test_every_piece_has_its_place_whatever_the_blocks(parts: list[str], block: int) -> None:
    text = "".join(parts).encode()
    for piece in pieces(text, block):
        assert piece.text is not None
        assert piece.text.start == point(text, piece.offset)


def test_places_go_on_over_many_blocks(tmp_path: Path) -> None:
    tasks = [{"id": n, "annotations": [{"result": [{"id": f"r{n}"}]}], "data": {"x": "é" * n}} for n in range(2000)]
    text = json.dumps(tasks, ensure_ascii=False, indent="\t").encode()
    assert len(text) > 10 * BLOCK_BYTES
    plain, zipped, marked = tmp_path / "plain.json", tmp_path / "export.json.gz", tmp_path / "marked.json"
    plain.write_bytes(text)
    zipped.write_bytes(gzip.compress(text))
    marked.write_bytes(b"\xef\xbb\xbf" + text)
    for path in (plain, zipped, marked):
        spans = [piece.text.span(1, 1) for piece in read_export(path, places=True) if piece.text]
        assert len(spans) == len(tasks)
        for n in (0, 7, 1999):
            start = text.index(f'"r{n}"'.encode())
            assert spans[n].start == point(text, text.rindex(b"{", 0, start))
            assert spans[n].end == point(text, text.index(b"}", start) + 1)


def test_places_are_told_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(WHOLE)
    assert [piece.text for piece in read_export(path)] == [None]
