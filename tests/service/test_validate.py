"""Judging an annotation before it is handed in: what is answered, and that nothing is kept of it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from msgspec.structs import replace
from tests.service.bench import DATA, GOOD, LARGE, SECRET, SERVER, SMALL, Bench, box
from tests.service.test_receiver import Asleep

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.labelstudio.connection.address import SECRET_HEADER, server_key
from guidelint.service.receiver import validating_process
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.receiver.validating_process import MOST_WAITING, ValidatingProcess
from guidelint.service.receiver.wire.refusal import Refusal
from guidelint.service.settings import Settings
from guidelint.service.store.base.tables import metadata
from guidelint.service.store.projects import record_push
from guidelint.service.validator.asked import NotAsked, asked
from guidelint.service.validator.validate import Validator, previous_version
from guidelint.service.worker.task.judge_annotation import content_digest
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.labelstudio.fake.fake import Json
    from guidelint.service.validator.messages import Reply
    from guidelint.validation.judging.plan import Plan

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/validate.md"
PATH = f"/validate/{server_key(SERVER)}"
HEADERS = {SECRET_HEADER: SECRET}
MOMENT = "2026-11-26T10:00:00Z"


class Here:
    """The validating process, in this one."""

    def __init__(self, bench: Bench) -> None:
        self._validator = Validator(bench.engine)

    async def ask(self, server: str, body: bytes) -> Reply:
        return self._validator.reply(server, body)

    def let_go(self) -> None:
        return

    async def close(self) -> None:
        return


def answered(bench: Bench, body: object, path: str = PATH, headers: dict[str, str] = HEADERS) -> httpx.Response:
    """What is answered to a question."""
    settings = Settings(store="", servers={SERVER: "token-1"}, secret=SECRET)
    receiver = Receiver(settings, bench.engine, Asleep(), Here(bench))
    receiver.bodies.longest_bytes = 100_000
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def ask() -> httpx.Response:
        app = receiver.app()
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client,
        ):
            return await client.post(f"http://guidelint{path}", content=content, headers=headers)

    return asyncio.run(ask())


def question(bench: Bench, result: list[Json], **annotation: Any) -> Json:
    return {
        "project": {"id": bench.project},
        "task": {"id": 1, "data": DATA},
        "annotation": {"result": result, **annotation},
    }


def blood_cells() -> Plan:
    return chosen_plan("blood-cells@1.0.0")


def test_the_page_tells_what_is_answered(bench: Bench) -> None:
    request, answer = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    record_push(bench.engine, SERVER, 3, blood_cells())
    given = answered(bench, request.encode())
    assert given.status_code == 200
    by = {"plan-digest": blood_cells().digest, "text-digest": blood_cells().text_digest, "engine": engine_version()}
    assert given.json() == json.loads(answer) | by
    assert list(given.json()) == list(json.loads(answer)), "in the same order"


@pytest.mark.parametrize(
    ("result", "decision", "valid"), [(SMALL, "returned", False), (GOOD, "accepted", True), (LARGE, "escalated", True)]
)
def test_it_decides_as_on_a_submission(bench: Bench, result: list[Json], decision: str, *, valid: bool) -> None:
    given = answered(bench, question(bench, result)).json()
    assert (given["decision"], given["valid"]) == (decision, valid)
    assert bool(given["per-result-errors"] or given["global-errors"]) is not valid
    annotation = bench.fake.submit(bench.task(), result)["id"]
    bench.worker.work_off()
    assert bench.decisions()[annotation] == decision


@pytest.mark.parametrize(
    "annotation", [{}, {"result": None}, {"result": {}}, {"result": []}, {"result": [None, 7, [], {}, {"type": []}]}]
)
def test_what_is_wrong_with_the_whole_is_told_as_such(bench: Bench, annotation: Json) -> None:
    """Nothing marked and nothing said, or an annotation that cannot be read."""
    record_push(bench.engine, SERVER, 3, blood_cells())
    data = {"image": "/data/smear.png", "image_height": 480, "image_width": 640}
    given = answered(bench, {"project": 3, "task": {"data": data}, "annotation": annotation}).json()
    assert not given["valid"]
    assert given["global-errors"]
    assert given["per-result-errors"] == {}
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in given["global-errors"])


def test_a_webhook_of_label_studio_may_be_asked_as_it_is(bench: Bench) -> None:
    bodies: list[bytes] = []

    def keep(_url: str, _headers: Mapping[str, str], body: bytes) -> None:
        bodies.append(body)

    bench.fake.deliver = keep
    bench.fake.submit(bench.task(), SMALL)
    given = answered(bench, bodies[-1])
    assert (given.status_code, given.json()["decision"]) == (200, "returned")


def test_nothing_is_stored(bench: Bench) -> None:
    before = {name: bench.rows(table) for name, table in metadata.tables.items()}
    for result in (SMALL, GOOD, LARGE, box(3)):
        assert answered(bench, question(bench, result)).status_code == 200
    assert {name: bench.rows(table) for name, table in metadata.tables.items()} == before
    assert bench.fake.requests == []


def test_a_second_version_is_judged_beside_the_first(bench: Bench) -> None:
    made = dict(bench.fake.submit(bench.task(), SMALL))
    bench.worker.work_off()
    before = {
        name: previous_version(bench.engine, SERVER, asked(json.dumps(question(bench, **fields)).encode()))
        for name, fields in {
            "changed": {**made, "result": GOOD},
            "unchanged": made,
            "new": {"result": GOOD},
            "another": {**made, "id": 999},
        }.items()
    }
    first = before.pop("changed")
    assert first is not None
    assert json.loads(first)["result"] == SMALL
    assert before == {"unchanged": None, "new": None, "another": None}


NOT_ASKED: dict[str, tuple[object, str, dict[str, str], int]] = {
    "no secret": ({}, PATH, {}, 401),
    "a wrong secret": ({}, PATH, {SECRET_HEADER: "wrong-horse-battery"}, 401),
    "another server": ({}, "/validate/elsewhere", HEADERS, 404),
    "another project": ({"project": 99, "task": {"data": {}}, "annotation": {"result": []}}, PATH, HEADERS, 404),
    "nothing": (b"", PATH, HEADERS, 400),
    "no JSON": (b"{", PATH, HEADERS, 400),
    "no text": (b"\xff\xfe", PATH, HEADERS, 400),
    "a list": ([], PATH, HEADERS, 400),
    "no annotation": ({"project": 1, "task": {"data": {}}}, PATH, HEADERS, 400),
    "several annotations": ({"project": 1, "task": {"data": {}}, "annotation": [{}]}, PATH, HEADERS, 400),
    "no task": ({"project": 1, "annotation": {"result": []}}, PATH, HEADERS, 400),
    "deep": (b'{"annotation":' + b"[" * 50_000, PATH, HEADERS, 400),
    "too long": (b"x" * 100_001, PATH, HEADERS, 413),
}


@pytest.mark.parametrize("title", NOT_ASKED)
def test_what_cannot_be_judged_is_told_why(bench: Bench, title: str) -> None:
    body, path, headers, status = NOT_ASKED[title]
    given = answered(bench, body, path, headers)
    assert (given.status_code, list(given.json())) == (status, ["detail"])


# --- the process ----------------------------------------------------------------------------------------------------

HANGS = "import sys, time; sys.stdin.readline(); print(flush=True); sys.stdin.readline(); time.sleep(3000)"
DIES = "import sys; sys.stdin.readline(); print(flush=True)"


def test_the_process_answers_and_ends_with_what_it_cannot_do(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that hangs or dies is told, and the next question is answered by another."""
    url = f"sqlite:///{bench.engine.url.database}"
    body = json.dumps(question(bench, SMALL)).encode()
    real = validating_process.COMMAND

    async def scenario() -> None:
        process = ValidatingProcess(Settings(store=url, servers={}, validated_within_s=0.05))
        for program, words in ((HANGS, "longer than 0.05 s"), (DIES, "could not be judged")):
            monkeypatch.setattr(validating_process, "COMMAND", (sys.executable, "-c", program))
            with pytest.raises(Refusal, match=words):
                await process.ask(SERVER, body)
            process._within_s = 300.0  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        monkeypatch.setattr(validating_process, "COMMAND", real)
        for _ in range(2):
            reply = await process.ask(SERVER, body)
            assert (reply.status, reply.outcome) == (200, "invalid")
        process.let_go()
        with pytest.raises(Refusal):
            await process.ask(SERVER, body)
        await process.close()

    asyncio.run(scenario())


