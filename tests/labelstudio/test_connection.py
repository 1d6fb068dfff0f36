"""Absence is proved, redirects are not followed, and a token that was replaced is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import msgspec
import pytest
from tests.service.fault_proxy import FAULTS, Fault, Faults, faulty

from guidelint.labelstudio.connection.connection import WHOAMI
from guidelint.labelstudio.connection.errors import Gone, LabelStudioError, NotMine, Unreachable
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.fake import FakeLabelStudio, own_error
from guidelint.labelstudio.fake.http import transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TASK = {"id": 1, "project": 1, "data": {}, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
BASE = "http://label-studio.test"
WRONG = {"302 login": NotMine, "401": NotMine, "403": NotMine, "403 html": NotMine}


@pytest.fixture
def fake() -> FakeLabelStudio:
    made = FakeLabelStudio(deliver=lambda _url, _headers, _body: None)
    made.add_tasks(made.add_project(), [{}])
    return made


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def client(fake: FakeLabelStudio, faults: Faults) -> Iterator[TaskClient]:
    with TaskClient(BASE, "token-1", faulty(transport(fake), faults)) as made:
        yield made


CALLS: dict[str, Callable[[TaskClient], object]] = {
    "reading": lambda client: client.task(1),
    "writing": lambda client: client.write_task(1, {}, None),
    "deleting": lambda client: client.delete_annotation(1),
    "listing": lambda client: list(client.tasks(1)),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "truncated"])
def test_no_fault_is_taken_for_an_absence(
    fake: FakeLabelStudio, client: TaskClient, faults: Faults, fault: Fault, call: Callable[[TaskClient], object]
) -> None:
    fake.submit(1, [])
    faults.begin(fault)
    kind: type[LabelStudioError] = WRONG.get(fault, Unreachable)
    with pytest.raises(kind):
        call(client)
    assert 1 in fake.tables.annotations


@pytest.mark.parametrize("call", ["reading", "writing", "listing"])
def test_an_answer_that_is_cut_off_is_none(client: TaskClient, faults: Faults, call: str) -> None:
    faults.begin("truncated")
    with pytest.raises(Unreachable, match="not what Label Studio sends"):
        CALLS[call](client)


def test_what_is_deleted_is_gone(client: TaskClient, fake: FakeLabelStudio) -> None:
    fake.delete_task(1)
    with pytest.raises(Gone, match="No Task matches"):
        client.task(1)
    assert [path for _, path in fake.requests] == ["/api/tasks/1/", WHOAMI, "/api/tasks/1/"]


def test_a_404_in_its_own_words_that_passes_is_no_absence(client: TaskClient, faults: Faults) -> None:
    faults.begin("404 as Label Studio", "/api/tasks/", times=1)
    assert client.task(1).id == 1


@pytest.mark.parametrize("fault", ["404 as Label Studio", "200 html", "drop", "500"])
def test_nothing_is_gone_while_nobody_vouches_for_it(
    client: TaskClient, fake: FakeLabelStudio, faults: Faults, fault: Fault
) -> None:
    fake.delete_task(1)
    faults.begin(fault, WHOAMI)
    with pytest.raises(Unreachable):
        client.task(1)


def test_an_account_that_sees_nothing_proves_no_absence(client: TaskClient, fake: FakeLabelStudio) -> None:
    fake.delete_task(1)
    fake.organization = None
    with pytest.raises(NotMine, match="belongs to no organisation"):
        client.task(1)


def test_redirects_are_not_followed_and_carry_no_token() -> None:
    asked: list[str] = []

    def lead_away(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(307, headers={"location": "https://elsewhere.test/api/tasks/1/"})

    for token in ("t", "a.b.c"):
        with (
            TaskClient(BASE, token, httpx.MockTransport(lead_away)) as client,
            pytest.raises(Unreachable, match=r"elsewhere\.test"),
        ):
            client.task(1)
    assert all(url.startswith(BASE) for url in asked)


def test_a_token_that_was_replaced_is_read_again_once_it_is_not_accepted(fake: FakeLabelStudio) -> None:
    now = ["token-1"]
    with TaskClient(BASE, "token-1", transport(fake), lambda: now[0]) as client:
        del fake.users["token-1"]
        with pytest.raises(NotMine, match="Invalid token"):
            client.task(1)
        fake.users["token-9"] = 1
        now[0] = "token-9"
        assert client.task(1).id == 1
        now[0] = "token-1"
        assert client.task(1).id == 1, "it is only read again when it is not accepted"


def test_a_personal_access_token_that_was_replaced_is_read_again_too() -> None:
    accepted, now = {"old.b.c"}, ["old.b.c"]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/token/refresh/":
            given = msgspec.json.decode(request.content)["refresh"]
            return httpx.Response(200 if given in accepted else 401, json={"access": given})
        if request.headers["Authorization"].removeprefix("Bearer ") not in accepted:
            return httpx.Response(401, content=own_error(401, "Given token not valid for any token type"))
        return httpx.Response(200, json=TASK)

    with TaskClient(BASE, "old.b.c", httpx.MockTransport(answer), lambda: now[0]) as client:
        assert client.task(1).id == 1
        accepted.clear()
        with pytest.raises(NotMine, match="does not accept the personal access token"):
            client.task(1)
        accepted.add("new.b.c")
        now[0] = "new.b.c"
        assert client.task(1).id == 1


def test_a_token_that_cannot_be_sent_is_not_quoted() -> None:
    def refused(_request: httpx.Request) -> httpx.Response:
        raise httpx.LocalProtocolError("Illegal header value b'Token dead\\nbeef'")

    with TaskClient(BASE, "token", httpx.MockTransport(refused)) as client, pytest.raises(Unreachable) as told:
        client.task(1)
    assert "beef" not in str(told.value)
