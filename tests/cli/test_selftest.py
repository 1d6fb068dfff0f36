from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from math import nan
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import run

from guidelint.cli.selftest.installation import installation, sources_digest
from guidelint.geometry.kernels import choice, kept
from guidelint.geometry.known_answers.kit import KIT
from guidelint.geometry.measures import overlap
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.geometry.mask import Mask

TOTAL = sum(len(group.answers) for group in KIT)
KERNELS = choice.installed()
AT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")


@pytest.fixture(params=[80, 120], ids=["80 columns", "120 columns"])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    width: int = request.param
    monkeypatch.setenv("COLUMNS", str(width))
    return width


@pytest.fixture
def broken_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    true = overlap.intersection_px

    def one_too_many(one: Mask, other: Mask) -> int:
        return true(one, other) + 1

    monkeypatch.setattr(overlap, "intersection_px", one_too_many)


def test_everything_is_right_here() -> None:
    result = run("selftest")
    assert result.exit_code == 0
    for kernels in KERNELS:
        assert f"✓ {kernels}: {TOTAL} of {TOTAL} known answers within their tolerance" in result.stdout


def test_the_kernels_agree_or_their_absence_is_said() -> None:
    said = run("selftest").stdout
    assert (f"✓ base and fast agree on all {TOTAL}" in said) == (KERNELS == ("base", "fast"))
    assert ("pip install 'guidelint[fast]' adds compiled ones" in said) == (KERNELS == ("base",))


def test_the_head_says_what_a_quality_file_needs() -> None:
    head = run("selftest").stdout.split("Masks")[0]
    here = installation()
    for said in (engine_version(), here.sources_sha256, here.python, here.processor, choice.chosen_name(), "numpy"):
        assert said in head
    assert AT.search(head)


def test_the_table_fits_its_screen_and_names_every_answer(columns: int) -> None:
    lines = run("selftest").stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert sum(line.rstrip().endswith("✓") for line in lines) == TOTAL


def test_the_table_in_a_file_is_wide_and_plain(tmp_path: Path) -> None:
    file = tmp_path / "selftest.txt"
    result = run("selftest", "--output", str(file))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == f"Everything is right: see {file}\n"
    text = file.read_text("utf-8")
    assert "\x1b" not in text
    assert 80 < max(map(len, text.splitlines())) <= 120


def test_json_has_every_answer_with_its_derivation(tmp_path: Path) -> None:
    file = tmp_path / "selftest.json"
    assert run("selftest", "--format", "json", "--output", str(file)).exit_code == 0
    told = json.loads(file.read_text("utf-8"))
    assert told["passed"] is True
    assert told["installation"]["guidelint"] == engine_version()
    assert told["kernels"]["tested"] == list(KERNELS)
    assert told["kernels"]["right"] == dict.fromkeys(KERNELS, TOTAL)
    assert len(told["answers"]) == TOTAL
    assert all(answer["derivation"] and set(answer["by_kernels"]) == set(KERNELS) for answer in told["answers"])


@pytest.mark.usefixtures("broken_overlap")
def test_a_wrong_kernel_is_told_with_what_came_and_why_it_is_wrong() -> None:
    result = run("selftest")
    assert result.exit_code == 1
    assert "✗ common pixels: squares of 10 × 10 pixels, 3 rows and 4 columns apart" in result.stdout
    assert "expected 42 px: (10 − 3) · (10 − 4)" in result.stdout
    assert "base: 43 px" in result.stdout
    assert re.search(rf"✗ base: \d+ of {TOTAL} known answers", result.stdout)


@pytest.mark.usefixtures("broken_overlap")
def test_a_wrong_kernel_is_told_in_json() -> None:
    result = run("selftest", "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["passed"] is False
    wrong = [answer for answer in told["answers"] if not answer["right"]]
    assert {answer["kind"] for answer in wrong} == {"Overlap"}


def test_a_kernel_that_fails_is_told_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "dice", None)
    result = run("selftest")
    assert result.exit_code == 1
    assert "TypeError: 'NoneType' object is not callable" in result.stdout
    assert f"of {TOTAL} known answers" in result.stdout


def test_no_number_is_no_number_in_json_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_number(_one: Mask, _other: Mask) -> float:
        return nan

    monkeypatch.setattr(overlap, "dice", no_number)
    told: dict[str, Any] = json.loads(run("selftest", "--format", "json").stdout)
    wrong = next(answer for answer in told["answers"] if answer["measure"] == "Dice")
    assert wrong["by_kernels"]["base"] == {
        "measured": None,
        "difference": None,
        "right": False,
        "failure": "not a finite number",
    }


def test_kernels_that_differ_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if KERNELS != ("base", "fast"):
        pytest.skip("install the extra fast to compare two sets of kernels")
    true = overlap.iou

    def differing(one: Mask, other: Mask) -> float:
        return true(one, other) + (3e-12 if choice.chosen_name() == "fast" else 0)

    monkeypatch.setattr(overlap, "iou", differing)
    result = run("selftest")
    assert result.exit_code == 1
    assert re.search(rf"✗ base and fast differ on \d+ of {TOTAL}", result.stdout)


def test_kernels_that_cannot_be_had_are_refused_in_words() -> None:
    program = "from guidelint.cli.__main__ import main; main()"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, "selftest"],
        env={"GUIDELINT_KERNELS": "quick"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "GUIDELINT_KERNELS is 'quick'" in done.stderr


def test_where_compiled_kernels_cannot_be_kept_the_report_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if len(KERNELS) == 1:
        pytest.skip("install the extra fast to have compiled kernels")
    (tmp_path / "file").touch()
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "file"))
    result = run("selftest")
    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "Kernels in use base" in said
    assert "compiled kernels are not in use: their machine code cannot be kept, because" in said
    assert "set NUMBA_CACHE_DIR to a folder that can be written" in said
    told = json.loads(run("selftest", "--format", "json").stdout)["kernels"]
    assert told["in_use"] == "base"
    assert told["not_kept"].endswith("cannot be written (not a directory)")


def test_a_file_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    result = run("selftest", "--output", str(tmp_path / "none" / "selftest.txt"))
    assert result.exit_code == 2
    assert "cannot be written: no such file or directory" in result.stderr


def test_the_digest_is_that_of_the_files_wherever_they_lie(tmp_path: Path) -> None:
    for name in ("one/b.py", "two/sub/a.py", "all/b.py", "all/sub/a.py", "all/__pycache__/b.pyc"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name)
    told = sources_digest([tmp_path / "all"])
    assert told == sources_digest([tmp_path / "one", tmp_path / "two"])
    hashes = [(sha256(name[-4:].encode()).hexdigest(), name) for name in ("b.py", "sub/a.py")]
    assert told == sha256("".join(f"{digest}  guidelint/{name}\n" for digest, name in hashes).encode()).hexdigest()
    (tmp_path / "two/sub/a.py").write_text("changed")
    assert told != sources_digest([tmp_path / "one", tmp_path / "two"])
