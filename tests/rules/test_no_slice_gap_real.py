"""Real readings of LIDC-IDRI: the holes that ``no-slice-gap`` tells are those that the numbers of slices tell."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from guidelint.labelstudio.decoding.decoder import decode
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue
from guidelint.rules.volumes.no_slice_gap import NoSliceGap
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.fold import Fold

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real_data
SLICES_BETWEEN = [148, 149, 150]
"""Slices that one reader of one series left out of one outlined nodule."""


def left_out(tasks: list[dict[str, Any]]) -> list[int]:
    """Numbers of slices between the first and the last outline of each nodule of each reader that do not bear it."""
    on: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for task in tasks:
        for annotation in task["annotations"]:
            for item in annotation["result"]:
                if item["value"].get("polygonlabels") == ["Nodule >=3mm"]:
                    name = "".join(item["meta"]["text"])
                    key = (task["data"]["SeriesInstanceUID"], str(annotation["completed_by"]), name)
                    on[key].add(task["data"]["slice_index"])
    assert len(on) == 366
    return [number for numbers in on.values() for number in range(min(numbers), max(numbers)) if number not in numbers]


def test_the_only_hole_in_an_object_of_60_scans_is_found(real_data: Path) -> None:
    tasks = json.loads(gzip.decompress((real_data / "lidc/lidc_dev.json.gz").read_bytes()))
    vocabulary = compile_plan(find("lung-nodule-ct"), catalogue()).vocabulary
    fold = Fold(plan_of(NoSliceGap()))
    for task in tasks:
        for annotation in task["annotations"]:
            fold.add(decode(json.dumps(annotation).encode(), task["data"], vocabulary, str(task["id"])))
    findings = [finding for verdict in fold.verdicts() for finding in verdict.findings]
    assert [(one.kind, one.evidence["count"]) for one in findings] == [("unmarked", len(SLICES_BETWEEN))]
    assert left_out(tasks) == SLICES_BETWEEN
