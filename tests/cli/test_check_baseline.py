"""``check --baseline`` and ``--write-baseline``: what is known does not return the work, and is told."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.cli.delivery_file import GUIDELINE, HERE, Json, region, run, task, write_export
from tests.cli.test_check_settings import GRADES, HEAD

from guidelint.rules.shape.closed_outline import ClosedOutline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Departure

SMALL = [[10.0, 10.0], [11.0, 10.0], [11.0, 13.0], [10.0, 13.0]]
"""3 mm², where 4 are asked for."""
SMALLER = [[10.0, 10.0], [11.0, 10.0], [11.0, 12.0], [10.0, 12.0]]
WAIVER: Json = {"who": "Dr A", "reason": "no scanner tells it", "until": "9999-12-31"}
FAULTY = (task(1, region(SMALL)), task(2, region(rating=3)), task(3, region()))
"""One returned, one escalated, one accepted."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(folder: Path, *tasks: Json, more: tuple[str, ...] = ("--baseline", "known.jsonl")) -> Result:
    """Check an export of these tasks."""
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return run("check", GUIDELINE, "export.json", *more)


def write(folder: Path, *tasks: Json, more: tuple[str, ...] = ()) -> Result:
    """Write a baseline of these tasks."""
    return check(folder, *tasks, more=("--write-baseline", "known.jsonl", *more))


def entries(folder: Path) -> list[Json]:
    """Entries of the baseline."""
    return [json.loads(line) for line in (folder / "known.jsonl").read_text("utf-8").splitlines()[1:]]


def rewrite(folder: Path, *entries: Json) -> None:
    """Put these entries into the baseline."""
    head = {"format": "guidelint-baseline", "version": 1, "guideline": "lesions"}
    lines = [json.dumps(one) + "\n" for one in (head, *entries)]
    (folder / "known.jsonl").write_text("".join(lines), encoding="utf-8")


def test_what_was_written_is_known_and_told_and_does_not_return_the_work(folder: Path) -> None:
    result = write(folder, *FAULTY)
    assert result.exit_code == 1, "writing changes nothing of how the run ends"
    assert "known.jsonl: 2 findings and 0 waivers written" in result.stderr
    result = check(folder, *FAULTY)
    assert result.exit_code == 0
    assert "1 accepted · 1 escalated · 1 returned" in result.stdout, "verdicts stay what they are"
    assert "Known         2 known findings (baseline known.jsonl); but for them 3 accepted" in result.stdout
    assert "Annotation 11 by annotator 101: returned; accepted but for known findings" in result.stdout


def test_without_the_baseline_the_run_ends_as_ever(folder: Path) -> None:
    write(folder, *FAULTY)
    result = check(folder, *FAULTY, more=())
    assert result.exit_code == 1
    assert "known" not in result.output.lower()


def test_an_entry_says_what_was_measured_of_what(folder: Path) -> None:
    write(folder, FAULTY[0])
    (entry,) = entries(folder)
    assert re.fullmatch(r"[0-9a-f]{16}", str(entry.pop("id")))
    assert entry == {
        "rule": "area-limits",
        "kind": "too-small",
        "subject": {"kind": "submission", "task": "1", "annotation": "11", "annotator": "101"},
        "regions": ["Region 1 Lesion"],
        "clause": "classes.lesion.rules.area-limits",
        "measured": 3.0,
        "limit": 4.0,
        "unit": "mm²",
    }


def test_the_same_delivery_gives_the_same_bytes(folder: Path) -> None:
    write_export(folder)
    for name in ("a.jsonl", "b.jsonl", "a.jsonl"):
        run("check", GUIDELINE, "export.json", "--write-baseline", name)
    assert (folder / "a.jsonl").read_bytes() == (folder / "b.jsonl").read_bytes()
    assert sorted(one.name for one in folder.iterdir()) == ["a.jsonl", "b.jsonl", "export.json"]


def test_a_finding_that_got_worse_is_new_and_says_so(folder: Path) -> None:
    write(folder, FAULTY[0])
    result = check(folder, task(1, region(SMALLER)))
    assert result.exit_code == 1
    assert "worse: was 3 mm², is 2 mm²" in result.stdout
    assert "Worse         1 is worse than known, and so new" in result.stdout


