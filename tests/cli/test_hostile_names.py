"""Names made to hurt whoever reads, stores or opens what a check writes."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.cli.delivery_file import GUIDELINE, Json, run

from guidelint.cli.render.format import FOR_FOLDERS, IN_TEXT, Format
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

HURTS = (
    "::stop-commands::x\n::add-mask::y\r\x1b]8;;http://evil\x1b\\##vso[task.setvariable variable=a]b ##[stop-commands]t"
    " ##teamcity[x] %0A]]>\u202e;=cmd|'/c calc'!A1"
)
TRIGGERS = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}")


def annotation(who: str) -> Json:
    size = {"original_width": 100, "original_height": 100, "to_name": HURTS}
    shape = {"points": [[1, 1], [20, 1], [20, 20]], "closed": False, "polygonlabels": [HURTS]}
    item = {"id": HURTS, "type": "polygonlabels", "from_name": HURTS, "value": shape, **size}
    return {"id": HURTS, "completed_by": who, "result": [item]}


def delivery(folder: Path) -> Path:
    path = folder / "::error file=x,line=1::e.json"
    people = (HURTS, "::error::q", "=1+1", "\N{FULLWIDTH EQUALS SIGN}1")
    annotations = [*map(annotation, people), {"id": 1}]
    path.write_text(json.dumps([{"id": HURTS, "project": 1, "data": {"image": HURTS}, "annotations": annotations}]))
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("written", IN_TEXT)
def test_no_format_hands_on_an_order(written: Format, tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(delivery(tmp_path)), "-f", written, "--server", "http://here")
    assert result.exit_code == 1
    said = result.stdout + result.stderr
    assert not {"\x1b", "\u202e"} & set(said)
    assert not any(order in said for order in ("##vso[", "##[", "##teamcity["))
    ours = ("::error ", "::warning ", "::notice ") if written == Format.GITHUB else ()
    assert all(line.startswith(ours) for line in said.splitlines() if line.strip().startswith("::"))


def test_documents_stay_sound(tmp_path: Path) -> None:
    path = str(delivery(tmp_path))
    records = json.loads(run("check", GUIDELINE, path, "-f", "json").stdout)["records"]
    assert records[0]["subject"]["task"] == HURTS
    ET.fromstring(run("check", GUIDELINE, path, "-f", "junit").stdout)  # noqa: S314 - our own


def test_no_cell_is_a_formula_however_cells_are_parted(tmp_path: Path) -> None:
    text = run("check", GUIDELINE, str(delivery(tmp_path)), "-f", "csv").stdout
    for separator in (",", ";"):
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
        assert len(cells) > 5
        assert not [cell for cell in cells if cell.lstrip().startswith(TRIGGERS)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
@pytest.mark.parametrize("written", Format)
def test_a_file_whose_name_is_no_text(written: Format, tmp_path: Path) -> None:
    into = ("-o", str(tmp_path.parent / "tables")) if written in FOR_FOLDERS else ()
    strange = os.fsencode(tmp_path) + b"/\xff\xfe.json"
    os.rename(delivery(tmp_path), strange)  # noqa: PTH104 - the name is bytes
    for named in (str(tmp_path), os.fsdecode(strange)):
        result = run("check", GUIDELINE, named, "-f", written, *into)
        assert result.exit_code == 1
        assert "fault of guidelint" not in result.output


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::x", "\\x3a:x"),
        ("  ::x", "  \\x3a:x"),
        ("a::b", "a::b"),
        ("##[x]", "\\x23#[x]"),
        ("# ## [x]", "# ## [x]"),
    ],
)
def test_orders_are_spelled_out_and_nothing_else(text: str, shown: str) -> None:
    assert visible(text) == shown
