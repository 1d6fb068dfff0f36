"""Where a finding stands in the text of a COCO and a CVAT file: SARIF and GitHub."""

from __future__ import annotations

import gzip
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run
from tests.cli.test_check_places import by_characters, character

from guidelint.annotation.decoding.decoder import Decoder, Opened, RecordText
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.element_places import ElementPlaces
from guidelint.annotation.decoding.files.point_table import PointTable
from guidelint.annotation.decoding.files.safe_xml import elements
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.files.text_point import Point
from guidelint.annotation.decoding.formats.coco.decoder import DECODER as COCO
from guidelint.annotation.decoding.formats.cvat.decoder import DECODER as CVAT
from guidelint.annotation.vocabulary import Vocabulary
from guidelint.checking.record import Unread
from guidelint.cli.render.words.names import record_name
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.delivery_file import Json

WIDE = "größer als 🫁 \u2028"
RING = [10, 10, 30, 10, 30, 30, 10, 30]


def marked(number: int, image: int, category: int = 7, **more: object) -> Json:
    return {"id": number, "image_id": image, "category_id": category, "note": WIDE, **more}


IMAGES = [{"id": number, "file_name": f"{number}.png", "width": 100, "height": 100, "note": WIDE} for number in (1, 2)]
MARKS = [
    marked(21, 2, 8, segmentation=[RING]),
    marked(11, 1, segmentation=[RING]),
    marked(22, 2),
    marked(12, 1, 8, segmentation=[RING]),
    marked(3, 3, segmentation=[RING]),
]
DOCUMENT = {
    "images": [*IMAGES, {"file_name": "no id"}],
    "note": WIDE * 9_000,
    "categories": [{"id": 7, "name": "Lesion"}, {"id": 8, "name": "Leison"}],
    "annotations": MARKS,
}
BROKEN_MARK = '{"id": 5, "image_id": 1, "category_id": 7'
COCO_FORMS = {
    "one line": json.dumps(DOCUMENT, ensure_ascii=False),
    "indented": json.dumps(DOCUMENT, ensure_ascii=False, indent=2).replace("\n", "\r\n"),
    "with a broken record": json.dumps(DOCUMENT, ensure_ascii=False).replace(
        '"annotations": [', f'"annotations": [{BROKEN_MARK} "note": "]"}}, '
    ),
}
SHAPES = (
    f'<box label="Lesion" xtl="10" ytl="10" xbr="30" ybr="30" note="/> {WIDE}"/>',
    f'<polygon label="Leison" points="10,10;30,10;30,30">\n{WIDE}/></polygon>',
    '<cuboid label="Lesion"></cuboid>',
    '<box label="Leison"\n xtl="40" ytl="40" xbr="60" ybr="60"><attribute name="a">7</attribute></box>',
)
IMAGE = '<image id="{0}" name="{0}.png" width="100" height="100">{1}</image>'
WORK = [IMAGE.format(number, (between := "\r\n  " * number) + between.join(SHAPES)) for number in (0, 1)]
UNNAMED = '<image width="1"/>'
XML = f"<annotations><!-- {WIDE}> -->{WORK[0]}{UNNAMED}\n{WIDE}{WORK[1]}<track id='0'><box/></track></annotations>"


def records(decoder: Decoder, text: bytes) -> list[RecordText]:
    blocks = Blocks(io.BufferedReader(io.BytesIO(text)), lambda _: None)
    opened = Opened(Source("a"), blocks, Vocabulary(classes={}), places=True)
    return [record.text for record in decoder.records(opened) if record.text is not None]


def cut(text: str, told: RecordText, item: int = 0, annotation: int = 1) -> str:
    span = told.span(annotation, item)
    found = text[span.start.character : span.end.character]
    assert text.encode()[span.start.byte : span.end.byte].decode() == found
    assert character(text, span.start.line, span.start.column) == span.start.character
    assert character(text, span.end.line, span.end.column) == span.end.character
    return found


@pytest.mark.parametrize("form", COCO_FORMS)
def test_an_image_of_coco_and_its_annotations_are_told_and_what_cannot_be_read(form: str) -> None:
    text = COCO_FORMS[form]
    found = records(COCO, text.encode())
    *broken, first, second, unnamed, stray = found
    assert [cut(text, one) for one in broken] == [f'{BROKEN_MARK} "note": "]"}}'] * (form == "with a broken record")
    assert [json.loads(cut(text, one)) for one in (first, second, unnamed, stray)] == [*DOCUMENT["images"], MARKS[4]]
    assert [json.loads(cut(text, first, item)) for item in (1, 2, 3)] == [MARKS[1], MARKS[3], IMAGES[0]]
    assert [json.loads(cut(text, second, item)) for item in (1, 2)] == [MARKS[0], MARKS[2]]
    assert json.loads(cut(text, second, 1, annotation=0)) == IMAGES[1]
    assert [second.item_named(1, name) for name in ("22", "7")] == [2, 0]
    assert second.start == second.span().start


