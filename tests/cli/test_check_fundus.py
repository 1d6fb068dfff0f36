"""An eye that is graded by the library's guideline: what follows of its marks, checked from an export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import Json, run

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[float, float]


def item(kind: str, control: str, **value: object) -> Json:
    base: Json = {"id": f"{control}-{value}", "to_name": "image", "from_name": control, "type": kind}
    return {**base, "original_width": 1000, "original_height": 1000, "value": value}


def point(label: str, x: float, y: float) -> Json:
    return item("keypointlabels", "keypoint", x=x, y=y, width=0.3, keypointlabels=[label])


def outline(label: str, x: float, y: float) -> Json:
    around = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]
    return item("polygonlabels", "polygon", points=around, closed=True, polygonlabels=[label])


def answer(question: str, said: str) -> Json:
    return item("choices", question, choices=[said])


FOVEA = point("Fovea", 50, 50)
DISC = item("ellipselabels", "ellipse", x=70, y=50, radiusX=6, radiusY=6, ellipselabels=["Optic disc"])
ASKED = [answer("laser", "No")]
CORNERS: tuple[Place, ...] = ((5, 5), (55, 5), (5, 55), (55, 55))


def checked(folder: Path, grade: str | None, *marks: Json) -> str:
    """Check one annotation, in a line for each finding; without a grade the photograph cannot be read."""
    graded = [answer("readable", "Yes"), answer("grade", grade)] if grade else [answer("readable", "No")]
    result = [*marks, *ASKED, *graded]
    task = {"id": 1, "data": {}, "annotations": [{"id": 1, "completed_by": 7, "result": result}]}
    (folder / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    found = run("check", "diabetic-retinopathy-fundus@0.1.0", str(folder / "export.json"), "--format", "concise")
    return found.stdout.replace("\N{NO-BREAK SPACE}", " ")


def haemorrhages(*counts: int) -> list[Json]:
    """Mark so many in each quadrant, in rows of ten."""
    places = [
        (left + 4 * (at % 10), top + 4 * (at // 10))
        for (left, top), count in zip(CORNERS, counts, strict=True)
        for at in range(count)
    ]
    return [outline("Haemorrhage in the retina", x, y) for x, y in places]


@pytest.mark.parametrize(
    ("grade", "marks", "told"),
    [
        ("2", haemorrhages(21, 21, 21, 20), ""),
        ("2", haemorrhages(21, 21, 21, 21), "in each of 4 of 4 quadrants → Severe"),
        ("3", haemorrhages(20, 20, 20, 20), "80 × Haemorrhage in the retina → Moderate"),
        ("1", [outline("Hard exudate", 40, 50)], "1 × Hard exudate → Moderate"),
    ],
)
def test_the_grade_follows_from_the_marks_by_quadrant(grade: str, marks: list[Json], told: str, tmp_path: Path) -> None:
    found = checked(tmp_path, grade, FOVEA, DISC, *marks)
    assert ("Grade of retinopathy is answered" in found) == bool(told)
    assert told in found


@pytest.mark.parametrize(("x", "risk"), [(40, "High"), (20, "Low")])
def test_the_risk_of_oedema_goes_by_disc_diameters(x: float, risk: str, tmp_path: Path) -> None:
    found = checked(tmp_path, "2", FOVEA, DISC, outline("Hard exudate", x, 50))
    assert f"Risk of macular oedema is {risk}: " in found


def test_nothing_follows_of_a_photograph_that_cannot_be_read(tmp_path: Path) -> None:
    assert "macular oedema" not in checked(tmp_path, None)
    assert "Risk of macular oedema is None: " in checked(tmp_path, "0")


def test_without_the_disc_the_risk_of_oedema_cannot_be_told(tmp_path: Path) -> None:
    found = checked(tmp_path, "2", FOVEA, outline("Hard exudate", 40, 50))
    assert "no Optic disc is marked" in found
