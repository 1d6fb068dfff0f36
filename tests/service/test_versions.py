"""Versions of a guideline in a running project: what another one would change, and moving the work to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.checking.supplied import SuppliedError
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import store_url
from guidelint.service.store.projects import record_push
from guidelint.service.versions.impact import impact_on_projects
from guidelint.service.versions.project_address import ProjectAddress

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.impact.impact import Impact


def impact_of(bench: Bench, place: str, min_mm2: float) -> list[Impact]:
    settings = Settings(store=store_url(place), servers={SERVER: "token-1"})
    projects = [ProjectAddress(SERVER, bench.project)]
    return list(impact_on_projects(plan("3.0.0", min_mm2), projects, settings, {SERVER: bench.client}))


def test_each_annotation_is_compared_with_its_verdict_under_its_own_version(place: str, tmp_path: Path) -> None:
    bench = make_bench(tmp_path, place=place)
    tasks = [bench.task(guideline="lesions 0.9.0") for _ in range(4)]
    for task, result in zip(tasks, (GOOD, LARGE, SMALL), strict=False):
        bench.fake.submit(task, result)
    bench.worker.work_off()
    record_push(bench.engine, SERVER, bench.project, plan("2.0.0", 30.0))
    bench.fake.submit(tasks[0], SMALL, user=2)
    bench.worker.work_off()
    assert bench.decisions() == {1: "accepted", 2: "escalated", 3: "returned", 4: "accepted"}
    writes, queries = bench.writes(), len(bench.fake.requests)
    before, now = impact_of(bench, place, 500.0)
    assert (before.old, before.new, before.annotations) == ("lesions 1.0.0", "lesions 3.0.0", 3)
    assert [(one.annotation, one.old, one.new) for one in before.changed] == [("1", "accepted", "returned")]
    assert (now.old, now.annotations) == ("lesions 2.0.0", 1)
    assert [(one.annotation, one.annotator, one.old, one.new) for one in now.changed] == [
        ("4", "2", "accepted", "returned")
    ]
    assert [row.name for row in now.by_source] == [f"{SERVER}/projects/{bench.project}"]
    assert bench.writes() == writes
    assert len(bench.fake.requests) == queries + 2, "a list of the tasks, and a page of them"
    bench.close()


def test_a_project_that_the_store_does_not_know_is_refused(bench: Bench, tmp_path: Path) -> None:
    settings = Settings(store=store_url(str(tmp_path / "store.db")), servers={SERVER: "token-1"})
    with pytest.raises(SuppliedError, match="does not know project 7"):
        impact_on_projects(plan(), [ProjectAddress(SERVER, 7)], settings, {SERVER: bench.client})
    with pytest.raises(SuppliedError, match="there is no work to judge in"):
        impact_of(bench, str(tmp_path / "store.db"), 1.0)
