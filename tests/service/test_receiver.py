"""What the receiver takes, what it refuses, what it stores, and which answers wait."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from tests.service.bench import SECRET, SERVER

from guidelint.labelstudio.connection.address import SECRET_HEADER, TRIAL, hook_path
from guidelint.service.messages import State
from guidelint.service.receiver.hold import Hold
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.receiver.watching.backlog import Backlog
from guidelint.service.settings import Settings, SettingsError
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import inbox, metadata
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox as inbox_module
from guidelint.service.store.hints.inbox import BULK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATH = hook_path(SERVER)
ROW = inbox_module.hint_row(TaskKey(SERVER, 1, 3), "ANNOTATION_CREATED")
EVENT = {
    "action": "ANNOTATION_CREATED",
    "annotation": {
        "id": 7,
        "task": 3,
        "created_at": "2026-01-02T03:04:05.000006Z",
        "updated_at": "2026-01-02T03:04:05.000006Z",
        "unique_id": "u-7",
        "prediction": {"id": 1, "result": []},
        "result": [{"value": {"text": "John Doe"}}],
    },
    "task": {"id": 3, "data": {"image": "john-doe.png"}},
    "project": {"id": 1, "token": "the-project-token", "task_data_password": "the-password"},
}


class Asleep:
    """A judging process that does nothing."""

    state = State(judging=True)
    heard_s = 0.0
    woken = 0

    def start(self) -> None:
        return

    def wake(self) -> None:
        self.woken += 1

    def let_go(self) -> None:
        return

    async def close(self) -> None:
        return


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    url = store_url(str(tmp_path / "store.db"))
    migrate(url)
    made = open_store(url)
    yield made
    made.dispose()


@dataclass
class Client:
    """Speaks to a receiver without a network; each request to one that has just been started."""

    engine: sa.Engine

    def post(self, path: str, **content: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", path, content))

    def get(self, path: str, **content: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", path, content))

    async def _send(self, method: str, path: str, content: dict[str, Any]) -> httpx.Response:
        settings = Settings(store="", servers={SERVER: "token"}, secret=SECRET, hold_ms=0)
        app = Receiver(settings, self.engine, Asleep()).app()
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, f"http://guidelint{path}", **content)


@pytest.fixture
def client(engine: sa.Engine) -> Client:
    return Client(engine)


def stored(engine: sa.Engine) -> list[dict[str, object]]:
    with read_only(engine) as connection:
        return [dict(row) for row in connection.execute(sa.select(inbox)).mappings()]


def test_a_delivery_is_stored_without_anything_it_need_not_know(client: Client, engine: sa.Engine) -> None:
    answer = client.post(PATH, json=EVENT, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 202
    (row,) = stored(engine)
    assert (row["server"], row["project"], row["task"], row["annotation"]) == (SERVER, 1, 3, 7)
    assert (row["action"], row["unique_id"]) == ("ANNOTATION_CREATED", "u-7")
    text = repr(row)
    assert not any(word in text for word in ("the-project-token", "the-password", "John", "john"))


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "sécret"])
def test_without_the_secret_nothing_is_stored(client: Client, engine: sa.Engine, secret: str | None) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret.encode()}
    assert client.post(PATH, json=EVENT, headers=headers).status_code == 401
    assert stored(engine) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"action": "LOOK"}',
        b'{"action": "ANNOTATION_CREATED", "annotation": {"id": "x"}}',
        b"[" * 100_000,
        b'{"action": "ANNOTATION_CREATED", "annotation": {"id": 1, "task": 1, "result": ' + b"[" * 100_000,
        b"\xff\xfe",
    ],
    ids=["empty", "broken", "list", "unknown action", "odd id", "deep", "deep within", "no text"],
)
def test_what_is_no_event_is_refused(client: Client, engine: sa.Engine, body: bytes) -> None:
    assert client.post(PATH, content=body, headers={SECRET_HEADER: SECRET}).status_code == 400
    assert stored(engine) == []


def test_the_doctors_trial_is_refused_and_nobody_is_alarmed(
    client: Client, engine: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "guidelint")
    assert client.post(PATH, content=b"[]", headers={SECRET_HEADER: SECRET}).status_code == 400
    assert [line.message for line in caplog.records] == ["a delivery was not understood"]
    assert client.post(PATH, content=TRIAL, headers={SECRET_HEADER: SECRET}).status_code == 400
    assert len(caplog.records) == 1
    assert stored(engine) == []


def test_other_servers_and_paths_and_methods_are_refused(client: Client) -> None:
    headers = {SECRET_HEADER: SECRET}
    assert client.post("/hooks/elsewhere", json=EVENT, headers=headers).status_code == 404
    assert client.get(PATH, headers=headers).status_code == 405
    assert client.get("/docs").status_code == 404


def test_a_slash_at_the_end_of_the_address_costs_no_delivery(client: Client, engine: sa.Engine) -> None:
    assert client.post(f"{PATH}/", json=EVENT, headers={SECRET_HEADER: SECRET}).status_code == 202
    assert len(stored(engine)) == 1


def test_a_delivery_that_cannot_be_stored_is_not_acknowledged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> list[int]:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(inbox_module, "put", full)
    assert client.post(PATH, json=EVENT, headers={SECRET_HEADER: SECRET}).status_code == 503


def test_without_a_secret_there_is_no_receiver(engine: sa.Engine) -> None:
    with pytest.raises(SettingsError, match="secret"):
        Receiver(Settings(store="", servers={SERVER: "token"}), engine)


def test_health_says_that_the_receiver_is_alive_whatever_the_store_does(client: Client, engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for table in metadata.tables.values():
            table.drop(connection)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"receiving": True})


def test_few_answers_wait_and_none_behind_a_backlog() -> None:
    async def scenario() -> None:
        hold = Hold(longest_s=5.0, at_most=2)
        first, second = (asyncio.create_task(hold.wait(number)) for number in (1, 2))
        hold.opened([1, 2])
        await asyncio.sleep(0)
        assert not hold.may_wait()
        hold.shown([1])
        assert await first
        assert not hold.may_wait(), "row 1 can be seen but is not dealt with: a backlog"
        hold.closed([1])
        assert hold.may_wait()
        hold.opened([3])
        assert not hold.may_wait()
        hold.closed([2, 3])
        assert await second
        assert hold.backlog == 0

    asyncio.run(scenario())


def test_what_others_deal_with_is_no_backlog(engine: sa.Engine) -> None:
    """Two services on one store: rows that the other one took, and rows that the other one has to take yet."""

    async def scenario() -> None:
        hold = Hold(longest_s=5.0, at_most=2)
        backlog = Backlog(engine, hold)
        with engine.begin() as connection:
            mine, theirs = inbox_module.put(connection, [ROW, ROW])
        hold.opened([mine])
        assert not hold.may_wait()
        await backlog.look()
        assert hold.open == {mine, theirs}
        with engine.begin() as connection:
            inbox_module.finish(connection, [mine])
        await backlog.look()
        assert hold.open == {theirs}
        assert not hold.may_wait(), "whoever judges next has that row to judge first"
        with engine.begin() as connection:
            inbox_module.finish(connection, [theirs])
        await backlog.look()
        assert hold.open == frozenset()
        assert hold.may_wait()

    asyncio.run(scenario())


def test_an_import_keeps_no_answer_from_waiting(engine: sa.Engine) -> None:
    async def scenario() -> None:
        hold = Hold(longest_s=5.0, at_most=2)
        with engine.begin() as connection:
            inbox_module.put(connection, [{**ROW, "lane": BULK}])
        await Backlog(engine, hold).look()
        assert hold.may_wait()

    asyncio.run(scenario())


def test_nobody_waits_when_the_service_ends() -> None:
    async def scenario() -> None:
        hold = Hold(longest_s=300.0, at_most=2)
        hold.opened([1])
        waiting = asyncio.create_task(hold.wait(1))
        await asyncio.sleep(0)
        hold.let_go()
        assert not await waiting, "nothing was judged"
        assert not hold.may_wait()

    asyncio.run(scenario())


def test_nobody_waits_longer_than_agreed_or_when_holding_is_off() -> None:
    async def scenario() -> None:
        assert not Hold(longest_s=0.0, at_most=2).may_wait()
        hold = Hold(longest_s=0.05, at_most=2)
        hold.opened([1])
        assert not await hold.wait(1)
        assert hold.backlog == 1

    asyncio.run(scenario())


def test_what_takes_deliveries_in_loads_nothing_of_what_judges_them() -> None:
    judges = {"guidelint.rules.catalogue", "guidelint.validation.judging.judge", "guidelint.service.worker"}
    code = f"import sys, guidelint.service.serve; print(sorted({judges} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603
    assert done.stdout == "[]\n"
