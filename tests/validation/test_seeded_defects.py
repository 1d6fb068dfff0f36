"""Defects seeded into an export of mixed shapes are found, each by its own rule, and nothing else is."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.bench.drawings import RULES
from tests.bench.exports import GUIDELINE, Defect, Export, write_export
from tests.cli.delivery_file import run

if TYPE_CHECKING:
    from pathlib import Path

TWENTY = Export(tasks=20, one_in=3, sides=(512, 512, 512, 1024))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Defect, ...]]:
    path = tmp_path_factory.mktemp("export") / "export.json"
    return path, write_export(path, TWENTY)


def test_check_finds_every_seeded_defect_and_nothing_else(seeded: tuple[Path, tuple[Defect, ...]]) -> None:
    path, defects = seeded
    result = run("check", str(GUIDELINE), str(path), "-f", "jsonl", "--quiet")
    verdicts = [line for line in map(json.loads, result.stdout.splitlines()) if line["type"] == "verdict"]
    found = {
        (verdict["subject"]["task"], verdict["subject"]["annotation"], finding["rule"], region["id"])
        for verdict in verdicts
        for finding in verdict["findings"]
        for region in finding["regions"]
    }
    assert len(verdicts) == 60
    assert found == {(one.task, one.annotation, one.rule, region) for one in defects for region in one.regions}


def test_every_rule_has_defects_to_find(seeded: tuple[Path, tuple[Defect, ...]]) -> None:
    counts = Counter(defect.rule for defect in seeded[1])
    assert set(counts) == set(RULES)
    assert sum(counts.values()) == 20


def test_the_same_numbers_give_the_same_bytes_compressed_or_not(
    seeded: tuple[Path, tuple[Defect, ...]], tmp_path: Path
) -> None:
    packed = tmp_path / "export.json.gz"
    assert write_export(packed, TWENTY) == seeded[1]
    assert gzip.decompress(packed.read_bytes()) == seeded[0].read_bytes()
