"""``check(jobs=...)``: several processes give the verdicts, totals and baseline that one gives, in the same order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.checking.crew import Backwards, instead_of_processes
from tests.cli.delivery_file import region, task
from tests.cli.test_check_jobs import RULES, as_list, delivery

from guidelint.api import Guideline, GuidelintError, load, sample
from guidelint.checking.spread.crew import LostProcessError
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def crews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Backwards]:
    """Small parts, and a crew that is no process."""
    monkeypatch.chdir(tmp_path)
    return instead_of_processes(monkeypatch)


def small() -> Guideline:
    """Load rules of every kind of subject."""
    return load(with_part(f"{RULES}    enough-readers: {{min: 2}}\n"))


@pytest.fixture
def guideline() -> Guideline:
    return small()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    path.write_text(as_list([{**one, "project": 7} for one in delivery()]), encoding="utf-8")
    return path


def test_verdicts_and_totals_are_the_same(guideline: Guideline, export: Path, crews: list[Backwards]) -> None:
    one = guideline.check(export, schema=True, server="https://label.example.org")
    two = guideline.check(export, schema=True, server="https://label.example.org", jobs=2)
    verdicts = list(one)
    assert {getattr(verdict, "subject", "") for verdict in verdicts} == {"submission", "task", "delivery", ""}
    assert any(verdict.link for verdict in verdicts)
    assert list(two) == verdicts
    assert two.totals == one.totals
    assert crews[0].count == 2
    assert crews[0].judged > 20


def test_baselines_are_compared_and_written_the_same(
    guideline: Guideline, export: Path, crews: list[Backwards]
) -> None:
    written = [guideline.check(export, write_baseline=f"known{jobs}", jobs=jobs) for jobs in (1, 2)]
    assert written[0].totals == written[1].totals
    known = [export.with_name(f"known{jobs}") for jobs in (1, 2)]
    assert known[0].read_bytes() == known[1].read_bytes()
    assert written[1].notes == tuple(note.replace("known1", "known2") for note in written[0].notes) != ()
    lines = known[0].read_text("utf-8").splitlines(keepends=True)
    known[0].write_text("".join(lines[:1] + lines[1::2]), encoding="utf-8")
    one, two = (guideline.check(export, baseline=known[0], jobs=jobs) for jobs in (1, 2))
    verdicts = list(one)
    assert len({finding.known for verdict in verdicts for finding in verdict.findings}) == 2
    assert list(two) == verdicts
    assert two.totals == one.totals
    assert len(crews) == 2


def test_several_guidelines_in_files_and_in_memory_judge_the_same(export: Path, crews: list[Backwards]) -> None:
    first, second = (load(with_part(f"version: {version}.0.0\n")) for version in (1, 2))
    tasks = [{**task(n, region(closed=False)), "data": {"guideline": f"{n}.0.0"}} for n in (1, 2, 3)]
    export.write_text(json.dumps(tasks), encoding="utf-8")
    one, two = (first.check([export], tasks, also=[second], jobs=jobs) for jobs in (1, 0))
    verdicts = list(one)
    assert {getattr(verdict, "guideline_version", "") for verdict in verdicts} == {"1.0.0", "2.0.0", ""}
    assert list(two) == verdicts
    assert two.totals == one.totals
    assert crews


def test_totals_alone_are_told_without_verdicts(guideline: Guideline, export: Path, crews: list[Backwards]) -> None:
    report = guideline.check(export, jobs=2)
    begun = iter(report)
    assert report.totals == guideline.check(export).totals
    assert crews[0].setup.showing().taken().shown == ()
    assert list(begun) == []


def test_processes_that_are_lost_end_the_check_with_the_way_on(
    guideline: Guideline, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        told = "a process ended with status 1"
        raise LostProcessError(f"{told}. Try fewer with --jobs NUMBER; without it one process judges")

    monkeypatch.setattr("guidelint.checking.spread.begin.Processes", lost)
    with pytest.raises(
        GuidelintError, match=r"fewer with jobs=; without it one process judges\. Each process imports the script"
    ):
        list(guideline.check(export, jobs=2))


@pytest.mark.parametrize("count", [-1, "2", 1.5])
def test_what_is_no_number_of_processes_is_refused(count: int, guideline: Guideline) -> None:
    with pytest.raises(GuidelintError, match=r"jobs=: .* is no number of processes"):
        guideline.check([], jobs=count)


@pytest.mark.many
def test_real_processes_judge_the_same() -> None:
    one, two = (load("lung-nodule-ct").check(sample(), jobs=jobs) for jobs in (1, 2))
    assert list(two) == list(one)
    assert two.totals == one.totals
