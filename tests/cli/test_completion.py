from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guidelint.cli.options.completion import explained, guidelines, keys, rules, words_of_the_line
from guidelint.language.library import holdings
from guidelint.language.reference.keys import Keys
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.rules.catalogue import catalogue


def offered(*words: str) -> list[str]:
    """What bash is offered after these words, the last of them unfinished."""
    program = (
        "import sys; sys.argv = ['guidelint']; from guidelint.cli.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join({'pydantic', 'numpy', 'sqlalchemy', 'httpx'} & {*sys.modules}))"
    )
    line = {"COMP_WORDS": " ".join(["guidelint", *words]), "COMP_CWORD": str(len(words))}
    environment = {**os.environ, "_GUIDELINT_COMPLETE": "complete_bash", **line}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)  # noqa: S603
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["pu"], {"push"}),
        (["push", "--sec"], {"--secret-file"}),
        (["ver"], {"verdict"}),
        (["verdict", "--pro"], {"--project"}),
        (["push", "lung-nodule"], {"lung-nodule-ct"}),
        (["compile", "lung-nodule-ct@1.0"], {"lung-nodule-ct@1.0.0"}),
        (["explain", "closed-o"], {"closed-outline"}),
        (["explain", "duplicate-k"], {"duplicate-key"}),
        (["explain", "classes.*.bor"], {"classes.*.border"}),
        (["lint", "ours.yaml", "--ignore", "expired-a"], {"expired-allowance"}),
    ],
)
def test_a_shell_is_offered_what_could_stand_there(words: list[str], wanted: set[str]) -> None:
    assert set(offered(*words)) == wanted


def test_every_guideline_and_every_rule_is_offered() -> None:
    assert set(guidelines("")) >= {item.name for item in holdings()}
    assert set(guidelines("lung-nodule-ct@")) == {item.label for item in holdings() if item.name == "lung-nodule-ct"}
    assert rules("") == sorted(catalogue())
    assert {"closed-outline", "alias"} <= set(explained(""))


def test_files_and_folders_are_offered_as_they_were_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    for name in ("mine.yaml", "mine/plan.json", "mine/notes.txt", ".hidden.yaml"):
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    assert guidelines("min") == [f"mine{os.sep}", "mine.yaml"]
    assert guidelines("mine/") == [str(Path("mine/plan.json"))]
    assert guidelines(str(tmp_path / "mine.y")) == [str(tmp_path / "mine.yaml")]
    assert guidelines("nowhere/") == []


def test_an_open_quotation_mark_does_not_stop_the_completion() -> None:
    environment = {"_GUIDELINT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "guidelint check 'my gui"}
    assert words_of_the_line([], environment) == ["check", "'my", "gui"]
    assert words_of_the_line(["check"], {}) == ["check"]


@pytest.mark.parametrize(
    ("begun", "some"),
    [
        ("cl", ["classes"]),
        ("classes.", ["classes.*.aliases", "classes.*.definition"]),
        ("classes.nodule.co", ["classes.nodule.codes", "classes.nodule.color", "classes.nodule.count"]),
        ("classes.*.rules.area-limits.min", ["classes.*.rules.area-limits.min_mm2"]),
        ("authors.na", ["authors.name"]),
        ("classes.*.title.", []),
    ],
)
def test_the_path_of_a_key_is_completed_step_by_step(begun: str, some: list[str]) -> None:
    assert [path for path in keys(begun) if path in some] == some
    assert all(path.startswith(begun) for path in keys(begun))


def test_whatever_is_completed_is_explained() -> None:
    known = Keys(guideline_schema(catalogue()))
    for above in ("", "classes.", "attributes.*.", "readers.", "images.", "authors.", "escalation.when."):
        for path in keys(above):
            assert known.explain(path).replace("[]", "").startswith(f"{path}\n")
