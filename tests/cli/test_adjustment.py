from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import GUIDELINE, HOSTILE, OPEN, SERIES, Json, region, run, task, write_export

from guidelint.checking.asked.adjustment import AdjustmentError, adjusted, adjustment
from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

FIXED = sorted(name for name, rule in catalogue().items() if not rule.settable())


def checked(folder: Path, *tasks: Json, more: tuple[str, ...] = (), status: int = 1) -> dict[str, Any]:
    """Check these tasks and give the JSON document."""
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    result = run("check", GUIDELINE, str(path), "--format", "json", *more)
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def found(document: dict[str, Any]) -> set[str]:
    """Rules with a finding."""
    return {finding["rule"] for record in document["records"] for finding in record["findings"]}


def test_a_rule_that_is_left_out_finds_nothing_and_the_run_says_so(tmp_path: Path) -> None:
    document = checked(tmp_path, task(1, region(OPEN, closed=False)), more=("--ignore", "closed-outline"), status=0)
    assert found(document) == set()
    assert document["guideline"]["version"] == "2.1.0+adjusted"
    assert document["statistics"]["differences"] == ["without closed-outline"]
    assert document["plan_digest"] != chosen_plan(GUIDELINE).digest


def test_only_the_selected_rules_judge_and_those_that_no_run_can_leave_out(tmp_path: Path) -> None:
    tasks = task(1, region(OPEN, closed=False)), task(2, region(label="unknown"))
    assert found(checked(tmp_path, *tasks, more=("--select", "area-limits"))) == {"known-label"}
    assert found(checked(tmp_path, *tasks, more=("--select", "closed-outline,area-limits"))) == {
        "known-label",
        "closed-outline",
    }


def test_of_two_levels_of_a_rule_the_last_counts() -> None:
    told = adjustment(levels=["inside-image=error", "closed-outline=note, inside-image=warning"])
    assert told.levels == (("closed-outline", "note"), ("inside-image", "warning"))


def test_commas_part_names_and_an_empty_variable_names_nobody() -> None:
    told = adjustment(annotators=["101, 102", ""], tasks=["", "7,8"], classes=[""], select=[","])
    assert (told.annotators, told.tasks) == (frozenset({"101", "102"}), frozenset({"7", "8"}))
    assert (told.classes, told.select) == (frozenset(), frozenset())


def test_a_level_given_for_the_run_decides(tmp_path: Path) -> None:
    document = checked(
        tmp_path, task(1, region(OPEN, closed=False)), more=("--level", "closed-outline=warning"), status=0
    )
    assert document["records"][0]["findings"][0]["level"] == "warning"
    assert document["statistics"]["differences"] == ["with other levels: closed-outline warning"]


@pytest.mark.parametrize("rule", FIXED)
def test_what_keeps_unread_work_from_being_accepted_always_judges(rule: str) -> None:
    for told in (adjustment(ignore=[rule]), adjustment(levels=[f"{rule}=note"])):
        with pytest.raises(AdjustmentError, match=f"`{rule}` can neither be left out nor be given a level: "):
            adjusted(chosen_plan(GUIDELINE), told, catalogue())
    selected = adjusted(chosen_plan(GUIDELINE), adjustment(select=["closed-outline"]), catalogue())
    assert rule in {check.rule.id() for check in selected.plan.checks}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--ignore", "closd-outline"), "there is no rule `closd-outline`. Did you mean `closed-outline`?"),
        (("--select", "single-piece"), "does not ask for a rule `single-piece`. There are: `answer-escalates`, `area"),
        (("--class", "leson"), "lesions 2.1.0 has no class `leson`. Did you mean"),
        (("--level", "closed-outline"), "--level wants RULE=LEVEL, with one of error, warning, note"),
        (("--level", "closed-outline=fatal"), "found 'closed-outline=fatal'"),
        (("--max-findings", "-1"), "--max-findings"),
    ],
)
def test_names_that_are_not_there_are_refused(more: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), *more)
    assert result.exit_code == 2
    assert said in result.output


def test_only_some_annotators_or_tasks_are_judged_and_the_others_counted(tmp_path: Path) -> None:
    tasks = task(1, region(), region(OPEN, closed=False)), task(2, region(OPEN, closed=False))
    by_first = checked(tmp_path, *tasks, more=("--annotator", "101"))
    assert [record["subject"]["task"] for record in by_first["records"]] == ["1", "2"]
    assert by_first["statistics"]["tasks"]["annotations_left_out"] == 1
    on_first = checked(tmp_path, *tasks, more=("--task", "1", "--annotator", "101"), status=0)
    assert on_first["statistics"]["differences"] == [
        "without verdicts on what holds more than that",
        "only annotator 101",
        "only task 1",
    ]
    assert on_first["guideline"]["version"] == "2.1.0", "what was judged was judged by the whole guideline"


def test_a_series_of_which_only_a_part_is_judged_gets_no_verdict(tmp_path: Path) -> None:
    tasks = task(7, region(), data=SERIES), task(8, region(), data=SERIES)
    kinds = {record["subject"]["kind"] for record in checked(tmp_path, *tasks, status=0)["records"]}
    part = checked(tmp_path, *tasks, more=("--task", "7"), status=0)
    assert kinds == {"submission", "series"}
    assert {record["subject"]["kind"] for record in part["records"]} == {"submission"}


def test_nothing_of_what_the_run_was_about_is_no_acceptance(tmp_path: Path) -> None:
    document = checked(tmp_path, task(1, region()), more=("--task", "99"))
    assert "nothing is there of what the run was about" in document["statistics"]["concerns"][0]


def test_only_one_class_is_told_of_and_what_could_be_of_it(tmp_path: Path) -> None:
    tasks = task(1, region(OPEN, closed=False)), task(2, region(label=HOSTILE)), task(3, [{"type": "?"}, 7])
    assert found(checked(tmp_path, *tasks, more=("--class", "lesion"))) >= {
        "closed-outline",
        "known-label",
        "readable-items",
    }


def test_what_is_not_known_of_the_image_keeps_a_class_from_being_accepted(tmp_path: Path) -> None:
    document = checked(tmp_path, task(1, region(), data={"PixelSpacing": None}), more=("--class", "lesion"))
    assert [record["decision"] for record in document["records"]] == ["unverified"]
    assert "calibrated-spacing" in found(document)


def test_findings_beyond_the_most_are_counted_and_not_shown(tmp_path: Path) -> None:
    path = str(write_export(tmp_path))
    whole = run("check", GUIDELINE, path, "--format", "json")
    capped = run("check", GUIDELINE, path, "--format", "json", "--max-findings", "2")
    all_of_it, part = json.loads(whole.stdout), json.loads(capped.stdout)
    assert capped.exit_code == whole.exit_code
    assert part["statistics"]["rules"] == all_of_it["statistics"]["rules"]
    shown = sum(len(record.get("findings", ["unreadable"])) for record in part["records"])
    everything = sum(len(record.get("findings", ["unreadable"])) for record in all_of_it["records"])
    assert (shown, part["statistics"]["not_shown"]) == (2, everything - 2)
    assert "more findings are counted here and not shown (--max-findings)" in capped.stderr


def test_the_summary_says_that_a_run_is_no_conformance_check(tmp_path: Path) -> None:
    path = str(write_export(tmp_path))
    said = "No conformance check: judged without closed-outline"
    assert said in run("check", GUIDELINE, path, "--ignore", "closed-outline").stdout
    assert said in run("check", GUIDELINE, path, "--ignore", "closed-outline", "--quiet", "-f", "csv").stderr
    assert "No conformance check" not in run("check", GUIDELINE, path).stdout
