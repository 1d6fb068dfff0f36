"""Projects on the server that follow a guideline and that the store does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.cli.delivery_file import run
from tests.service.bench import SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection import task_client as tasks
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.store.base.tables import projects, sweeps
from guidelint.service.store.projects import record_push
from guidelint.service.worker.servers.unknown_projects import UnknownProjects
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = f'<View idAttr="{marker(plan())}"/>'


@pytest.fixture
def strange(bench: Bench) -> Bench:
    """A store that was lost: the project still carries our marker, and a submission waits there."""
    bench.fake.tables.projects[bench.project]["label_config"] = CONFIG
    bench.dropping = True
    bench.fake.submit(bench.task(), SMALL)
    with bench.engine.begin() as connection:
        connection.execute(sa.delete(projects))
    return bench


def unknown(bench: Bench) -> UnknownProjects:
    """What looks for them."""
    return UnknownProjects(bench.engine, {SERVER: bench.client})


def test_it_is_named_with_its_guideline_and_the_remedy_and_kept_where_others_read_it(strange: Bench) -> None:
    strange.fake.add_project("<View/>")
    (found,) = unknown(strange).look()
    place = strange.engine.url.database
    assert found.problem.startswith(f"project {strange.project} follows lesions 1.0.0, but the store {place} does not")
    remedy = f"guidelint push lesions {SERVER} --project {strange.project} --store {place}"
    assert found.problem.endswith(remedy)
    assert [(row["project"], row["problem"]) for row in strange.rows(sweeps)] == [(strange.project, found.problem)]


def test_once_pushed_it_is_known_and_its_first_sweep_looks_at_all_of_it(strange: Bench) -> None:
    unknown(strange).look()
    record_push(strange.engine, SERVER, strange.project, plan(), "2020-01-01T00:00:00.000000Z")
    assert unknown(strange).look() == []
    (swept,) = Sweep(strange.engine, {SERVER: strange.client}).all_projects()
    assert (swept.problem, swept.found) == ("", 1)
    strange.worker.work_off()
    assert strange.decisions() == {1: "returned"}


def test_one_that_is_gone_is_complained_of_no_longer(strange: Bench) -> None:
    looking = unknown(strange)
    assert len(looking.look()) == 1
    strange.fake.tables.projects[strange.project]["label_config"] = "<View/>"
    assert looking.look() == []
    assert strange.rows(sweeps) == []


def test_it_is_told_once_and_a_store_that_knows_projects_looks_only_now_and_then(
    strange: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    looking = unknown(strange)
    with caplog.at_level("ERROR", "guidelint"):
        for _ in range(3):
            looking.look_when_due()
        assert [record.getMessage() for record in caplog.records] == ["a project is not known"]
        record_push(strange.engine, SERVER, strange.project, plan())
        before = len(strange.fake.requests)
        for _ in range(3):
            looking.look_when_due()
    assert len(strange.fake.requests) == before
    assert len(caplog.records) == 1


def test_a_server_that_is_away_is_no_server_without_projects(strange: Bench) -> None:
    strange.fake.away = True
    (found,) = unknown(strange).look()
    assert found.project is None
    assert "could not be listed" in found.problem


def test_many_projects_are_read_page_by_page(strange: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PROJECTS_PAGE", 2)
    more = [strange.fake.add_project(CONFIG) for _ in range(4)]
    assert [found.project for found in unknown(strange).look()] == [strange.project, *more]


@pytest.fixture
def sweeping(strange: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Let the command reach the fake."""
    monkeypatch.setenv("GUIDELINT_TOKEN", "token-1")
    monkeypatch.setattr("guidelint.service.sweep_once.PATIENCE_S", 0.0)

    def client(url: str, token: str, **_: object) -> TaskClient:
        return TaskClient(url, token, transport(strange.fake))

    monkeypatch.setattr("guidelint.service.worker.servers.clients.TaskClient", client)
    return strange


def test_the_sweep_ends_with_1_and_says_what_to_do(sweeping: Bench) -> None:
    place = str(sweeping.engine.url.database)
    done = run("sweep", SERVER, "--store", place)
    assert done.exit_code == 1, done.output
    assert f"{SERVER}: project 1 follows lesions 1.0.0, but the store {place} does not know" in done.output
    assert "No project was pushed" not in done.output


def test_only_a_server_without_our_projects_has_none(sweeping: Bench, tmp_path: Path) -> None:
    sweeping.fake.tables.projects[sweeping.project]["label_config"] = "<View/>"
    done = run("sweep", SERVER, "--store", str(tmp_path / "store.db"))
    assert (done.exit_code, "No project was pushed to these servers yet." in done.output) == (0, True), done.output
