"""Where a finding stands in the text of an export: SARIF and GitHub."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, SERIES, Json, region, run, task

from guidelint.annotation.decoding.files.text_point import Point, Span
from guidelint.checking.place import Place
from guidelint.cli.render.formats import github, sarif_location

if TYPE_CHECKING:
    from pathlib import Path

WIDE = "größer als 🫁 \u2028"
OPEN: Json = {"closed": False}


def items(name: str, **value: object) -> list[Json]:
    return region(name=name, **value)  # type: ignore[arg-type]


TASKS: tuple[Json, ...] = (
    task(1, items("a"), [*items("fine"), *items(f"open {WIDE}", **OPEN)], data={"note": WIDE}),
    task(2, [7, *items("b")], data={"note": WIDE * 100}),
    task(3, [{"id": "odd", "type": "rating", "from_name": "other", "to_name": "image"}, *items("c")]),
    task(4, items("d"), data={"PixelSpacing": None}),
    task(5, "none"),
    {"id": 6, "data": 5, "annotations": []},
    task(7, items("e", points=[[10.0, 10.0], [50.0, 10.0], [50.0, 50.0]]), data=SERIES),
)
FORMS = {
    "one line": json.dumps(TASKS, ensure_ascii=False),
    "one line, ASCII": json.dumps(TASKS),
    "indented": json.dumps(TASKS, ensure_ascii=False, indent=2),
    "with carriage returns": json.dumps(TASKS, ensure_ascii=False, indent="\t").replace("\n", "\r\n"),
    "an object a line": "\n".join(json.dumps(one, ensure_ascii=False) for one in TASKS),
}


def written(path: Path, name: str) -> str:
    result = run("check", GUIDELINE, str(path), "--format", name)
    assert result.exit_code == 1, result.output
    return result.stdout


def sarif_regions(path: Path, most: int | None = None) -> list[tuple[str, Json]]:
    """Give the name and place of every location, or of so many of each result."""
    (log,) = json.loads(written(path, "sarif"))["runs"]
    assert log["columnKind"] == "unicodeCodePoints"
    return [
        (f"{result['ruleId']} {name}", place["physicalLocation"]["region"])
        for result in log["results"]
        for place in result["locations"][:most]
        for name in [place["logicalLocations"][0]["fullyQualifiedName"]]
    ]


def by_characters(text: str, where: Json) -> str:
    start, length = where["charOffset"], where["charLength"]
    assert isinstance(start, int)
    assert isinstance(length, int)
    return text[start : start + length]


def character(text: str, line: object, column: object) -> int:
    """Tell how many characters stand before a line and column."""
    assert isinstance(line, int)
    assert isinstance(column, int)
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


EXPECTED = {
    "closed-outline 1/12/r-open größer als 🫁 \u2028": TASKS[0]["annotations"][1]["result"][2],  # type: ignore[index]
    "readable-items 2/21": 7,
    "known-control 3/31": TASKS[2]["annotations"][0]["result"][0],  # type: ignore[index]
    "calibrated-spacing 4/41": TASKS[3]["annotations"][0],  # type: ignore[index]
    "area-limits 4/41/r-d": TASKS[3]["annotations"][0]["result"][0],  # type: ignore[index]
    "diameter-limits 7/71/r-e": TASKS[6]["annotations"][0]["result"][0],  # type: ignore[index]
}


@pytest.mark.parametrize("packed", ["", "gzipped, with a byte order mark"], ids=lambda said: said or "plain")
@pytest.mark.parametrize("form", FORMS)
def test_a_result_points_at_its_item_else_its_annotation_else_its_task(
    form: str,
    packed: str,
    tmp_path: Path,
) -> None:
    text = FORMS[form]
    path = tmp_path / "export.json"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text.encode()) if packed else text.encode())
    found = sarif_regions(path)
    for name, meant in EXPECTED.items():
        wheres = [where for found_name, where in found if found_name == name]
        assert [json.loads(by_characters(text, where)) for where in wheres] == [meant] * len(wheres)
        assert wheres, name
    broken = [json.loads(by_characters(text, where)) for name, where in found if name.startswith("unreadable-record")]
    assert broken == [TASKS[4]["annotations"][0], TASKS[5]]  # type: ignore[index]
    (series,) = (where for name, where in found if name == "diameter-limits 1.2.3/7/71/r-e")
    assert text[series["charOffset"] :].startswith("{")  # type: ignore[index]
    assert json.JSONDecoder().raw_decode(text, series["charOffset"])[0] == TASKS[6]  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_lines_and_columns_say_the_same_as_characters(form: str, tmp_path: Path) -> None:
    text = FORMS[form]
    path = tmp_path / "export.json"
    path.write_text(text, encoding="utf-8", newline="")
    for _, where in sarif_regions(path):
        start = character(text, where["startLine"], where["startColumn"])
        end = character(text, where["endLine"], where["endColumn"])
        assert (start, end - start) == (where["charOffset"], where["charLength"])
    places = re.findall(r"^::\w+ file=[^:,]+,line=(\d+),col=(\d+),", written(path, "github"), re.MULTILINE)
    assert places == [(str(where["startLine"]), str(where["startColumn"])) for _, where in sarif_regions(path, 1)]


def test_an_id_shared_by_two_tasks_of_a_series_is_no_place(tmp_path: Path) -> None:
    paths = [tmp_path / "1.json", tmp_path / "2.json"]
    for path in paths:
        path.write_text(json.dumps(TASKS[6]))
    result = run("check", GUIDELINE, *map(str, paths), "--format", "sarif")
    (log,) = json.loads(result.stdout)["runs"]
    assert [set(place) for place in log["results"][-1]["locations"]] == [{"logicalLocations"}]


BEYOND = Point(2**33, 2**32, 1, 2**32 + 1)


def test_a_place_beyond_32_bits_is_left_out() -> None:
    place = Place("export.json", Span(BEYOND, BEYOND.after(b"{}")))
    assert "region" not in sarif_location.location(place, "1")["physicalLocation"]  # type: ignore[operator]
    assert github.place_text(place) == "file=export.json,line=1,"
    last = Point(0, 0, 2**31 - 1, 2**31 - 1)
    assert github.place_text(Place("a,b:c", Span(last, last))) == "file=a%2Cb%3Ac,line=2147483647,col=2147483647,"
