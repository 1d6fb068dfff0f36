"""The public Python surface: the same verdicts as the command's, in types that stay, and one error that helps."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.cli.delivery_file import GUIDELINE, TASKS, Json, region, run, task

import guidelint.api
from guidelint.api import Guideline, GuidelintError, Unreadable, library, load
from guidelint.cli.render.formats.record_json import plain_json
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAVY = ("numpy", "pydantic", "msgspec", "sqlalchemy", "httpx", "typer", "pyarrow", "pandas")


@pytest.fixture(scope="module")
def lesions() -> Guideline:
    return load(GUIDELINE)


def export(folder: Path, *tasks: Json) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def one_task() -> Json:
    return task(2, region(closed=False))


REFUSED: list[tuple[Callable[[Any], object], str]] = [
    (
        lambda one: one.judge("export.json"),
        "'export.json' is no task: a dict, or its JSON. To judge a file",
    ),
    (
        lambda one: one.judge([one_task()]),
        r"list is no task: a dict, or its JSON. To judge several: check\(",
    ),
    (lambda one: one.judge(task(1)), "the task has no annotation: nothing is to be judged"),
    (lambda one: one.judge(task(1, 7)), "annotation 1 of the task cannot be read: "),
    (lambda one: one.judge({"id": 1, "data": 5, "annotations": []}), "the task cannot be judged: its data cannot"),
    (lambda one: one.judge(task(1, region()), annotation=5), "1 annotation: 11. There is not one annotation 5"),
    (lambda one: one.judge(json.dumps(one_task()) + json.dumps(one_task())), "these are several tasks"),
    (lambda one: one.check(), r"nothing is given to be checked. Give paths or tasks: check\('export.json'\)"),
    (lambda one: one.check("nowhere.json"), "nowhere.json: there is no such file. Look how it is written"),
    (lambda one: one.check(5), "int cannot be checked. Give a path, an export in bytes, a task"),
    (lambda one: one.check(["a.json", 5]), "among paths stands int"),
    (lambda one: list(one.check([{"id": {1, 2}}])), "record 1 cannot be written as JSON: Object of type set"),
    (lambda one: list(one.check([one_task(), 5])), "record 2: int is no task"),
    (lambda one: one.check(TASKS, select="area-limit"), "Did you mean `area-limits`"),
    (lambda one: one.check(TASKS, levels={"area-limits": "grave"}), "levels= wants RULE=LEVEL, with one of error"),
    (lambda one: one.check(TASKS, baseline="none.jsonl"), "`write_baseline=` writes one"),
    (lambda one: one.check(TASKS, write_baseline="no/known.jsonl"), "folder is not there. Name a file for write_"),
    (lambda one: one.check(TASKS, expect="none.txt"), "none.txt cannot be read"),
    (lambda one: one.check(TASKS, server="ftp://x"), "server=: "),
    (
        lambda one: one.check(TASKS, from_="label-studi"),
        "there is no format `label-studi`. Did you mean `label-studio`",
    ),
    (lambda one: one.check(TASKS, facts="none.csv"), "none.csv"),
    (lambda one: one.check(TASKS, images=cast("Any", 7)), "images=: int names no place. Give a folder or an address"),
    (lambda one: one.check(TASKS, images=[cast("Any", b"scans")]), "images=: bytes names no place"),
    (lambda one: one.check(TASKS, facts=cast("Any", 7)), "facts=: int names no place. Give the path of a table"),
    (lambda one: one.check(TASKS, images="none"), "images='none' is no folder. Name the folder that holds the images"),
    (lambda one: one.check(TASKS, levels="area-limits=grave"), "levels= wants RULE=LEVEL"),
    (lambda _: load(cast("Any", TASKS[0])), "dict is no guideline. Give its name, its path, or its YAML as text"),
    (lambda _: load("lesion"), "there is no guideline `lesion`"),
    (lambda _: load("nowhere/plan.json"), "nowhere/plan.json cannot be read: no such file"),
    (lambda _: load(Path("lesions")), "lesions cannot be read: no such file"),
]


def test_a_check_gives_what_the_command_gives(lesions: Guideline, tmp_path: Path) -> None:
    path = export(tmp_path, *TASKS)
    _, *lines, statistics = run("check", GUIDELINE, str(path), "--format", "jsonl").stdout.splitlines()
    report = lesions.check(path)
    assert [json.loads(json.dumps(plain_json(one))) for one in report] == [json.loads(line) for line in lines]
    assert {"type": "statistics", **json.loads(json.dumps(report.totals.statistics))} == json.loads(statistics)


def test_tasks_in_memory_are_judged_as_their_file_is(lesions: Guideline, tmp_path: Path) -> None:
    path = export(tmp_path, *TASKS)
    in_file = [(one.decision, one.findings) for one in lesions.check(path)]
    assert len(in_file) > len(TASKS)
    for given in (list(TASKS), path.read_bytes(), [path], (one for one in TASKS)):
        assert [(one.decision, one.findings) for one in lesions.check(given)] == in_file


def test_what_could_not_be_read_is_among_the_verdicts(lesions: Guideline) -> None:
    unread = [one for one in lesions.check(TASKS) if isinstance(one, Unreadable)]
    assert [(one.decision, one.task, one.annotation_number) for one in unread] == [("unreadable", "9", 1)]
    assert not unread[0].findings


def test_a_delivery_is_read_as_it_is_judged(lesions: Guideline) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[Json]:
        for number in range(1, 3001):
            taken.append(number)
            yield task(number, region())

    report = lesions.check(tasks())
    first = next(iter(report))
    assert first.decision == "accepted"
    assert len(taken) < 3000


def test_a_report_is_read_once(lesions: Guideline) -> None:
    report = lesions.check(one_task())
    for _ in report:
        with pytest.raises(GuidelintError, match="not read to its end"):
            _ = report.totals
    with pytest.raises(GuidelintError, match=r"Keep it with list\(report\), or check again"):
        list(report)
    assert not report.accepted
    assert report.totals.annotations == {"returned": 1}
    assert report.totals.findings == {"closed-outline": {"error": 1}}


def test_nothing_judged_is_not_accepted(lesions: Guideline) -> None:
    assert not lesions.check([]).accepted
    assert lesions.check([], allow_empty=True).accepted
    assert lesions.check(task(1, region())).accepted


@pytest.mark.parametrize("given", [one_task(), json.dumps(one_task()), json.dumps(one_task()).encode()])
def test_one_annotation_is_judged_as_in_a_delivery(lesions: Guideline, given: Json | str | bytes) -> None:
    (expected,) = lesions.check(one_task())
    assert lesions.judge(given) == expected
    assert expected.decision == "returned"


def test_one_of_several_annotations_is_chosen_by_its_id(lesions: Guideline) -> None:
    several = task(3, region(), region(closed=False), [])
    assert [lesions.judge(several, annotation=each).decision for each in (31, "32")] == ["accepted", "returned"]
    with pytest.raises(GuidelintError, match=r"3 annotations: 31, 32, 33\. Say which: judge\(task, annotation='31'\)"):
        lesions.judge(several)


def test_records_cannot_be_changed(lesions: Guideline) -> None:
    verdict = lesions.judge(one_task())
    with pytest.raises(FrozenInstanceError):
        verdict.decision = "accepted"  # type: ignore[misc]  # that it cannot be set is the point


@pytest.mark.parametrize(("ask", "said"), REFUSED)
def test_what_cannot_be_done_is_said_with_the_way_on(
    lesions: Guideline, ask: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(GuidelintError, match=said) as raised:
        ask(lesions)
    assert not raised.value.problems


def test_all_that_is_wrong_with_a_guideline_is_told_by_place() -> None:
    with pytest.raises(GuidelintError, match="text:3:1: unknown-key") as raised:
        load("guidelint: 1\ntitle: Cells\nsumary: Boxes.\n")
    problems = raised.value.problems
    mistyped = next(one for one in problems if one.code == "unknown-key")
    assert str(mistyped) == "text:3:1: unknown-key: a guideline has no key `sumary`. Did you mean `summary`?"
    assert {"missing", "unknown-key"} <= {one.code for one in problems}
    assert pickle.loads(pickle.dumps(raised.value)).problems == problems  # noqa: S301 - our own bytes


def test_what_is_unwise_is_warned_of() -> None:
    text = Path(GUIDELINE).read_text(encoding="utf-8")
    with pytest.warns(UserWarning, match="alias-of-no-tool"):
        guideline = load(text.replace("images:", "control_aliases: {box: rectangle}\nimages:", 1))
    assert [(one.code, one.level) for one in guideline.warnings] == [("alias-of-no-tool", "warning")]
    assert (guideline.name, guideline.version, guideline.title) == ("lesions", "2.1.0", "Lesions")


def test_a_plan_judges_and_does_not_compile(lesions: Guideline, tmp_path: Path) -> None:
    outputs = lesions.compile()
    path = tmp_path / "plan.json"
    path.write_text(outputs["plan.json"], encoding="utf-8")
    of_plan = load(path)
    assert of_plan.plan_digest == lesions.plan_digest
    assert of_plan.judge(one_task()) == lesions.judge(one_task())
    with pytest.raises(GuidelintError, match="was loaded from a plan"):
        of_plan.compile()


def test_files_passed_over_are_warned_of_and_noted(lesions: Guideline, tmp_path: Path) -> None:
    path = export(tmp_path, *TASKS)
    with pytest.warns(UserWarning, match="is given twice, and read once"):
        report = lesions.check(path, path)
    assert len(report.notes) == 1


def test_what_is_known_decides_nothing_anew(lesions: Guideline, tmp_path: Path) -> None:
    known = tmp_path / "known.jsonl"
    writing = lesions.check(one_task(), write_baseline=known)
    assert not writing.accepted
    assert writing.notes == (f"{known}: 1 finding and 0 waivers written",)
    report = lesions.check(one_task(), baseline=known)
    (one,) = report
    assert not isinstance(one, Unreadable)
    assert (one.decision, one.decision_but_for_known, one.findings[0].known) == ("returned", "accepted", "baseline")
    assert report.accepted


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    assert dir(guidelint.api) == sorted(guidelint.api.__all__)
    assert [name for name in guidelint.api.__all__ if not getattr(guidelint.api, name).__doc__] == []
    assert "lung-nodule-ct@1.0.0" in library()


def test_a_mistyped_name_is_met_with_the_one_that_is_meant() -> None:
    with pytest.raises(AttributeError, match="Did you mean `Report`"):
        _ = guidelint.api.Raport  # type: ignore[attr-defined]  # that it is not there is the point


def test_nothing_is_loaded_before_it_is_asked_for_and_never_the_service() -> None:
    said = f"print([name for name in {HEAVY} if name in sys.modules])"
    asked = f"import sys, guidelint.api\n{said}\nguidelint.api.load('blood-cells').check([]).totals\n{said}"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    first, then = done.stdout.splitlines()
    assert first == "[]"
    assert not any(name in then for name in ("sqlalchemy", "httpx", "typer", "pyarrow", "pandas"))


def test_each_task_is_judged_by_the_guideline_that_it_names() -> None:
    first, second = (load(with_part(f"version: {version}.0.0\n")) for version in (1, 2))
    tasks = [{**one_task(), "id": number, "data": {"guideline": f"{number}.0.0"}} for number in (1, 2, 3)]
    report = first.check(tasks, also=[second])
    assert [(one.task, getattr(one, "guideline_version", "")) for one in report] == [
        ("1", "1.0.0"),
        ("2", "2.0.0"),
        ("3", ""),
    ]
    assert not report.accepted
    assert repr(report) == "Report(example 1.0.0 and example 2.0.0, read)"
    with pytest.raises(GuidelintError, match="is given twice"):
        first.check(tasks, also=[first])
    (unreadable,) = (one for one in first.check(tasks, also=[second]) if one.decision == "unreadable")
    assert "Give the guideline that it names, too: --also example@3.0.0" in unreadable.reason