def test_a_finding_that_got_better_is_known(folder: Path) -> None:
    write(folder, task(1, region(SMALLER)))
    assert check(folder, FAULTY[0]).exit_code == 0


def test_another_finding_of_the_same_annotation_is_new(folder: Path) -> None:
    write(folder, FAULTY[0])
    result = check(folder, task(1, region(SMALL, closed=False)), more=("--baseline", "known.jsonl", "-f", "concise"))
    assert result.exit_code == 1
    assert re.search(r"annotator 101: known area-limits: .* \(error, known by the baseline\)\n", result.stdout)
    assert re.search(r"annotator 101: error closed-outline: .*[^)]\n", result.stdout)
    assert "but for them 1 returned" in result.stdout


def test_entries_that_match_nothing_are_told_and_dropped_by_writing_anew(folder: Path) -> None:
    write(folder, *FAULTY)
    result = check(folder, task(1, region()), FAULTY[1], FAULTY[2])
    assert result.exit_code == 0
    said = "Matching none 1 entry matches nothing in this delivery: area-limits on task 1, annotation 11."
    assert f"{said} --write-baseline known.jsonl drops what matches nothing" in result.stdout
    result = write(folder, task(1, region()), FAULTY[1], FAULTY[2], more=("--baseline", "known.jsonl"))
    assert result.exit_code == 0
    assert "known.jsonl: 1 entry without a finding dropped" in result.stderr
    assert [entry["rule"] for entry in entries(folder)] == ["answer-escalates"]


@pytest.mark.parametrize("more", [("--task", "3"), ("--ignore", "area-limits"), ("--annotator", "999")])
def test_a_run_of_part_of_the_work_drops_no_entry(more: tuple[str, ...], folder: Path) -> None:
    write(folder, *FAULTY)
    before = entries(folder)
    result = write(folder, *FAULTY, more=(*more, "--baseline", "known.jsonl"))
    assert entries(folder) == before
    assert "without a finding kept, because the run did not judge everything" in result.stderr


def test_so_does_a_run_that_could_not_read_everything(folder: Path) -> None:
    write(folder, *FAULTY)
    before = entries(folder)
    result = write(folder, task(1, 7), *FAULTY[1:], more=("--baseline", "known.jsonl"))
    assert result.exit_code == 1
    assert entries(folder) == before


def test_nothing_is_written_when_a_file_is_of_another_kind(folder: Path) -> None:
    (folder / "coco.json").write_text('{"images": [], "categories": []}')
    result = write(folder, *FAULTY, more=("coco.json",))
    assert result.exit_code == 2
    assert "known.jsonl is not written, since not every file could be read" in result.stderr
    assert not (folder / "known.jsonl").exists()


def unverified() -> Json:
    """Make a task without the spacing that a rule needs."""
    return task(5, region(), data={"PixelSpacing": None})


def test_what_could_not_be_checked_is_not_written_and_said(folder: Path) -> None:
    result = write(folder, unverified())
    assert re.search(
        r"known.jsonl: \d findings? not written: they tell of work that could not be checked", result.stderr
    )
    assert entries(folder) == []
    assert check(folder, unverified()).exit_code == 1


def found(folder: Path, *tasks: Json) -> list[Json]:
    """Findings of a delivery."""
    document = json.loads(check(folder, *tasks, more=("-f", "json")).stdout)
    return [finding for record in document["records"] for finding in record["findings"]]


def test_a_waiver_lets_it_pass_and_is_told_with_who_and_why(folder: Path) -> None:
    rewrite(folder, *({"id": one["id"], **WAIVER} for one in found(folder, unverified())))
    result = check(folder, unverified())
    assert result.exit_code == 0
    assert "1 unverified" in result.stdout
    assert "not checked, waived by Dr A until 9999-12-31: no scanner tells it" in result.stdout
    assert "of them waived; but for them 1 accepted" in result.stdout


def test_a_waiver_stays_when_the_baseline_is_written_anew(folder: Path) -> None:
    first, *_ = found(folder, unverified())
    rewrite(folder, {"id": first["id"], **WAIVER}, {"id": "gone", **WAIVER}, {"id": "plain"})
    write(folder, unverified(), more=("--baseline", "known.jsonl"))
    assert sorted(str(one["id"]) for one in entries(folder)) == sorted([str(first["id"]), "gone"])
    assert all(one["who"] == "Dr A" for one in entries(folder))


