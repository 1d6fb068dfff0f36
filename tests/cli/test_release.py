"""`guidelint release`: what keeps a draft from being released, what is written, and that it stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run
from tests.cli.test_reliability import GUIDELINE
from tests.edits import edited

from guidelint import api
from guidelint.language.library import released

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = ("--approved-by", "Dr A. Berg", "--role", "clinical lead")
EXAMPLE = """
common: {image: {rows: 100, columns: 100, spacing_mm: 1}}
examples:
  large:
    title: A large spot
    shows: spot
    is: positive
    drawn: [{class: spot, rectangle: [10, 10, 40, 40]}]
    verdict: returned
"""
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "1.0.0.yaml"
    path.write_text(f"# What we mark\n{GUIDELINE.lstrip()}", "utf-8")
    return path


def next_version(first: Path, version: str, *edits: tuple[str, str]) -> Path:
    text = first.read_text("utf-8").replace("version: 1.0.0", f"version: {version}")
    path = first.with_name(f"{version}.yaml")
    path.write_text(edited(text, ("status: released", "status: draft"), *edits), "utf-8")
    return path


def refused(*arguments: str) -> list[str]:
    ran = run("release", *arguments)
    assert (ran.exit_code, ran.stdout) == (1, "")
    return [line.strip() for line in ran.stderr.splitlines()[1:]]


def test_a_draft_is_signed_and_released_and_the_changelog_begun(first: Path) -> None:
    before = first.read_text("utf-8")
    ran = run("release", str(first), *SIGNED)
    assert ran.exit_code == 0, ran.stderr
    text = first.read_text("utf-8")
    signature = f'  - {{name: "Dr A. Berg", role: "clinical lead", date: "{TODAY}", means: "approved for use"}}\n'
    added = f"version: 1.0.0\nstatus: released\napprovals:\n{signature}"
    assert text == before.replace("version: 1.0.0\n", added)
    made = api.load(first)
    changelog = first.with_name("CHANGELOG.md").read_text("utf-8")
    assert changelog.startswith(f"# Spots\n\n## spots 1.0.0 ({TODAY})\n\nSHA-256 of the text: `{made.text_digest}`\n")
    assert f"- Dr A. Berg, clinical lead, {TODAY}: approved for use\n" in changelog
    assert made.text_digest in ran.stdout


def test_the_next_version_says_what_changes_and_comes_first(first: Path) -> None:
    run("release", str(first), *SIGNED)
    second = next_version(
        first, "2.0.0", ("longest_min_mm: 10", "longest_min_mm: 12"), ('name: "Dr A. Berg"', "name: Dr B")
    )
    made = api.release(second)
    assert made.version == "2.0.0"
    assert "`longest_min_mm` moves from 10\N{NO-BREAK SPACE}mm to 12\N{NO-BREAK SPACE}mm (stricter)" in made.entry
    changelog = first.with_name("CHANGELOG.md").read_text("utf-8")
    assert changelog.index("## spots 2.0.0") < changelog.index("## spots 1.0.0")
    assert run("release", "--check", str(first), str(second)).exit_code == 0


def test_every_reason_is_told_at_once_and_nothing_is_written(first: Path) -> None:
    run("release", str(first), *SIGNED)
    second = next_version(first, "1.1.0", ("longest_min_mm: 10", "longest_min_mm: 12"))
    texts = [path.read_text("utf-8") for path in sorted(first.parent.iterdir())]
    number, approvals = refused(str(second))
    assert number.startswith("1.1.0 is the wrong number after 1.0.0. It must be 2.0.0 or higher, since work that was")
    assert approvals.startswith("the approvals are those of the version before. Write who does, in which role, when")
    assert [path.read_text("utf-8") for path in sorted(first.parent.iterdir())] == texts


def test_what_nobody_approved_or_somebody_will_is_not_released(first: Path) -> None:
    assert refused(str(first))[0].startswith("nobody has approved it. Write who does")
    signature = "{name: Dr B, role: lead, date: 2999-01-01, means: approved for use}"
    first.write_text(first.read_text("utf-8") + f"approvals: [{signature}]\n", "utf-8")
    assert refused(str(first)) == ["the approval of Dr B is of 2999-01-01, a day to come. Release it then."]
    assert refused(str(first), *SIGNED) == ["the file has `approvals` already: write this one beside the others."]


def test_a_failing_example_keeps_it_from_being_released(first: Path) -> None:
    examples = first.with_name("1.0.0.examples")
    examples.mkdir()
    (examples / "spots.yaml").write_text(EXAMPLE, "utf-8")
    told = refused(str(first), *SIGNED)
    assert told == [f"the example `large` fails. `guidelint test {first}` tells how."]
    (examples / "spots.yaml").write_text(EXAMPLE.replace("returned", "accepted"), "utf-8")
    assert run("release", str(first), *SIGNED).exit_code == 0


def test_what_is_released_is_never_changed(first: Path) -> None:
    run("release", str(first), *SIGNED)
    assert refused(str(first)) == ["it is released, and never changed. A change is a new version in a file of its own."]
    first.write_text(first.read_text("utf-8").replace("status: released", "status: retired"), "utf-8")
    assert run("release", "--check", str(first)).exit_code == 0
    first.write_text(first.read_text("utf-8").replace("longest_min_mm: 10", "longest_min_mm: 9"), "utf-8")
    ran = run("release", "--check", str(first))
    assert (ran.exit_code, "1.0.0 was changed after its release. Put it back" in ran.stderr) == (1, True)
    first.write_text(first.read_text("utf-8").replace("status: retired", "status: draft"), "utf-8")
    assert refused(str(first))[0].startswith("1.0.0 was released before, as the changelog says.")


def test_a_version_before_must_be_found(first: Path) -> None:
    run("release", str(first), *SIGNED)
    moved = first.parent / "elsewhere"
    moved.mkdir()
    second = next_version(first, "1.0.1", ("A dark spot", "A black spot"), ("Dr A. Berg", "Dr B"))
    target = moved / "1.0.1.yaml"
    second.rename(target)
    first.with_name("CHANGELOG.md").rename(moved / "CHANGELOG.md")
    assert refused(str(target)) == ["the changelog tells of 1.0.0. Name the version before: --since."]
    assert run("release", str(target), "--since", str(first)).exit_code == 0


def test_the_released_guidelines_of_the_library_are_what_they_were_released_as() -> None:
    ran = run("release", "--check", *(item.label for item in released()))
    assert (ran.exit_code, ran.stderr) == (0, "")


def test_a_signature_from_before_the_last_release_and_a_draft_of_what_is_released_are_told(first: Path) -> None:
    assert run("release", str(first), *SIGNED).exit_code == 0
    later = next_version(first, "1.0.1", ("title: ", "title: New "))
    signature = "status: draft\napprovals: [{name: B, role: r, date: 2019-01-01, means: ok}]"
    text = later.read_text("utf-8")
    text = text[: text.index("approvals:")] + text[text.index("title:") :]
    later.write_text(text.replace("status: draft", signature), "utf-8")
    assert any("is of 2019-01-01, before the version before was" in line for line in refused(str(later)))
    first.write_text(first.read_text("utf-8").replace("status: released", "status: draft"), "utf-8")
    ran = run("release", "--check", str(first))
    assert ran.exit_code == 1
    assert "1.0.0 was released, as" in ran.stderr


def test_two_guidelines_share_a_folder_and_its_changelog(first: Path) -> None:
    other = first.with_name("dots.yaml")
    other.write_text(first.read_text("utf-8").replace("guideline: spots", "guideline: dots"), "utf-8")
    for path in (first, other):
        assert run("release", str(path), *SIGNED).exit_code == 0
    assert run("release", "--check", str(first), str(other)).exit_code == 0
