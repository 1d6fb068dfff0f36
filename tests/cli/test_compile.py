from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, run

from guidelint.language.reference.problem_explanations import SMALLEST

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("instructions.html", "label_config.xml", "plan.json", "project.json", "submission.schema.json")


def test_a_guideline_compiles_into_its_folder(tmp_path: Path) -> None:
    result = run("compile", GUIDELINE, "--output", str(tmp_path))
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "lesions" / "2.1.0").iterdir()) == sorted(FILES)
    assert run("compile", GUIDELINE, "--output", str(tmp_path), "--check").exit_code == 0


def test_check_names_what_is_not_up_to_date_and_writes_nothing(tmp_path: Path) -> None:
    run("compile", GUIDELINE, "--output", str(tmp_path))
    folder = tmp_path / "lesions" / "2.1.0"
    (folder / "plan.json").write_text("{}")
    (folder / "project.json").unlink()
    (folder / "notes.txt").write_text("")
    result = run("compile", GUIDELINE, "--output", str(tmp_path), "--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{folder}/notes.txt: unexpected",
        f"{folder}/plan.json: changed",
        f"{folder}/project.json: missing",
        "Run the same command without --check to bring them up to date.",
    ]
    assert (folder / "plan.json").read_text() == "{}"


def test_a_guideline_with_problems_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("guidelint: 1\n")
    result = run("compile", str(path), "--output", str(tmp_path))
    assert result.exit_code == 2
    assert "missing" in result.stderr


def test_what_a_guideline_overrides_of_its_base_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    head = "guidelint: 1\nguideline: site\nversion: 1.0.0\nextends: blood-cells@1.0.0\n"
    path.write_text(f"{head}classes: {{platelet: {{color: '#00acc1', count: {{max: 90}}}}}}\n")
    result = run("compile", str(path), "--output", str(tmp_path))
    assert result.stdout.splitlines()[1:] == [
        "site 1.0.0 is a draft: it is not released, and may still change",
        "site narrows blood-cells@1.0.0, and overrides:",
        "  classes: platelet: color: #00acc1 (there: #fb8c00)",
    ]


def test_a_folder_that_cannot_be_written_is_a_usage_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("compile", GUIDELINE, "--output", str(tmp_path / "file"))
    assert result.exit_code == 2
    assert "cannot be written: not a directory" in result.stderr


@pytest.mark.parametrize("given", [(), ("lung-nodule-ct",)])
def test_guidelines_of_the_library_compile_by_name(given: tuple[str, ...], tmp_path: Path) -> None:
    assert run("compile", *given, "--output", str(tmp_path)).exit_code == 0
    assert (tmp_path / "lung-nodule-ct").is_dir()


def test_a_report_tells_of_every_statement_where_it_is_enforced(tmp_path: Path) -> None:
    path = tmp_path / "lesions.yaml"
    path.write_text(SMALLEST.replace("draw: polygon", "draw: polygon, count: {max: 3}"))
    result = run("compile", str(path), "--output", str(tmp_path / "out"), "--report")
    assert result.exit_code == 0
    assert not (tmp_path / "out").exists()
    assert result.stdout.splitlines()[:1] == ["example 1.0.0: where its 11 statements are enforced"]
    assert "9  classes: lesion: count: on submit (count-limits)" in result.stdout
    assert "does not enforce:\n9  classes: lesion: count: `maxUsages` knows no fewest" in result.stdout
    assert result.stdout.endswith("\n3  in the editor\n")


def test_a_report_for_programs() -> None:
    result = run("compile", GUIDELINE, "--report", "--format", "json")
    found = json.loads(result.stdout)
    assert (found["guideline"], found["version"]) == ("lesions", "2.1.0")
    assert all(one["enforced"] and one["line"] > 0 for one in found["statements"])
    assert found["statements"][0]["path"] == ["guidelint"]
    assert sum(found["statements_by_place"].values()) >= len(found["statements"])
