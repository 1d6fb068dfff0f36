"""What `/ready` says in each fault that can keep the service from its work, and to whom it names names."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy import event
from tests.service.bench import GOOD, SECRET, SERVER, Bench, plan
from tests.service.fault_proxy import Fault, Faults, faulty

from guidelint.labelstudio.config.marker import config_digest, marker
from guidelint.labelstudio.connection.address import SECRET_HEADER, hook_path
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.clock import after
from guidelint.service.messages import State, Told
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.receiver.watching import outlook
from guidelint.service.settings import Settings
from guidelint.service.store import services
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.tables import inbox, projects, sweeps
from guidelint.service.store.missing import PROOFS
from guidelint.service.store.projects import record_push
from guidelint.service.worker.servers import server_watch
from guidelint.service.worker.servers.server_watch import ServerWatch
from guidelint.service.worker.servers.unknown_projects import UnknownProjects
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = "http://other.label-studio.test"
WRONG = {SECRET_HEADER: "wrong-horse-battery"}
JUDGING = State(judging=True)
ONE_SERVER = Settings(store="", servers={SERVER: "token-1"}, secret=SECRET, hold_ms=0)
CONFIG = f'<View idAttr="{marker(plan())}"/>'


@dataclass
class Judging:
    """A judging process that lives in this one, and does nothing by itself."""

    state: State = JUDGING
    heard_s: float | None = 0.0

    def start(self) -> None:
        return

    def wake(self) -> None:
        return

    def let_go(self) -> None:
        return

    async def close(self) -> None:
        return


@dataclass
class Rig:
    """A service that is ready, until something is broken."""

    bench: Bench
    engine: sa.Engine
    file: Path
    monkeypatch: pytest.MonkeyPatch
    faults: Faults = field(default_factory=Faults)
    judging: Judging = field(default_factory=Judging)
    settings: Settings = ONE_SERVER
    before: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    """Headers of deliveries that come first."""
    stack: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    _receiver: Receiver | None = None

    @property
    def receiver(self) -> Receiver:
        """Made once, when everything is still well."""
        if self._receiver is None:
            self._receiver = Receiver(self.settings, self.engine, self.judging)
        return self._receiver

    def client(self) -> TaskClient:
        """Speaks to Label Studio past the faults."""
        return TaskClient(SERVER, "token-1", faulty(transport(self.bench.fake), self.faults))

    def hook(self, **changes: Any) -> None:
        """Change the project's webhook."""
        next(iter(self.bench.fake.tables.webhooks.values())).update(changes)

    def look(self) -> None:
        """Look at Label Studio as the judging process does."""
        with self.client() as client:
            watch = ServerWatch(self.engine, client, [SECRET], self.receiver.hear)
            self.receiver.hear(Told(server=watch.look()))

    def sweep(self) -> None:
        """Sweep as the judging process does."""
        with self.client() as client:
            Sweep(self.engine, {SERVER: client}).all_projects()

    def ask(self, headers: dict[str, str] | None = None) -> httpx.Response:
        """Ask `/ready`, after the deliveries that come first."""

        async def ask() -> httpx.Response:
            app = self.receiver.app()
            wire = httpx.ASGITransport(app)
            async with app.router.lifespan_context(app), httpx.AsyncClient(transport=wire) as client:
                for delivery in self.before:
                    await client.post(f"http://guidelint{hook_path(SERVER)}", content=b"{}", headers=delivery)
                return await client.get("http://guidelint/ready", headers=headers or {})

        try:
            return asyncio.run(ask())
        finally:
            self._receiver = None


