"""``check --legend``: a legend that no file was read by is told of as such."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from tests.cli.delivery_file import GUIDELINE, run, write_export

from guidelint.api import load

if TYPE_CHECKING:
    from pathlib import Path

OF_NO_USE = "Legend        values.csv was of no use: none of the files is a mask\n"


def legend(folder: Path) -> Path:
    path = folder / "values.csv"
    path.write_text("value,label\n1,Lesion\n", encoding="utf-8")
    return path


def test_a_legend_of_no_use_is_told_once_in_the_totals(tmp_path: Path) -> None:
    export = str(write_export(tmp_path))
    assert OF_NO_USE in run("check", GUIDELINE, export, "--legend", str(legend(tmp_path))).stdout
    assert "Legend " not in run("check", GUIDELINE, export).stdout
    counted = load(GUIDELINE).check(export, legend=legend(tmp_path)).totals.statistics
    assert counted["legend"] == {"from": "values.csv", "used": False}


def test_a_legend_by_which_a_mask_was_read_is_not(tmp_path: Path) -> None:
    Image.fromarray(np.eye(20, dtype=np.uint8)).save(tmp_path / "mask.png")
    paths = str(write_export(tmp_path)), str(tmp_path / "mask.png"), "--legend", str(legend(tmp_path))
    assert "was of no use" not in run("check", GUIDELINE, *paths).stdout
    told = json.loads(run("check", GUIDELINE, *paths, "-f", "json").stdout)["statistics"]
    assert told["legend"] == {"from": "values.csv", "used": True}