SLOW_TO_BEGIN = """
import pathlib, sys, time
begun, may_go_on = map(pathlib.Path, sys.argv[1:])
sys.stdin.readline()
begun.write_text(begun.read_text() + "x" if begun.exists() else "x")
while not may_go_on.exists():
    time.sleep(0.01)
print(flush=True)
sys.stdin.readline()
print('{"status":200,"outcome":"valid","body":{}}', flush=True)
"""


def test_one_that_gets_ready_slowly_is_not_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_go_on = tmp_path / "begun", tmp_path / "may-go-on"
    command = (sys.executable, "-c", SLOW_TO_BEGIN, str(begun), str(may_go_on))
    monkeypatch.setattr(validating_process, "COMMAND", command)

    async def scenario() -> None:
        process = ValidatingProcess(Settings(store="", servers={}, validated_within_s=300.0))
        given_up = asyncio.create_task(process.ask(SERVER, b"{}"))
        while not begun.exists():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        monkeypatch.setattr(validating_process, "STARTS_WITHIN_S", 0.01)
        with pytest.raises(Refusal, match="getting ready, which takes long: ask again"):
            await process.ask(SERVER, b"{}")
        monkeypatch.setattr(validating_process, "STARTS_WITHIN_S", 300.0)
        may_go_on.touch()
        assert (await process.ask(SERVER, b"{}")).outcome == "valid"
        await process.close()

    asyncio.run(scenario())
    assert begun.read_text() == "x"


