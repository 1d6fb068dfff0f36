"""The proxy of the tests does what its faults say, in the process and on a port alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from tests.service.bench import SERVER
from tests.service.fault_proxy import ANSWERS, FAULTS, Fault, Faults, fault_proxy, faulty
from tests.service.processes import free_port, web_server

from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import app, transport

if TYPE_CHECKING:
    from collections.abc import Generator

TASK = "/api/tasks/1/"
HEADERS = {"Authorization": "Token token-1"}


@pytest.fixture
def fake() -> FakeLabelStudio:
    made = FakeLabelStudio(deliver=lambda _url, _headers, _body: None)
    made.add_tasks(made.add_project(), [{}])
    return made


@pytest.fixture(params=["in the process", "on a port"])
def met(request: pytest.FixtureRequest, fake: FakeLabelStudio) -> Generator[tuple[httpx.Client, Faults]]:
    """A client behind the faults."""
    if request.param == "in the process":
        faults = Faults()
        with httpx.Client(base_url=SERVER, headers=HEADERS, transport=faulty(transport(fake), faults)) as client:
            yield client, faults
        return
    port = free_port()
    with (
        web_server(app(fake), port),
        fault_proxy(f"http://127.0.0.1:{port}") as proxy,
        httpx.Client(base_url=proxy.url, headers=HEADERS, timeout=0.5) as client,
    ):
        yield client, proxy.faults


def test_every_fault_is_met_and_ends(met: tuple[httpx.Client, Faults]) -> None:
    client, faults = met
    for fault in FAULTS:
        faults.begin(fault)
        assert _outcome(client) == _expected(fault), fault
        faults.end()
        assert client.get(TASK).json()["id"] == 1
    assert dict(faults.met) == dict.fromkeys(FAULTS, 1)


def test_a_fault_may_befall_some_paths_and_so_many_requests(met: tuple[httpx.Client, Faults]) -> None:
    client, faults = met
    faults.begin("404 plain", "/api/projects/")
    faults.begin("500", TASK, times=2)
    assert [client.get(TASK).status_code for _ in range(3)] == [500, 500, 200]
    assert client.get("/api/projects/1/").status_code == 404


def test_faults_are_commanded_over_http(fake: FakeLabelStudio) -> None:
    port = free_port()
    with web_server(app(fake), port), fault_proxy(f"http://127.0.0.1:{port}") as proxy:
        httpx.put(f"{proxy.url}/faults", json={"fault": "401", "path": "/api/"})
        assert httpx.get(proxy.url + TASK, headers=HEADERS).status_code == 401
        httpx.delete(f"{proxy.url}/faults")
        assert httpx.get(proxy.url + TASK, headers=HEADERS).status_code == 200


def _outcome(client: httpx.Client) -> tuple[int, bytes] | str:
    try:
        answer = client.get(TASK)
        answer.json() if answer.content.startswith(b"{") else None
    except httpx.TimeoutException:
        return "hang"
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        return "truncated" if "complete message body" in str(error) else "drop"
    except ValueError:
        return "truncated"
    return answer.status_code, answer.content


def _expected(fault: Fault) -> tuple[int, bytes] | str:
    if fault not in ANSWERS:
        return fault
    status, _, body = ANSWERS[fault]
    return status, body
