"""A patient whose baseline nobody delivered, or somebody else has read: no response is taken for known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import Json, run, task

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = with_part("""\
images: {time_points: [baseline, visit-1, visit-2]}
classes:
  target: {title: Target lesion, definition: A lesion that is measured., draw: keypoint}
attributes:
  long: {title: Longest diameter, of: image, number: {min: 0, unit: mm}, required: true}
  sum: {title: Sum, of: study, number: {min: 0, unit: mm}, derive: {sum: long, entered: never}}
  response:
    title: Response
    of: patient
    choose_one: {grown: Grown, stable: Stable}
    derive:
      change_of: sum
      changes: {grown: {since_smallest_percent: {at_least: 20}}, stable: otherwise}
      entered: never
escalation:
  routes: {second: {who: Second radiologist, readers: 1}}
  when: {progression: {answer-escalates: {attribute: response, values: [grown]}, to: second, because: It is confirmed.}}
""")


def read(number: int, point: str, long: int, by: int = 1) -> Json:
    """Read one visit."""
    answer: Json = {"type": "number", "from_name": "long", "to_name": "image", "value": {"number": long}}
    facts: Json = {"PatientID": "P-1", "StudyInstanceUID": f"1.{number}", "StudyDate": f"2026010{number}"}
    annotations = [{"id": number, "completed_by": by, "result": [answer]}]
    return {**task(number, data={**facts, "ClinicalTrialTimePointID": point}), "annotations": annotations}


@pytest.mark.parametrize(
    ("tasks", "decisions"),
    [
        ([read(1, "baseline", 50), read(2, "visit-1", 80)], ["escalated"]),
        ([read(1, "baseline", 50), read(2, "visit-1", 80, by=2)], ["accepted", "unverified"]),
        ([read(2, "visit-1", 50), read(3, "visit-2", 30)], ["unverified"]),
    ],
    ids=["one reader", "two readers", "no baseline"],
)
def test_no_later_visit_passes_for_the_baseline(tmp_path: Path, tasks: list[Json], decisions: list[str]) -> None:
    (tmp_path / "visits.yaml").write_text(GUIDELINE)
    (tmp_path / "export.json").write_text(json.dumps(tasks))
    result = run("check", str(tmp_path / "visits.yaml"), str(tmp_path / "export.json"), "--format", "json")
    patients = [one for one in json.loads(result.stdout)["records"] if one["subject"]["kind"] == "patient"]
    assert sorted(one["decision"] for one in patients) == decisions
    messages = {told["message"] for one in patients if one["decision"] == "unverified" for told in one["findings"]}
    assert all("have one annotator read all time points of the patient" in message for message in messages)
    assert (result.exit_code == 0) == (set(decisions) == {"accepted"})
