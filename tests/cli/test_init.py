"""A project begins with one command, lints without an error, and has a verdict after few more."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from tests.cli.delivery_file import run

from guidelint.cli import demonstration
from guidelint.language.library import find
from guidelint.language.load import loaded

SAMPLE = Path(demonstration.__path__[0]) / "sample.json.gz"
CONFIG = Path(__file__).parents[1] / "data" / "label_studio" / "label_config.xml"
EXPORT = CONFIG.parent / "export_json.json"
FILES = {
    "README.md",
    "guideline.schema.json",
    ".vscode/settings.json",
    ".vscode/extensions.json",
    ".github/workflows/guideline.yml",
    ".pre-commit-config.yaml",
}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_one_is_sound_and_the_linter_tells_what_is_to_be_written(tmp_path: Path) -> None:
    made = tmp_path / "skin-lesions"
    assert run("init", str(made)).exit_code == 0
    assert files(made) == FILES | {"skin-lesions.yaml"}
    text = (made / "skin-lesions.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=guideline.schema.json\nguidelint: 1\n")
    read = loaded(text)
    assert (read.guideline.name, read.guideline.version) == ("skin-lesions", "0.1.0")
    assert [problem.code for problem in read.warnings.problems] == ["to-be-written"] * text.count("TODO")


def test_the_files_around_it_say_what_they_must(tmp_path: Path) -> None:
    made = tmp_path / "skin"
    run("init", str(made))
    schema = json.loads((made / "guideline.schema.json").read_text("utf-8"))
    assert list(Draft7Validator(schema).iter_errors(yaml.safe_load((made / "skin.yaml").read_text("utf-8")))) == []
    settings = json.loads((made / ".vscode/settings.json").read_text("utf-8"))
    assert settings == {"yaml.schemas": {"./guideline.schema.json": "skin.yaml"}}
    steps = yaml.safe_load((made / ".github/workflows/guideline.yml").read_text("utf-8"))["jobs"]["guideline"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("guidelint ")]
    assert commands == [
        "guidelint lint skin.yaml --format github",
        "guidelint compile skin.yaml --check",
        "guidelint release skin.yaml --check",
        "guidelint check skin.yaml exports --format github",
    ]
    (hook,) = yaml.safe_load((made / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert hook["entry"] == commands[1]
    assert [bool(re.search(hook["files"], name)) for name in ("skin.yaml", "other.yaml")] == [True, False]


def test_a_copy_means_what_it_was_copied_from(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "our-nodules"), "--from", "lung-nodule-ct").exit_code == 0
    made, before = find(str(tmp_path / "our-nodules" / "our-nodules.yaml")), find("lung-nodule-ct")
    assert (made.name, made.version, made.status) == ("our-nodules", "0.1.0", "draft")
    assert (made.classes, made.attributes, made.escalation) == (before.classes, before.attributes, before.escalation)


@pytest.mark.parametrize(
    ("options", "export"),
    [(("--from", "lung-nodule-ct"), SAMPLE), (("--from-config", str(CONFIG)), EXPORT)],
    ids=["from the library", "from a labeling config"],
)
def test_the_first_verdict_comes_after_at_most_five_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], export: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    commands, result = 1, run("init", "ours", *options)
    assert result.exit_code == 0
    commands += 1  # cd ours
    monkeypatch.chdir("ours")
    shutil.copy(export, "export.json.gz" if export.suffix == ".gz" else "export.json")
    first, _, _ = Path("README.md").read_text("utf-8").partition("Further:")
    for line in re.findall(r"(?m)^guidelint (.*)$", first):
        arguments = shlex.split(line, comments=True)
        result = run(*(str(next(Path().glob("export.*"))) if one == "export.json" else one for one in arguments))
        commands += 1
        assert result.exit_code in {0, 1}, result.output
    assert commands <= 5
    assert re.search(r"\d+ (annotations?|submissions?)", result.output), result.output


def test_what_compile_stored_is_what_the_workflow_and_the_hook_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "ours")
    monkeypatch.chdir("ours")
    assert run("compile", "ours.yaml", "--check").exit_code == 1
    assert run("compile", "ours.yaml").exit_code == 0
    assert run("compile", "ours.yaml", "--check").exit_code == 0


def test_what_is_not_taken_over_is_told_and_stays_in_the_readme(tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "ours"), "--from-config", str(CONFIG))
    line = "Table 'meta_table': nothing in a guideline stands for it"
    assert f"  {line}\n" in result.stdout
    assert f"- {line}\n" in (tmp_path / "ours" / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("init", "3-lesions"), "makes no name"),
        (("init", "a", "--from", "lung-nodul-ct"), "Did you mean `lung-nodule-ct`?"),
        (("init", "a", "--from", "blood-cells", "--from-config", "x.xml"), "one source"),
        (("init", "a", "--from-config", "nowhere.xml"), "nowhere.xml cannot be read"),
        (("init", "a", "--from-config", "there/a.yaml"), "is no labeling config: it is not XML"),
        (("init", "there/a"), "nothing is written over"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there/a").mkdir(parents=True)
    Path("there/a/a.yaml").write_text("guidelint: 1\n")
    Path("there/a.yaml").write_text("guidelint: 1\n")
    before = files(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(tmp_path) == before