def test_an_expired_waiver_does_not_count_and_is_told(folder: Path) -> None:
    write(folder, FAULTY[0])
    (entry,) = entries(folder)
    rewrite(folder, {**entry, **WAIVER, "until": "2020-01-31"})
    result = check(folder, FAULTY[0])
    assert result.exit_code == 1
    assert "new: its waiver by Dr A counted until 2020-01-31" in result.stdout
    assert "Expired       1 waiver: area-limits on task 1, annotation 11. What has expired does" in result.stdout
    result = write(folder, FAULTY[0], more=("--baseline", "known.jsonl"))
    assert "1 finding stays new: their waivers have expired" in result.stderr
    assert check(folder, FAULTY[0]).exit_code == 1, "it has not become a plain entry"


def test_a_rule_that_fails_is_told_also_where_somebody_waives_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: ClosedOutline, region: Region) -> Iterator[Departure]:
        raise ZeroDivisionError(self, region)

    monkeypatch.setattr(ClosedOutline, "check", failing)
    rewrite(folder, *({"id": one["id"], **WAIVER} for one in found(folder, FAULTY[2])))
    result = check(folder, FAULTY[2])
    assert result.exit_code == 0
    assert "Rules failed  closed-outline: a fault of guidelint" in result.stdout


def test_a_baseline_of_another_guideline_is_told(folder: Path) -> None:
    write(folder, *FAULTY)
    path = folder / "known.jsonl"
    path.write_text(path.read_text("utf-8").replace('"guideline":"lesions"', '"guideline":"nodules"'), "utf-8")
    result = check(folder, *FAULTY)
    said = (
        "known.jsonl:1: baseline-of-another-guideline: it was written for `nodules`, and this run judges by `lesions`"
    )
    assert said in result.stderr
    assert "Give the baseline of `lesions`, or write one: --write-baseline FILE" in result.stderr
    before = path.read_bytes()
    result = write(folder, *FAULTY)
    assert result.exit_code == 2
    assert "known.jsonl belongs to `nodules`, not to `lesions`" in result.stderr
    assert path.read_bytes() == before


def test_a_bad_line_ends_the_run_before_anything_is_judged(folder: Path) -> None:
    rewrite(folder, {"id": "a"}, {"id": "b", "who": "Dr A"})
    result = check(folder, *FAULTY)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "known.jsonl:3: a waiver needs `who`, `reason` and `until`: here `reason` and `until` is" in result.stderr


def test_a_baseline_that_is_not_there_is_said_with_the_way_to_one(folder: Path) -> None:
    result = check(folder, *FAULTY)
    assert result.exit_code == 2
    assert "known.jsonl cannot be read: no such file or directory. `--write-baseline FILE` writes one" in result.stderr


def test_a_project_that_names_its_baseline_can_write_the_first_one(folder: Path) -> None:
    (folder / "guidelint.toml").write_text('[check]\nbaseline = "known.jsonl"\n')
    assert write(folder, *FAULTY).exit_code == 1
    assert check(folder, *FAULTY, more=()).exit_code == 0


def test_no_file_that_is_found_says_what_is_written_over(folder: Path) -> None:
    (folder / "guidelint.toml").write_text('[check]\nwrite-baseline = "known.jsonl"\n')
    result = check(folder, *FAULTY, more=())
    assert result.exit_code == 2
    assert "`write-baseline` is not taken from a file that lies in a folder" in result.stderr


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("export.json", "export.json is used in this run (export.json)"),
        ("link.json", "link.json is used in this run (export.json)"),
        ("out.txt", "out.txt is used in this run (out.txt)"),
        ("tasks.txt", "tasks.txt is used in this run (tasks.txt)"),
        ("other.json", "other.json:1: this is no first line of a baseline. "),
        ("inner", "inner cannot be written: it is a folder"),
        ("none/known.jsonl", "none/known.jsonl cannot be written: its folder is not there"),
    ],
)
def test_nothing_is_written_over_but_a_baseline(target: str, said: str, folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "tasks.txt").write_text("1\n")
    (folder / "other.json").write_text("[]\n")
    (folder / "link.json").symlink_to("export.json")
    more = ("--write-baseline", target, "--output", "out.txt", "--expect", "tasks.txt")
    result = check(folder, *FAULTY, more=more)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (folder / "other.json").read_text() == "[]\n"
    assert not (folder / "out.txt").exists(), "nothing was begun"


