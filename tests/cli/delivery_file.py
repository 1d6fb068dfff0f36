"""An export with one of everything, and a way to run the command on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from guidelint.cli.app import build_app

HERE = Path(__file__).parent
GUIDELINE = str(HERE / "lesions.yaml")
SQUARE = [[10.0, 10.0], [20.0, 10.0], [20.0, 20.0], [10.0, 20.0]]
HOSTILE = "=HYPERLINK(1)\x1b[31m\u202e%0A::stop,<&]]>"
"""A label that is a formula, colours a terminal, turns the writing, ends a command, and is no XML."""
Json = dict[str, object]


def run(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(build_app(arguments), list(arguments))


def told_as_json(*arguments: object) -> dict[str, Any]:
    """Run the command line in this process, and give what it tells a program."""
    ran = run(*map(str, arguments), "--format", "json")
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def region(
    points: list[list[float]] = SQUARE, *, rating: int = 1, label: str = "Lesion", name: str = "L1", **value: object
) -> list[Json]:
    """Make the items of one rated outline on an image of 100 × 100 pixels."""
    base: Json = {"id": f"r-{name}", "to_name": "image", "original_width": 100, "original_height": 100}
    shape: Json = {"points": points, "closed": True, **value}
    outline = {**base, "type": "polygonlabels", "from_name": "polygon", "meta": {"text": [name]}}
    answer = {**base, "type": "rating", "from_name": "malignancy"}
    return [{**outline, "value": {**shape, "polygonlabels": [label]}}, {**answer, "value": {**shape, "rating": rating}}]


def task(number: int, *results: object, data: Json | None = None, cancelled: bool = False) -> Json:
    """Make a task, one annotation per result, by annotators 101, 102, …"""
    annotations = [
        {"id": number * 10 + count, "completed_by": 100 + count, "result": result, "was_cancelled": cancelled}
        for count, result in enumerate(results, start=1)
    ]
    return {"id": number, "annotations": annotations, "data": {"PixelSpacing": [1.0, 1.0], **(data or {})}}


OPEN = [[10.0, 10.0], [20.0, 10.0], [20.0, 20.0], [10.0, 20.0]]
REPEATED = [*SQUARE[:2], *SQUARE[1:]]
LARGE = [[10.0, 10.0], [50.0, 10.0], [50.0, 50.0], [10.0, 50.0]]
SERIES: Json = {"SeriesInstanceUID": "1.2.3", "Rows": 100, "Columns": 100}

TASKS: tuple[Json, ...] = (
    task(1, region(), []),
    task(2, region(OPEN, closed=False), region(rating=3)),
    task(3, region(REPEATED)),
    task(4, region(label=HOSTILE, name="L2")),
    task(5, region(), data={"PixelSpacing": None}),
    task(6, [], cancelled=True),
    task(7, region(LARGE), data=SERIES),
    task(8, region(), data=SERIES),
    task(9, "no list of items"),
)


def write_export(folder: Path) -> Path:
    """Write an export in which record 4 is no JSON and one annotation is none."""
    records = [json.dumps(one) for one in TASKS]
    records.insert(3, '{"id": 99, annotations: []}')
    path = folder / "export.json"
    path.write_text("[" + ",\n".join(records) + "]", encoding="utf-8")
    return path
