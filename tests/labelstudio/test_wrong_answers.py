"""A Label Studio, or something before it, that answers in the right form and about the wrong thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import msgspec
import pytest
from tests.labelstudio.test_tasks import BASE, drop

from guidelint.labelstudio.connection.data_limits import LONGEST_DATA_BYTES
from guidelint.labelstudio.connection.errors import LabelStudioError, Refused, Unreachable
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import transport

if TYPE_CHECKING:
    from collections.abc import Callable


def confused(fake: FakeLabelStudio) -> httpx.MockTransport:
    """Answers everything as if the lowest id of all had been asked for, as a cache does that looks at no query."""
    whole = transport(fake)

    def answer(request: httpx.Request) -> httpx.Response:
        parts = ["1" if part.isdecimal() else part for part in request.url.path.split("/")]
        query = {name: value for name, value in request.url.params.items() if name not in {"query", "ids[]"}}
        url = request.url.copy_with(path="/".join(parts), params=query | ({"project": "1"} if query else {}))
        return whole.handle_request(httpx.Request(request.method, url, headers=request.headers, content=request.read()))

    return httpx.MockTransport(answer)


ASKED: dict[str, Callable[[TaskClient], object]] = {
    "a task in a listing": lambda client: client.task_of(1, 2),
    "a task of another project": lambda client: client.task_of(2, 1),
    "a task by its address": lambda client: client.task(2),
    "what was written": lambda client: client.write_task(2, {"image": "2.png"}, None),
    "an annotation": lambda client: client.annotation(2),
    "a project": lambda client: client.project(2),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_an_answer_about_another_thing_is_no_answer(asked: Callable[[TaskClient], object]) -> None:
    fake = FakeLabelStudio(deliver=drop)
    fake.add_project()
    fake.add_project()
    for task in fake.add_tasks(1, [{"image": "1.png"}, {"image": "2.png"}]):
        fake.submit(task, [])
    with TaskClient(BASE, "token-1", confused(fake)) as client, pytest.raises(Unreachable, match="the answer is about"):
        asked(client)


def test_tasks_that_were_not_asked_for_are_left_out() -> None:
    fake = FakeLabelStudio(deliver=drop)
    fake.add_project()
    fake.add_project()
    fake.add_tasks(1, [{"image": "1.png"}, {"image": "2.png"}, {"image": "3.png"}])
    with TaskClient(BASE, "token-1", confused(fake)) as client:
        assert [task.id for task in client.whole_tasks(1, [2, 3], 10**6)] == [2]
        assert client.whole_tasks(2, [2, 3], 10**6) == []


@pytest.mark.parametrize("task", [0, -1, 2**63])
def test_an_id_that_there_cannot_be_is_told(task: int) -> None:
    row = {"id": task, "created_at": "2026-11-26T10:00:00Z", "updated_at": "2026-11-26T10:00:00Z"}
    page = msgspec.json.encode({"tasks": [row], "total": 1})
    with (
        TaskClient(BASE, "token-1", httpx.MockTransport(lambda _: httpx.Response(200, content=page))) as client,
        pytest.raises(LabelStudioError, match="not what Label Studio sends"),
    ):
        list(client.tasks(1))


def test_a_listing_that_repeats_its_pages_is_broken_off() -> None:
    asked: list[str] = []
    row = {"id": 1, "created_at": "2026-11-26T10:00:00Z", "updated_at": "2026-11-26T10:00:00Z"}

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=msgspec.json.encode({"tasks": [row], "total": 10**9}))

    with (
        TaskClient(BASE, "token-1", httpx.MockTransport(answer)) as client,
        pytest.raises(Unreachable, match="does not come to an end"),
    ):
        list(client.tasks(1))
    assert len(asked) == 2


@pytest.mark.parametrize("data", [{"x": [[]] * 600_000}, {"x": "x" * LONGEST_DATA_BYTES}], ids=["parts", "bytes"])
def test_data_of_a_task_that_would_fill_the_memory_is_refused(data: dict[str, object]) -> None:
    fake = FakeLabelStudio(deliver=drop)
    project = fake.add_project()
    small, _ = fake.add_tasks(project, [{"image": "1.png"}, data])
    with TaskClient(BASE, "token-1", transport(fake)) as client:
        with pytest.raises(Refused, match="the data of the task has"):
            client.task(2)
        with pytest.raises(Refused, match="the data of the task has"):
            client.task_of(project, 2)
        assert [task.id for task in client.whole_tasks(project, [1, 2], 10**9)] == [small]


def test_a_person_that_no_store_can_hold_costs_no_annotation() -> None:
    fake = FakeLabelStudio(deliver=drop)
    (task,) = fake.add_tasks(fake.add_project(), [{"image": "1.png"}])
    fake.submit(task, [])["completed_by"] = "9" * 30
    with TaskClient(BASE, "token-1", transport(fake)) as client:
        assert client.task(task).annotations[0].annotator is None


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1969-12-31T23:59:59Z"])
def test_a_time_that_there_cannot_be_is_told(moment: str) -> None:
    fake = FakeLabelStudio(deliver=drop)
    project = fake.add_project()
    (task,) = fake.add_tasks(project, [{"image": "1.png"}])
    made = fake.submit(task, [])
    with TaskClient(BASE, "token-1", transport(fake)) as client:
        made["created_at"] = moment
        with pytest.raises(Refused, match="no time at which"):
            client.task(task)
        fake.tables.tasks[task]["updated_at"] = moment
        with pytest.raises(LabelStudioError, match="no time at which"):
            list(client.tasks(project))
