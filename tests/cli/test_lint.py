"""``guidelint lint``: what is wrong, unwise or lacking, in every format, with the exit status that a CI asks for."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.cli.delivery_file import run

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from typer.testing import Result

SCHEMA = Path(__file__).with_name("sarif.schema.json")
UNWISE = with_part("rules: {}\n")
WRONG = with_part("licnce: MIT\n")
NOTE = "no-agreement-target"


@pytest.fixture
def linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Guidelines in the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("unwise.yaml").write_text(UNWISE)
    Path("wrong.yaml").write_text(WRONG)
    return "unwise.yaml"


def lint(*arguments: str) -> Result:
    return run("lint", *arguments)


def test_warnings_and_notes_are_told_with_their_place_and_change_nothing(linted: str) -> None:
    result = lint(linted, "--select", NOTE, "--select", "empty-section")
    assert result.exit_code == 0
    assert "unwise.yaml:10:1: warning: empty-section: `rules` is written, and nothing stands in it" in result.stdout
    assert f"unwise.yaml:8:1: note: {NOTE}: nothing says how far two readers must agree" in result.stdout
    assert result.stdout.endswith("\n1 guideline: 1 warning and 1 note.\n")
    assert result.stderr == f"guidelint: told only empty-section, {NOTE}, and what is wrong\n"


def test_with_strict_whatever_is_told_counts(linted: str) -> None:
    assert lint(linted, "--strict").exit_code == 1
    assert lint(linted, "--strict", "--select", "idle-allowance").exit_code == 0


def test_an_error_is_a_finding_and_told_whatever_is_left_out(linted: str) -> None:
    result = lint(linted, "wrong.yaml", "--select", NOTE, "--ignore", NOTE, "--format", "concise")
    assert result.exit_code == 1
    assert result.stdout == (
        "wrong.yaml:10:1: error unknown-key: a guideline has no key `licnce`\n2 guidelines: 1 problem.\n"
    )


def test_a_file_that_is_not_there_is_named_and_the_others_are_read(linted: str) -> None:
    result = lint("nowhere.yaml", linted, "--format", "concise")
    assert result.exit_code == 2
    assert "guidelint: nowhere.yaml cannot be read: no such file or directory" in result.stderr
    assert "warning empty-section" in result.stdout


def test_quiet_leaves_out_what_changes_nothing(linted: str) -> None:
    assert (lint(linted, "-q").stdout, lint(linted, "-q").stderr) == ("", "")
    assert "empty-section" in lint(linted, "-q", "--strict").stdout


@pytest.mark.parametrize(
    ("code", "said"),
    [("empty-sections", "Did you mean `empty-section`?"), ("unknown-key", "is an error and always told")],
)
def test_codes_that_cannot_be_chosen_are_refused(code: str, said: str, linted: str) -> None:
    result = lint(linted, "--ignore", code)
    assert result.exit_code == 2
    assert said in result.stderr


def test_sarif_is_sarif_and_points_at_the_text(linted: str) -> None:
    log = json.loads(lint(linted, "wrong.yaml", "--format", "sarif").stdout)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    location = schema["definitions"]["location"]
    location["required"] = ["physicalLocation"]  # of a text there is no name beside it, and lines are enough
    location["properties"]["physicalLocation"]["properties"]["region"]["required"] = ["startLine", "endLine"]
    jsonschema.validate(log, schema)
    (results,) = (one["results"] for one in log["runs"])
    assert {one["level"] for one in results} == {"error", "warning", "note"}
    (section,) = (one for one in results if one["ruleId"] == "empty-section")
    assert section["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "unwise.yaml"},
        "region": {"startLine": 10, "startColumn": 1, "endLine": 10, "endColumn": 6},
    }
    assert {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]} == {one["ruleId"] for one in results}


def test_junit_fails_the_guideline_that_is_none_and_no_other(linted: str) -> None:
    suite = ET.fromstring(lint(linted, "wrong.yaml", "gone.yaml", "--format", "junit").stdout)[0]  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    unwise, wrong, gone = suite
    assert unwise.find("failure") is None
    assert "10:1: warning empty-section" in str(unwise.findtext("system-out"))
    assert "10:1: error unknown-key" in str(wrong.findtext("failure"))
    assert gone.find("error") is not None


def test_junit_fails_a_guideline_of_which_not_all_is_told_as_the_exit_status_does(linted: str) -> None:
    classes = "".join(
        f"  c{at}: {{title: Kind {at}, definition: A spot., draw: brush, rules: {{}}}}\n" for at in range(201)
    )
    Path(linted).write_text(with_part(f"classes:\n{classes}"))
    result = lint(linted, "--format", "junit")
    (suite,) = ET.fromstring(result.stdout)  # noqa: S314 - our own
    assert (result.exit_code, suite.get("failures")) == (1, "1")
    assert suite[0].find("failure").get("message") == "more than 200 warnings"  # type: ignore[union-attr]


def test_github_shows_each_at_its_line(linted: str) -> None:
    lines = lint(linted, "--format", "github").stdout.splitlines()
    command = "::warning file=unwise.yaml,line=10,col=1,title=empty-section::"
    said = "`rules` is written, and nothing stands in it. Fill it, or delete it."
    assert [line for line in lines if "empty-section" in line] == [command + said]
    assert any(line.startswith("::notice file=unwise.yaml,line=8,") for line in lines)


def test_programs_read_the_same_from_json_lines_and_tables(linted: str) -> None:
    document = json.loads(lint(linted, "--format", "json").stdout)
    head, *problems, statistics = map(json.loads, lint(linted, "--format", "jsonl").stdout.splitlines())
    rows = list(csv.DictReader(StringIO(lint(linted, "--format", "csv").stdout)))
    (guideline,) = document["guidelines"]
    codes = [one["code"] for one in guideline["problems"]]
    assert "empty-section" in codes
    assert codes == [one["code"] for one in problems] == [row["code"] for row in rows]
    assert head["type"] == "run"
    assert statistics["warning"] == document["statistics"]["warning"] == 1


def test_it_is_written_into_a_file_that_is_none_of_those_read(linted: str) -> None:
    result = lint(linted, "--format", "csv", "--output", "told.csv")
    assert result.stdout == ""
    assert result.stderr.startswith("1 guideline: 1 warning")
    assert "empty-section" in Path("told.csv").read_text()
    assert lint(linted, "--output", linted).exit_code == 2
    assert Path(linted).read_text() == UNWISE


def test_fix_mends_the_file_says_so_and_tells_the_rest(linted: str) -> None:
    result = lint(linted, "--fix", "--format", "concise")
    assert result.exit_code == 0
    assert result.stderr == (
        "guidelint: unwise.yaml:10: mended empty-section: `rules` is written, and nothing stands in it\n"
    )
    assert Path(linted).read_text() == with_part("")
    assert "empty-section" not in result.stdout
    assert NOTE in result.stdout


@pytest.mark.parametrize("status", ["released", "retired"])
def test_fix_leaves_alone_what_is_finished_and_what_was_not_chosen(linted: str, status: str) -> None:
    assert lint(linted, "--fix", "--ignore", "empty-section").exit_code == 0
    assert Path(linted).read_text() == UNWISE
    released = UNWISE.replace("title: Example\n", f"title: Example\nstatus: {status}\n", 1)
    Path("released.yaml").write_text(released)
    result = lint("released.yaml", "blood-cells", "--fix")
    assert f"released.yaml is {status}, and stays as it is. A change of it is a new version beside it" in result.stderr
    assert "blood-cells comes with guidelint, and stays as it is" in result.stderr
    assert Path("released.yaml").read_text() == released