def test_findings_are_not_written_over_the_baseline(folder: Path) -> None:
    write(folder, *FAULTY)
    before = (folder / "known.jsonl").read_bytes()
    result = check(folder, *FAULTY, more=("--baseline", "known.jsonl", "--output", "known.jsonl"))
    assert result.exit_code == 2
    assert (folder / "known.jsonl").read_bytes() == before


def test_a_second_baseline_is_not_written_over_unseen(folder: Path) -> None:
    write(folder, *FAULTY)
    rewrite(folder, {"id": "a", **WAIVER})
    (folder / "old.jsonl").write_bytes((folder / "known.jsonl").read_bytes())
    result = write(folder, *FAULTY, more=("--baseline", "old.jsonl"))
    assert result.exit_code == 2
    assert "known.jsonl is there, and is not what the run is compared with (old.jsonl)" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")
def test_a_link_stays_a_link_and_a_mode_stays(folder: Path) -> None:
    write(folder, *FAULTY)
    (folder / "known.jsonl").rename(folder / "kept.jsonl")
    (folder / "kept.jsonl").chmod(0o640)
    (folder / "known.jsonl").symlink_to("kept.jsonl")
    write(folder, FAULTY[0])
    assert (folder / "known.jsonl").is_symlink()
    assert (folder / "kept.jsonl").stat().st_mode & 0o777 == 0o640
    assert len(entries(folder)) == 1


def test_quiet_leaves_out_what_is_known_but_for_its_count(folder: Path) -> None:
    write(folder, *FAULTY)
    result = check(folder, *FAULTY, more=("--baseline", "known.jsonl", "--quiet"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "guidelint: Known         2 known findings (baseline known.jsonl)" in result.stderr


def test_the_most_findings_that_are_shown_change_no_decision(folder: Path) -> None:
    two = task(1, region(SMALL, closed=False))
    write(folder, FAULTY[0])
    document = json.loads(
        check(folder, two, more=("--baseline", "known.jsonl", "-f", "json", "--max-findings", "1")).stdout
    )
    assert document["records"][0]["decision_but_for_known"] == "returned"


@pytest.mark.real_data
def test_the_faults_of_real_work_are_known_once_they_were_written(real_data: Path, folder: Path) -> None:
    files = (str(real_data / "eiph" / "eiph_round1_manual.json.gz"), "-q")
    (folder / "grades.yaml").write_text(HEAD + GRADES, encoding="utf-8")
    assert run("check", "grades.yaml", *files, "--write-baseline", "known.jsonl").exit_code == 1
    result = run("check", "grades.yaml", *files, "--baseline", "known.jsonl")
    assert result.exit_code == 0
    assert "280 known findings (baseline known.jsonl); but for them 220 accepted" in result.stderr
    first, *others = (one for one in entries(folder) if one["rule"] == "inside-image")
    rewrite(folder, {**first, "measured": 2.0}, *others)
    result = run("check", "grades.yaml", *files, "--baseline", "known.jsonl")
    assert result.exit_code == 1
    assert "worse: was 2 px, is " in result.stdout


def outputs(folder: Path, name: str) -> str:
    """What a format writes of a known, a waived, a worse and a new finding."""
    tasks = (FAULTY[0], FAULTY[1], task(4, region(SMALL)), unverified())
    write(folder, *tasks)
    waived = [{"id": one["id"], **WAIVER} for one in found(folder, unverified())]
    rewrite(folder, *entries(folder), *waived)
    tasks = (FAULTY[0], FAULTY[1], task(4, region(SMALLER, closed=False)), unverified())
    result = check(folder, *tasks, more=("--baseline", "known.jsonl", "-f", name))
    assert result.exit_code == 1
    return result.stdout


def test_json_tells_by_what_a_finding_is_known(folder: Path) -> None:
    document = json.loads(outputs(folder, "json"))
    records = {record["subject"]["task"]: record for record in document["records"]}
    assert [records[key]["decision_but_for_known"] for key in "1245"] == [
        "accepted",
        "accepted",
        "returned",
        "accepted",
    ]
    assert [records[key]["decision"] for key in "1245"] == ["returned", "escalated", "returned", "unverified"]
    standings = {(key, one["rule"]): one for key, record in records.items() for one in record["findings"]}
    assert standings["1", "area-limits"]["known"] == "baseline"
    worse = standings["4", "area-limits"]
    assert (worse["known"], worse["new_because"]) == (None, "was 3 mm², is 2 mm²")
    assert worse["was"] == {"measured": 3.0, "limit": 4.0, "unit": "mm²"}
    assert standings["4", "closed-outline"]["known"] is None
    assert all(one["waiver"] == WAIVER for one in records["5"]["findings"])
    statistics = document["statistics"]["baseline"]
    assert (statistics["worse"], statistics["unmatched"]["total"], statistics["expired"]["total"]) == (1, 0, 0)
    assert statistics["known"] == 2 + statistics["waived"]
    assert statistics["decisions_but_for_known"]["accepted"] == 3
    assert document["statistics"]["rules"]["area-limits"]["known"] == 2, "one of them waived"


def test_json_lines_tell_the_same(folder: Path) -> None:
    _, *records, statistics = [json.loads(line) for line in outputs(folder, "jsonl").splitlines()]
    assert records[0]["findings"][0]["known"] == "baseline"
    assert statistics["baseline"]["file"] == "known.jsonl"


def test_csv_has_it_in_columns(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(outputs(folder, "csv"))))
    told = {(row["task"], row["rule"]): row for row in rows}
    known, worse = told["1", "area-limits"], told["4", "area-limits"]
    assert (known["counts_as"], known["known_by"], known["decision_but_for_known"]) == ("known", "baseline", "accepted")
    assert (worse["counts_as"], worse["known_by"], worse["baseline"]) == ("error", "", "worse: was 3 mm², is 2 mm²")
    assert {row["known_by"] for row in rows if row["task"] == "5"} == {"waiver"}


def test_sarif_has_its_states_and_suppressions(folder: Path) -> None:
    log = json.loads(outputs(folder, "sarif"))
    jsonschema.validate(log, json.loads((HERE / "sarif.schema.json").read_text("utf-8")))
    results = log["runs"][0]["results"]
    states = {
        (one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].split("/")[0], one["ruleId"]): one
        for one in results
    }
    assert states["1", "area-limits"]["baselineState"] == "unchanged"
    assert "suppressions" not in states["1", "area-limits"]
    assert states["4", "area-limits"]["baselineState"] == "new", "what got worse is new"
    assert states["4", "closed-outline"]["baselineState"] == "new"
    waived = [one for key, one in states.items() if key[0] == "5"]
    assert all(one["suppressions"][0]["justification"] == "no scanner tells it" for one in waived)
    assert log["runs"][0]["invocations"][0]["exitCode"] == 1


