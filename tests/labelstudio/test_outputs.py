from __future__ import annotations

from pathlib import Path

import pytest
from tests.labelstudio.guidelines import everything

import guidelint.labelstudio
from guidelint.labelstudio.target import drift, outputs, write
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find, holdings
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan

STORED = Path(guidelint.labelstudio.__path__[0]).parent / "compiled"
FILES = {"instructions.html", "label_config.xml", "plan.json", "project.json", "submission.schema.json"}


def compiled() -> dict[str, str]:
    return outputs(everything(), compile_plan(everything(), catalogue()))


def test_a_guideline_compiles_into_five_files_the_same_to_the_byte() -> None:
    assert set(compiled()) == FILES
    assert compiled() == compiled()


def test_the_plan_is_read_back() -> None:
    plan = compile_plan(everything(), catalogue())
    assert Plan.from_json(compiled()["plan.json"], catalogue()) == plan


def test_what_was_written_is_up_to_date(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", compiled())
    assert drift(tmp_path / "a" / "b", compiled()) == ()


def test_missing_changed_and_unexpected_files_are_told(tmp_path: Path) -> None:
    write(tmp_path, compiled())
    (tmp_path / "plan.json").unlink()
    (tmp_path / "project.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("mine")
    assert {item.file.name: item.state for item in drift(tmp_path, compiled())} == {
        "plan.json": "missing",
        "project.json": "changed",
        "notes.txt": "unexpected",
    }


def test_a_folder_that_is_not_there_misses_everything(tmp_path: Path) -> None:
    assert {item.state for item in drift(tmp_path / "none", compiled())} == {"missing"}


@pytest.mark.parametrize("name", sorted({item.name for item in holdings()}))
def test_the_stored_outputs_of_the_newest_library_guideline_are_up_to_date(name: str) -> None:
    guideline = find(name)
    texts = outputs(guideline, compile_plan(guideline, catalogue()))
    assert drift(STORED / guideline.name / guideline.version, texts) == ()
