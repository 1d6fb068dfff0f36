"""The real defects of 60 LIDC-IDRI scans, each by one rule, and nothing else."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real_data
Json = dict[str, object]


@pytest.fixture(scope="module")
def records(real_data: Path) -> list[Json]:
    result = run("check", "lung-nodule-ct", str(real_data / "lidc" / "lidc_dev.json.gz"), "-f", "jsonl")
    assert result.exit_code == 1
    return [json.loads(line) for line in result.stdout.splitlines()]


def findings(records: list[Json], kind: str) -> Counter[tuple[str, str]]:
    """Count findings on submissions or series by rule and level."""
    return Counter(
        (finding["rule"], "escalates" if finding["escalates_to"] else finding["level"])
        for record in records
        if record["type"] == "verdict" and record["subject"]["kind"] == kind  # type: ignore[index]
        for finding in record["findings"]  # type: ignore[attr-defined]
    )


def test_every_real_defect_is_found_once_and_there_is_no_other_finding(records: list[Json]) -> None:
    assert findings(records, "submission") == {
        ("closed-outline", "error"): 3,
        ("well-formed-shape", "error"): 1,
        ("clean-vertices", "note"): 81,
        ("simple-outline", "error"): 93,
        ("diameter-limits", "escalates"): 99,
        ("attribute-in-range", "error"): 5,
        # two marks of one reader on one pixel of one slice (annotation 2222)
        ("no-duplicate-regions", "error"): 1,
        # not defects: every nodule rated 5 for malignancy goes to a senior reader
        ("answer-escalates", "escalates"): 431,
    }


def test_the_outlines_over_30_mm_belong_to_12_objects(records: list[Json]) -> None:
    assert findings(records, "series") == {("diameter-limits", "escalates"): 12}


def test_no_object_is_called_too_small_because_of_its_end_slices(records: list[Json]) -> None:
    kinds = {finding["kind"] for record in records for finding in record.get("findings", ())}  # type: ignore[attr-defined]
    assert "too-small" not in kinds


def test_every_submission_is_decided(records: list[Json]) -> None:
    totals = records[-1]
    assert totals["annotations"] == {
        "unverified": 0,
        "returned": 100,
        "escalated": 464,
        "accepted": 5588,
        "skipped": 0,
    }
    assert totals["unreadable"] == 0


def test_empty_readings_are_answers(real_data: Path, records: list[Json]) -> None:
    tasks = json.loads(gzip.decompress((real_data / "lidc" / "lidc_dev.json.gz").read_bytes()))
    empty = {str(one["id"]) for each in tasks for one in each["annotations"] if not one["result"]}
    decided = Counter(
        record["decision"]
        for record in records
        if record["type"] == "verdict" and record["subject"].get("annotation") in empty  # type: ignore[attr-defined]
    )
    assert decided == {"accepted": 2172}
