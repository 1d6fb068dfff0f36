"""Versions of a guideline in a running project: what another one would change, and moving the work to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.test_migrate import pair
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.checking.supplied import SuppliedError
from guidelint.labelstudio.connection.errors import Refused
from guidelint.labelstudio.migrating.renaming import Renaming
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.language.versions.mapping import names
from guidelint.rules.catalogue import catalogue
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import store_url
from guidelint.service.store.projects import record_push
from guidelint.service.versions.impact import impact_on_projects
from guidelint.service.versions.move import Move
from guidelint.service.versions.project_address import ProjectAddress

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.impact.impact import Impact
    from guidelint.labelstudio.connection.task_client import AnnotationRead
    from guidelint.labelstudio.migrating.of_file import Migrated
    from guidelint.language.form.guideline import Guideline


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


class Moving:
    """A project with a task of each of two classes, which swap their names in the next version."""

    def __init__(self, folder: Path, place: str | None = None) -> None:
        self.old, self.new = (find(str(path)) for path in pair(folder, {}, ("min_mm2: 30", "min_mm2: 31")))
        self.bench = make_bench(folder, compile_plan(self.old, catalogue()), place=place)
        self.tasks = [self.bench.task() for _ in range(3)]
        for task, label in zip(self.tasks, ("spot", "scar"), strict=False):
            self.bench.fake.submit(task, drawn(label))
        self.bench.fake.submit(self.tasks[2], [])
        self.bench.worker.work_off()

    def push(self, guideline: Guideline) -> None:
        record_push(self.bench.engine, SERVER, self.bench.project, compile_plan(guideline, catalogue()))

    def move(self, position: int = 2, *, back: bool = False) -> Migrated:
        swapped = replace(names(self.old, self.new), classes={"spot": "scar", "scar": "spot"})
        renaming = Renaming(self.new, self.old, swapped) if back else Renaming(self.old, self.new, swapped)
        of = ProjectAddress(SERVER, self.bench.project)
        made = Move(self.bench.engine, self.bench.client, of, renaming, position, back=back).run()
        self.bench.worker.work_off()
        return made

    @property
    def labels(self) -> list[str]:
        every = self.bench.fake.tables.annotations.values()
        return [item["value"]["rectanglelabels"][0] for one in every for item in one["result"][:1]]

    @property
    def versions(self) -> list[str]:
        return [self.bench.data(task)["gl_guideline"] for task in self.tasks]


def drawn(label: str) -> list[dict[str, Any]]:
    """A mark, with the answer that is asked for."""
    (box,) = GOOD
    value = {**box["value"], "rectanglelabels": [label]}
    place = {key: part for key, part in value.items() if key != "rectanglelabels"}
    said = {**box, "from_name": "kind", "type": "choices", "value": {**place, "choices": ["good"]}}
    return [{**box, "value": value}, said]


def test_a_move_that_is_broken_off_goes_on_and_the_way_back_gives_all_as_it_was(place: str, tmp_path: Path) -> None:
    moving = Moving(tmp_path, place)
    fake = moving.bench.fake
    drew = [one["result"] for one in fake.tables.annotations.values()]
    assert (moving.labels, moving.versions) == (["spot", "scar"], ["marks 1.0.0"] * 3)
    moving.push(moving.new)
    fake.refuses["PATCH", "/api/annotations/2/"] = "not now"
    with pytest.raises(Refused, match="not now"):
        moving.move()
    moving.bench.worker.work_off()
    assert moving.labels == ["scar", "scar"], "the second still is what it was"
    assert moving.versions == ["marks 2.0.0", "marks 1.0.0", "marks 1.0.0"]
    fake.refuses.clear()
    assert (moving.move().changed, moving.move().changed) == (1, 0)
    assert (moving.labels, moving.versions) == (["scar", "spot"], ["marks 2.0.0"] * 3)
    moving.push(moving.old)
    assert (moving.move(3, back=True).changed, moving.move(3, back=True).changed) == (2, 0)
    assert [one["result"] for one in fake.tables.annotations.values()] == drew
    assert moving.versions == ["marks 1.0.0"] * 3
    moving.bench.close()


def test_what_is_handed_in_under_the_later_version_is_its_own_and_goes_back_by_names(tmp_path: Path) -> None:
    moving = Moving(tmp_path)
    moving.push(moving.new)
    assert moving.move().changed == 2
    moving.bench.fake.update(1, result=drawn("spot")[:1])
    assert moving.move().changed == 0
    assert moving.labels == ["spot", "spot"]
    moving.push(moving.old)
    assert moving.move(3, back=True).changed == 2
    assert moving.labels == ["scar", "scar"]
    moving.bench.close()


def test_what_somebody_changes_in_that_moment_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moving = Moving(tmp_path)
    client, fake = moving.bench.client, moving.bench.fake
    read, late = client.annotation, iter([1])

    def annotation(number: int) -> AnnotationRead:
        if next(late, 0):
            fake.update(number, result=[*drawn("spot"), {"type": "relation", "from_id": "r1", "to_id": "r1"}])
        return read(number)

    monkeypatch.setattr(client, "annotation", annotation)
    moving.push(moving.new)
    moving.move()
    assert moving.labels == ["spot", "spot"], "handed in under the later version by then"
    assert fake.tables.annotations[1]["result"][-1]["type"] == "relation"
    moving.bench.close()