@pytest.mark.parametrize("begin", ["", '<?xml version="1.0" encoding="UTF-8"?>\n'], ids=["bare", "declared"])
def test_an_image_of_cvat_and_its_shapes_are_told_and_what_cannot_be_read(begin: str) -> None:
    text = begin + XML
    first, unnamed, second, track = records(CVAT, text.encode())
    assert [cut(text, one) for one in (first, unnamed, second)] == [WORK[0], UNNAMED, WORK[1]]
    for one in (first, second):
        assert tuple(cut(text, one, item) for item in range(1, 5)) == SHAPES
    assert text[track.start.character :].startswith("<track")


def test_characters_of_cvat_in_another_encoding_are_its_bytes() -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-1"?>\n<annotations><!-- größer -->{UNNAMED}</annotations>'
    (found,) = records(CVAT, text.encode("latin-1"))
    assert found.start.character == text.index(UNNAMED)
    assert text[found.start.character : found.span().end.character] == UNNAMED


@pytest.mark.parametrize("size", [1, 7, 64])
def test_places_are_told_of_shapes_in_any_blocks_and_little_is_held(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    let_go = ElementPlaces.let_go

    def noted(self: ElementPlaces, byte: int) -> None:
        let_go(self, byte)
        held.append(self.held_bytes)

    monkeypatch.setattr(ElementPlaces, "let_go", noted)
    text = XML.replace(WORK[1], WORK[1].replace(SHAPES[0], SHAPES[0] * 100)).encode()
    blocks = (text[start : start + size] for start in range(0, len(text), size))
    found = [one.text for one in elements(blocks, "image", (), "annotations", "a file", places=True) if one.text]
    assert [cut(text.decode(), found[0], item) for item in range(1, 5)] == [*SHAPES]
    assert {cut(text.decode(), found[2], item) for item in range(1, 101)} == {SHAPES[0]}
    assert max(held) < 4 * len(SHAPES[0]) < len(text) / 10


def test_a_byte_is_told_where_the_format_counts_them() -> None:
    assert record_name(Unread("a.xml", "it cannot be read", position=2)) == "record 2"
    assert record_name(Unread("a.json", "it cannot be read", position=1, offset=0)) == "record 1 (byte 0)"
    assert record_name(Unread("a.json", "it cannot be read", position=2, offset=40)) == "record 2 (byte 40)"


def test_nothing_is_told_unasked() -> None:
    for decoder, text in ((COCO, COCO_FORMS["one line"]), (CVAT, XML)):
        blocks = Blocks(io.BufferedReader(io.BytesIO(text.encode())), lambda _: None)
        assert {one.text for one in decoder.records(Opened(Source("a"), blocks, Vocabulary(classes={})))} == {None}


def test_a_place_is_counted_from_any_step_on_in_any_order() -> None:
    text = ("ä\n🫁" * 20_000).encode()
    table = PointTable(text)
    for byte in (140_000, 16_385, 0, 16_384, 99_991):
        assert table.at(byte) == Point().after(text[:byte])


@pytest.mark.parametrize("packed", ["", "gzipped, with a byte order mark"], ids=lambda said: said or "plain")
@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("a.json", COCO_FORMS["indented"], [MARKS[3], MARKS[0], MARKS[2]]),
        ("a.xml", XML, [SHAPES[1], SHAPES[3], SHAPES[2]] * 2),
    ],
    ids=["coco", "cvat"],
)
def test_sarif_and_github_point_at_annotations_and_shapes(
    name: str, text: str, meant: list[object], packed: str, tmp_path: Path
) -> None:
    (tmp_path / "guideline.yaml").write_text(with_part("delivery: {formats: [coco, cvat]}\n"), encoding="utf-8")
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text.encode()) if packed else text.encode())
    command = ("check", str(tmp_path / "guideline.yaml"), str(path), "-f")
    told = [run(*command, kind).stdout for kind in ("sarif", "github")]
    results = [one for one in json.loads(told[0])["runs"][0]["results"] if one["ruleId"] in RULES]
    wheres = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    found = [by_characters(text, where) for where in wheres]
    assert [json.loads(one) if name == "a.json" else one for one in found] == meant
    lines = re.findall(r"^::\w+ file=[^:,]+,line=(\d+),col=(\d+),", told[1], re.MULTILINE)
    assert {(str(where["startLine"]), str(where["startColumn"])) for where in wheres} <= {*lines}


RULES = {"known-label", "readable-items"}
