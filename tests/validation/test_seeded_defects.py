"""Defects seeded into an export of mixed shapes are found, each by its own rule, and nothing else is."""

from __future__ import annotations

import gzip
import json
import warnings
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import ndimage
from tests.bench import strokes
from tests.bench.drawings import RULES
from tests.bench.exports import GUIDELINE, Defect, Export, write_export
from tests.cli.delivery_file import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.many

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


@pytest.mark.parametrize("border", ["smooth", "rough", "ragged"])
def test_strokes_are_antialiased_and_read_by_the_sdk_as_they_were_painted(border: strokes.Border) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        brush = pytest.importorskip("label_studio_sdk.converter.brush", exc_type=ImportError)
    alpha = strokes.organ(128, border, np.random.default_rng(0))
    painted = alpha >= strokes.HALF
    words = np.asarray(brush.decode_rle(list(strokes.rle(alpha)))).reshape(128, 128, 4)
    assert (words == alpha[:, :, None]).all()
    assert np.isin([0, 255], alpha).all()
    assert np.unique(alpha).size > 50
    assert ndimage.label(painted, np.ones((3, 3)))[1] == 1
    assert np.array_equal(ndimage.binary_fill_holes(painted), painted)
