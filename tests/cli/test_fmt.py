from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tests.cli.delivery_file import run
from tests.language.mistakes import HANDED, SOUND
from tests.language.mistakes_of_settings import SOUND_SETTINGS

from guidelint.language.compile.plan import compile_plan
from guidelint.language.layout.laid_out import CannotLayOutError, laid_out
from guidelint.language.library import released
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import explanations, with_part
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import Branch, plain
from guidelint.rules.catalogue import catalogue


def is_a_mapping(text: str) -> bool:
    """Whether it can be laid out: keys in lines, none of them twice."""
    parsed = parse(text)
    return isinstance(parsed.root, Branch) and "duplicate-key" not in {problem.code for problem in parsed.problems}


TESTS = Path(__file__).parents[1]
TEXTS = {
    "thyroid nodules": SOUND,
    "settings": SOUND_SETTINGS,
    **{str(path.relative_to(TESTS)): path.read_text("utf-8") for path in sorted(TESTS.rglob("*.yaml"))},
    **{item.code: with_part(item.right) for item in explanations().values() if item.right},
    **{mistake.title: mistake.text for mistake in HANDED if is_a_mapping(mistake.text)},
}
MESSY = """\
# yaml-language-server: $schema=guideline.schema.json
# Of our clinic.

version: 1.0.0   # the first
guidelint: 1
guideline: example
instructions: |
      Mark every lesion.
        - also the small ones


title: Example
summary: >-
   Lesions, on every
   slice.
# what nothing means
empty_reading: {means: There is no lesion.}
classes:
    # the only one
    lesion:
        draw: polygon   # or a brush
        title: Lesion
        rules:
            # they close
            closed-outline: {max_gap_mm: 1}
            # to here
        includes:
        - cysts
        # and
        - others
        definition: Whatever looks
          different.
# the end
"""
TIDY = """\
# yaml-language-server: $schema=guideline.schema.json
# Of our clinic.

guidelint: 1
guideline: example
version: 1.0.0   # the first

title: Example
summary: >-
   Lesions, on every
   slice.
classes:
  # the only one
  lesion:
    title: Lesion
    definition: Whatever looks
      different.
    includes:
      - cysts
      # and
      - others
    draw: polygon   # or a brush
    rules:
      # they close
      closed-outline: {max_gap_mm: 1}
      # to here
# what nothing means
empty_reading: {means: There is no lesion.}
instructions: |
      Mark every lesion.
        - also the small ones
# the end
"""


def test_parts_are_ordered_and_indented_and_comments_stay_with_what_they_are_about() -> None:
    assert laid_out(MESSY) == TIDY


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_means_the_same_loses_no_comment_and_changes_nothing_twice(text: str) -> None:
    written = laid_out(text)
    before, after = parse(text).root, parse(written).root
    assert before is not None
    assert after is not None
    assert plain(after) == plain(before)
    assert sorted(written.split()) == sorted(text.split())
    assert laid_out(written) == written


@pytest.mark.parametrize("text", [SOUND, SOUND_SETTINGS, MESSY], ids=["thyroid nodules", "settings", "messy"])
def test_the_plan_stays_the_same(text: str) -> None:
    before, after = (compile_plan(load(one), catalogue()) for one in (text, laid_out(text)))
    assert after.digest == before.digest
    assert after.checks == before.checks


@pytest.mark.parametrize("item", released(), ids=lambda item: item.label)
def test_the_library_is_laid_out_so(item: object) -> None:
    assert laid_out(item.text) == item.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["[a, b]", "{a: 1}", "a word", "", "title: A\ntitle: B\n"])
def test_what_is_no_mapping_in_lines_is_refused(text: str) -> None:
    with pytest.raises(CannotLayOutError):
        laid_out(text)


def test_a_last_line_without_an_end_is_ended() -> None:
    assert laid_out("title: A\ninstructions: |\n  Mark.") == "title: A\ninstructions: |\n  Mark.\n"


def test_files_are_written_and_named(tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(MESSY)
    checked = run("fmt", "--check", str(file))
    assert (checked.exit_code, checked.stdout) == (1, f"{file}: is not laid out so\n")
    assert file.read_text() == MESSY
    assert run("fmt", str(file)).stdout == f"{file}: laid out\n"
    assert file.read_text() == TIDY
    assert (run("fmt", "--check", str(file)).exit_code, run("fmt", str(file)).stdout) == (0, "")


def test_a_released_guideline_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(f"status: released\n{MESSY}")
    result = run("fmt", str(file))
    assert (result.exit_code, result.stderr) == (0, f"guidelint: {file} is released, and stays as it is\n")
    assert file.read_text().startswith("status: released\n")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(MESSY)

    def refuse(path: Path, _: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    result = run("fmt", str(file))
    assert (result.exit_code, result.stderr) == (2, f"guidelint: {file} cannot be written: permission denied\n")


def test_what_init_writes_is_laid_out_so(tmp_path: Path) -> None:
    run("init", str(tmp_path / "ours"))
    assert run("fmt", "--check", str(tmp_path / "ours" / "ours.yaml")).exit_code == 0


@pytest.mark.parametrize(("content", "said"), [("classes: {a: [}\n", "bad.yaml:"), (None, "cannot be read")])
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "bad.yaml"
    if content is not None:
        file.write_text(content)
    result = run("fmt", str(file))
    assert result.exit_code == 2
    assert said in result.stderr