@pytest.fixture
def rig(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    bench.fake.tables.projects[bench.project]["label_config"] = CONFIG
    record_push(bench.engine, SERVER, bench.project, plan(), config_digest=config_digest(CONFIG))
    file = tmp_path / "store.db"
    monkeypatch.setattr(outlook, "ANSWERS_WITHIN_S", 300.0)  # a busy machine is none of the faults here
    made = Rig(bench, open_store(store_url(str(file)), patience_s=0.05), file, monkeypatch)
    made.hook(headers={SECRET_HEADER: SECRET})
    made.sweep()
    made.look()
    yield made
    for ending in made.stack:
        ending()
    made.engine.dispose()


def noes(answer: httpx.Response) -> dict[str, str]:
    """What is wrong → in which words."""
    return {check["check"]: check["says"] for check in answer.json()["checks"] if check["state"] == "no"}


def lock(rig: Rig) -> None:
    """Another program writes, and does not come to its end."""
    other = sqlite3.connect(rig.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    rig.stack.append(other.close)


def read_only(rig: Rig) -> None:
    rig.engine.dispose()

    def forbid(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=1")

    event.listen(rig.engine, "connect", forbid)


def full(rig: Rig) -> None:
    """The disk is full, as SQLite says it: the database may not grow, and what is written needs room."""

    def insert(connection: sa.Connection, *_: object) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.exec_driver_sql("INSERT INTO services VALUES (zeroblob(100000), '')")

    rig.monkeypatch.setattr(services, "insert_or_update", insert)


def replace(rig: Rig) -> None:
    """A backup was put in the place of the store that is open."""
    copy = rig.file.with_name("copy.db")
    with contextlib.closing(sqlite3.connect(rig.file)) as store, contextlib.closing(sqlite3.connect(copy)) as backup:
        store.backup(backup)
    copy.replace(rig.file)


def lose_store(rig: Rig) -> None:
    """The store knows no project any more, and somebody hands something in."""
    with rig.engine.begin() as connection:
        connection.execute(sa.delete(projects))
        connection.execute(sa.delete(sweeps))
    submit(rig)
    rig.bench.worker.work_off()


def come_upon(rig: Rig) -> None:
    """A project of the server carries our marker, and was pushed with another store."""
    rig.bench.fake.add_project(CONFIG)
    with rig.client() as client:
        UnknownProjects(rig.engine, {SERVER: client}).look()


def submit(rig: Rig) -> None:
    rig.bench.fake.submit(rig.bench.task(patient="John Doe"), GOOD)


def let_wait(rig: Rig) -> None:
    """Something was handed in long ago."""
    submit(rig)
    with rig.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(received_at=after(-1000.0)))


def edit_config(rig: Rig) -> None:
    """Somebody changes the config in Label Studio; its marker stays."""
    edited = CONFIG.replace("/>", "><Header value='x'/></View>")
    rig.bench.fake.tables.projects[rig.bench.project]["label_config"] = edited
    rig.sweep()


def delete_project(rig: Rig) -> None:
    """Somebody deletes the project, with its webhook, and a sweep notices."""
    rig.bench.fake.delete_project(rig.bench.project)
    rig.sweep()
    rig.look()


def end_project(rig: Rig) -> None:
    """It was not there for long enough."""
    delete_project(rig)
    with rig.engine.begin() as connection:
        connection.execute(sa.update(sweeps).values(missing_since=after(-10_000.0), missing_proofs=PROOFS - 1))
    rig.sweep()
    rig.look()


def push_another(rig: Rig) -> None:
    """A second project that the sweep had no time for yet; its webhook is right."""
    record_push(rig.engine, SERVER, rig.bench.fake.add_project(CONFIG), plan())


def push_another_long_ago(rig: Rig) -> None:
    record_push(rig.engine, SERVER, rig.bench.fake.add_project(CONFIG), plan(), after(-100_000.0))


def forget_sweep(rig: Rig) -> None:
    with rig.engine.begin() as connection:
        connection.execute(sa.update(sweeps).values(swept_at=after(-100_000.0)))


def begin(fault: Fault) -> Callable[[Rig], None]:
    """Something befalls everything asked of Label Studio."""

    def befall(rig: Rig) -> None:
        rig.faults.begin(fault)
        rig.look()

    return befall


def hooked(**changes: Any) -> Callable[[Rig], None]:
    """The webhook is changed."""

    def change(rig: Rig) -> None:
        rig.hook(**changes)
        rig.look()

    return change


def delivered(*headers: dict[str, str]) -> Callable[[Rig], None]:
    """Something is delivered with these headers."""
    return lambda rig: rig.before.extend(headers)


def refused_unseen(rig: Rig) -> None:
    """Deliveries are refused before the webhooks of every project were looked at."""
    rig.monkeypatch.setattr(server_watch, "PROJECTS_AT_ONCE", 0)
    rig.look()
    rig.before.extend((WRONG, WRONG))


def judging(state: State, heard_s: float | None = 0.0) -> Callable[[Rig], None]:
    """The judging process stands like this."""

    def stand(rig: Rig) -> None:
        rig.judging.state, rig.judging.heard_s = state, heard_s

    return stand


def another_server(rig: Rig) -> None:
    """A second Label Studio that nobody has looked at yet."""
    looks = dict(rig.receiver.outlook._looks)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    rig.settings = Settings(store="", servers={SERVER: "token-1", OTHER: "token-1"}, secret=SECRET, hold_ms=0)
    rig._receiver = None  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    rig.receiver.outlook._looks.update(looks)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


AWAY = "something else answers in its place"
UNREAD = dict.fromkeys(("projects", "config", "oldest pending", "last sweep"), "the store cannot be read")
CASES: dict[str, tuple[Callable[[Rig], None], dict[str, str]]] = {
    "nothing is wrong": (lambda _: None, {}),
    "it compiles": (judging(State(judging=True, compiling=True)), {}),
    "it does not judge yet": (judging(State()), {"judging": "does not look at the inbox"}),
    "the judging process died": (judging(State(), None), {"judging": "does not run"}),
    "the judging process hangs": (judging(State(judging=True), 100.0), {"judging": "not been heard of for 100 s"}),
    "the store is locked": (lock, {"store": "is locked: another program"}),
    "the store may only be read": (read_only, {"store": "is read-only"}),
    "the disk is full": (full, {"store": "the disk is full"}),
    "the store was deleted": (lambda rig: rig.file.unlink(), {"store": "is not there", **UNREAD}),
    "a backup takes the store's place": (replace, {}),
    "the project is unknown": (lose_store, {"projects": "wait for 1 project that this store does not know"}),
    "a project of ours is unknown": (come_upon, {"projects": "a sweep came upon 1 project with a guideline"}),
    "the token was revoked": (begin("401"), {"token": "is not accepted"}),
    "led to the page to log in": (begin("302 login"), {"token": "is not accepted"}),
    "404 by a proxy": (begin("404 plain"), {"Label Studio": AWAY}),
    "404 as a page": (begin("404 html"), {"Label Studio": AWAY}),
    "404 as Label Studio says it": (begin("404 as Label Studio"), {"Label Studio": AWAY}),
    "a page for maintenance": (begin("200 html"), {"Label Studio": AWAY}),
    "an empty answer": (begin("200 empty"), {"Label Studio": AWAY}),
    "500": (begin("500"), {"Label Studio": AWAY}),
    "it hangs": (begin("hang"), {"Label Studio": AWAY}),
    "it drops the connection": (begin("drop"), {"Label Studio": AWAY}),
    "the webhook has another secret": (
        hooked(headers=WRONG),
        {"webhook secret": "a webhook with another secret than this service"},
    ),
    "the webhook is somebody else's": (hooked(headers={}), {"webhook secret": "has no webhook of ours"}),
    "the webhook is switched off": (hooked(is_active=False), {"webhook secret": "switched off"}),
    "deliveries are refused": (refused_unseen, {"webhook secret": "2 deliveries with another secret"}),
    "deliveries of a stranger are refused": (delivered(WRONG, WRONG), {}),
    "a refused delivery is followed by a right one": (delivered(WRONG, {SECRET_HEADER: SECRET}), {}),
    "a config was edited by hand": (edit_config, {"config": "1 project not as pushed"}),
    "somebody waits too long": (let_wait, {"oldest pending": "s, which is over 120 s"}),
    "somebody waits, not too long": (submit, {}),
    "a project was deleted": (delete_project, {"projects": "1 project not found in Label Studio: if deleted"}),
    "a project that was deleted counts as gone": (end_project, {}),
    "a project was pushed just now": (push_another, {}),
    "a project was pushed long ago and never swept": (
        push_another_long_ago,
        {"last sweep": "1 project not swept to the end for 100"},
    ),
    "the last sweep was long ago": (forget_sweep, {"last sweep": "1 project not swept to the end for 100"}),
    "a server was not looked at": (another_server, {"Label Studio": "not looked at yet", "token": "not tried yet"}),
}


@pytest.mark.parametrize("title", CASES)
def test_each_fault_is_told_and_nothing_else_and_no_names(rig: Rig, title: str) -> None:
    breaking, wanted = CASES[title]
    assert rig.receiver
    breaking(rig)
    answer = rig.ask()
    found = noes(answer)
    assert found.keys() == wanted.keys(), answer.json()
    assert all(words in found[about] for about, words in wanted.items()), found
    assert (answer.status_code, answer.json()["ready"]) == ((503, False) if wanted else (200, True))
    names = ("label-studio.test", "elsewhere", "project 1", "lesions", "John", "token-1", SECRET, rig.file.name)
    assert not [name for name in names if name in answer.text]
    assert not {"detail"} & {key for check in rig.ask(WRONG).json()["checks"] for key in check}


def test_with_the_secret_it_says_which(rig: Rig) -> None:
    lose_store(rig)
    rig.faults.begin("404 html")
    rig.look()
    checks = {check["check"]: check for check in rig.ask({SECRET_HEADER: SECRET}).json()["checks"]}
    held = sum(row["state"] == "held" for row in rig.bench.rows(inbox))
    assert checks["projects"]["detail"] == f"{SERVER} project {rig.bench.project}: {held}"
    assert held
    assert checks["Label Studio"]["server"] == 1
    assert checks["Label Studio"]["detail"].startswith(f"{SERVER}: GET /api/current-user/whoami")


def test_compiling_is_told(rig: Rig) -> None:
    rig.judging.state = State(judging=True, compiling=True)
    answer = rig.ask().json()
    assert answer["compiling"]
    assert {"check": "kernels", "state": "told"}.items() <= next(
        check.items() for check in answer["checks"] if check["check"] == "kernels"
    )


def test_what_was_wrong_is_right_again(rig: Rig) -> None:
    """A store that is unlocked, a Label Studio that is back: nobody has to restart anything."""
    assert rig.receiver
    lock(rig)
    rig.faults.begin("500")
    rig.look()
    assert noes(rig.ask()).keys() == {"store", "Label Studio"}
    rig.stack.pop()()
    rig.faults.end()
    rig.look()
    assert rig.ask().status_code == 200


def test_what_another_service_judges_is_no_ghost_here(rig: Rig) -> None:
    """Two services on one store: each says what waits, whoever takes it, and that there are two."""
    assert rig.ask().json()["pending"] == 0, "the other service"
    submit(rig)
    rig.receiver.hold.opened([row["seq"] for row in rig.bench.rows(inbox)])
    rig.bench.worker.work_off()
    rig.look()

    async def wait_until_none_is_pending() -> dict[str, Any]:
        app = rig.receiver.app()
        wire = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=wire) as client:
            while (answer := (await client.get("http://guidelint/ready")).json())["pending"]:  # noqa: ASYNC110 - another process judges
                await asyncio.sleep(0.05)
        return dict(answer)

    (store,) = [
        check["says"] for check in asyncio.run(wait_until_none_is_pending())["checks"] if check["check"] == "store"
    ]
    assert store.endswith("1 other service works on it, too")


def test_hooks_of_many_projects_are_looked_at_in_turn(rig: Rig) -> None:
    """However many projects there are, one look costs Label Studio a few requests."""
    mine = [rig.bench.project]
    for _ in range(10):
        mine.append(rig.bench.fake.add_project())
        record_push(rig.engine, SERVER, mine[-1], plan())
    told: list[Told] = []
    with rig.client() as client:
        watch = ServerWatch(rig.engine, client, [SECRET], told.append)
        requests: list[int] = []
        for _ in range(3):
            watch.look()
            requests.append(len(rig.bench.fake.requests))
        look = watch.look()
    assert max(after - before for before, after in itertools.pairwise(requests)) <= 4
    assert [hook.project for hook in look.hooks] == mine[1:], "each was looked at, and only the first has a webhook"