def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validating_process, "COMMAND", (sys.executable, "-c", HANGS))

    async def scenario() -> None:
        process = ValidatingProcess(Settings(store="", servers={}, validated_within_s=300.0))
        waiting = [asyncio.create_task(process.ask(SERVER, b"{}")) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="ask again") as refused:
            await process.ask(SERVER, b"{}")
        assert refused.value.status == 503
        while process._process is None:  # noqa: ASYNC110, SLF001 # pyright: ignore[reportPrivateUsage]
            await asyncio.sleep(0.01)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await process.close()

    asyncio.run(scenario())


def test_data_that_would_fill_the_memory_is_not_asked_about() -> None:
    with pytest.raises(NotAsked, match="600001 lists and objects"):
        asked(b'{"annotation":{},"project":1,"task":{"data":{"x":[' + b"[]," * 599_998 + b"[]]}}}")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"project": 2**40}, 400),
        ({"project": {"id": -1}}, 400),
        ({"task": {"id": "9" * 5000, "data": DATA}}, 200),
        ({"annotation": {"id": 2**70, "result": GOOD}}, 200),
        ({"annotation": {"id": 1, "created_at": "0001-01-01T00:00:00+14:00", "updated_at": "x", "result": GOOD}}, 200),
        (
            {"annotation": {"id": 1, "created_at": "0001-01-01T00:00:00+14:00", "updated_at": MOMENT, "result": GOOD}},
            200,
        ),
    ],
)
def test_numbers_and_times_that_there_cannot_be_are_no_fault(bench: Bench, changes: Json, status: int) -> None:
    assert answered(bench, question(bench, GOOD) | changes).status_code == status


def test_a_result_nested_too_deeply_still_has_a_digest(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    read = bench.client.task_of(bench.project, task)
    nested = replace(read.annotations[0], result=msgspec.Raw(b"[" * 5000 + b"]" * 5000))
    assert content_digest(nested) != content_digest(read.annotations[0])
