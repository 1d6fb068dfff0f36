"""Two lesions of one organ, five of a patient, the same at every time point: judged of an export, as RECIST says it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.delivery_file import SQUARE, Json, run, task

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = with_part("""\
classes:
  target:
    title: Target lesion
    definition: A lesion that is measured.
    draw: polygon
    count: {max: 2, per: patient, each: organ}
    rules: {same-objects-over-time: {}}
attributes:
  organ: {title: Organ, of: target, choose_one: {liver: Liver, lung: Lung}, required: true}
""")


def lesion(name: str, organ: str, at: float) -> list[Json]:
    """Outline a named lesion, and answer in which organ it lies."""
    base: Json = {"id": f"r-{name}", "to_name": "image", "original_width": 100, "original_height": 100}
    points = [[x + at, y] for x, y in SQUARE]
    outline = {"points": points, "closed": True, "polygonlabels": ["Target lesion"]}
    answer = {"points": points, "closed": True, "choices": [organ]}
    return [
        {**base, "type": "polygonlabels", "from_name": "polygon", "meta": {"text": [name]}, "value": outline},
        {**base, "type": "choices", "from_name": "organ", "value": answer},
    ]


def test_lesions_are_counted_for_each_organ_and_followed_over_time_points(tmp_path: Path) -> None:
    (tmp_path / "recist.yaml").write_text(GUIDELINE)
    four = [("T1", "Liver"), ("T2", "Liver"), ("T3", "Liver"), ("T4", "Lung")]
    drawn = [item for at, (name, organ) in enumerate(four) for item in lesion(name, organ, 20.0 * at)]
    facts: Json = {"PatientID": "P-1", "PixelSpacing": [1, 1]}
    tasks = [
        task(1, drawn, data={**facts, "ClinicalTrialTimePointID": "baseline"}),
        task(2, drawn[:6], data={**facts, "ClinicalTrialTimePointID": "week-8"}),
    ]
    (tmp_path / "export.json").write_text(json.dumps(tasks))
    result = run("check", str(tmp_path / "recist.yaml"), str(tmp_path / "export.json"), "--format", "json")
    (patient,) = (one for one in json.loads(result.stdout)["records"] if one["subject"]["kind"] == "patient")
    assert (patient["decision"], result.exit_code) == ("returned", 1)
    counted, missing = (one["message"] for one in patient["findings"])
    assert (
        counted == "of this patient 3 objects are marked as Target lesion whose Organ is Liver; no more than 2 may be"
    )
    assert missing == "it is marked at baseline, but not at week-8"