def test_sarif_without_a_baseline_tells_no_state(folder: Path) -> None:
    assert "baselineState" not in check(folder, *FAULTY, more=("-f", "sarif")).stdout


def test_sarif_gives_a_state_to_what_could_not_be_read_too(folder: Path) -> None:
    rewrite(folder)
    log = json.loads(check(folder, task(1, 7), more=("--baseline", "known.jsonl", "-f", "sarif")).stdout)
    assert [one["baselineState"] for one in log["runs"][0]["results"]] == ["new", "new"]


def test_junit_skips_what_is_known_and_fails_what_is_new(folder: Path) -> None:
    suite = ET.fromstring(outputs(folder, "junit")).find("testsuite")  # noqa: S314 - written by ourselves
    assert suite is not None
    said = {case.get("classname"): [(child.tag, child.get("message")) for child in case] for case in suite}
    assert said["task 1"] == [("skipped", "returned, accepted but for known findings: 1 finding")]
    assert said["task 4"] == [("failure", "returned: 2 findings")]
    assert suite.get("failures") == "1"
    assert suite.get("errors") == "0"


def test_github_only_notices_what_is_known(folder: Path) -> None:
    lines = outputs(folder, "github").splitlines()
    commands = [(line[2:].partition(" ")[0], "title=area-limits" in line) for line in lines]
    assert commands[0] == ("notice", True)
    assert ("error", True) in commands
    assert "(worse: was 3 mm², is 2 mm²)" in "\n".join(lines)


def test_the_table_tells_it_in_its_summary(folder: Path) -> None:
    assert "but for them 3 accepted · 1 returned" in outputs(folder, "table")
