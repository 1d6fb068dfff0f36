"""The calls of the hot path against the fake, and what goes wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import msgspec
import pytest

from guidelint.labelstudio.connection.auth import LegacyToken, PersonalAccessToken, auth_for
from guidelint.labelstudio.connection.errors import Gone, NotMine, Refused, Unreachable
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BASE = "http://label-studio.test"


def drop(_url: str, _headers: Mapping[str, str], _body: bytes) -> None:
    """Lose a delivery."""


@pytest.fixture
def fake() -> FakeLabelStudio:
    return FakeLabelStudio(deliver=drop)


@pytest.fixture
def client(fake: FakeLabelStudio) -> Iterator[TaskClient]:
    with TaskClient(BASE, "token-1", transport(fake)) as made:
        yield made


def test_a_task_is_read_with_its_annotations_and_written_whole(fake: FakeLabelStudio, client: TaskClient) -> None:
    project = fake.add_project()
    (task,) = fake.add_tasks(project, [{"image": "s3://bucket/1.png", "age": 61.5}])
    made = fake.submit(task, [{"id": "r"}], user=2)
    read = client.task(task)
    (annotation,) = read.annotations
    assert (annotation.id, annotation.annotator, bytes(annotation.result)) == (made["id"], 2, b'[{"id":"r"}]')
    assert msgspec.json.decode(annotation.raw)["task"] == task
    client.write_task(task, {**read.data, "gl_status": "accepted"}, None)
    assert fake.tables.tasks[task]["data"] == {"image": "s3://bucket/1.png", "age": 61.5, "gl_status": "accepted"}
    assert client.annotation(made["id"]).id == made["id"]


def test_a_listing_of_one_task_gives_what_its_own_address_gives(fake: FakeLabelStudio, client: TaskClient) -> None:
    project = fake.add_project()
    first, second = fake.add_tasks(project, [{"image": "1.png"}, {"image": "2.png"}])
    fake.submit(first, [{"id": "r"}], user=2)
    fake.submit(second, [], user=3, was_cancelled=True)
    assert [client.task_of(project, task) for task in (first, second)] == [client.task(first), client.task(second)]


def test_a_task_that_is_not_listed_is_asked_for_by_its_address(fake: FakeLabelStudio, client: TaskClient) -> None:
    mine, other = fake.add_project(), fake.add_project()
    (task,) = fake.add_tasks(other, [{}])
    assert client.task_of(mine, task).project == other
    fake.delete_task(task)
    with pytest.raises(Gone, match="No Task matches"):
        client.task_of(mine, task)


def test_data_and_readers_are_written_at_once_and_the_answer_tells_how_the_task_stands(
    fake: FakeLabelStudio, client: TaskClient
) -> None:
    (task,) = fake.add_tasks(fake.add_project(), [{}])
    fake.submit(task, [{"id": "r"}])
    stands = client.write_task(task, {"gl_status": "escalated"}, 2)
    assert (stands.data, stands.overlap, stands.is_labeled) == ({"gl_status": "escalated"}, 2, False)
    assert stands == client.task(task)
    assert client.write_task(task, None, 3).data == {"gl_status": "escalated"}


def test_whole_users_in_annotations_are_reduced_to_their_id(client: TaskClient, fake: FakeLabelStudio) -> None:
    (task,) = fake.add_tasks(fake.add_project(), [{}])
    fake.submit(task, [])["completed_by"] = {"id": 9, "email": "somebody@example.org"}
    assert client.task(task).annotations[0].annotator == 9


@pytest.mark.parametrize(
    ("fact", "value", "read"),
    [
        ("lead_time", "12.5", (1, None)),
        ("lead_time", None, (1, None)),
        ("completed_by", [5], (None, None)),
        ("completed_by", {"id": 9.0}, (9, None)),
        ("completed_by", "reader", (None, None)),
        ("parent_prediction", "8", (1, 8)),
        ("parent_prediction", {}, (1, None)),
        ("was_cancelled", 0, (1, None)),
    ],
)
def test_a_side_fact_of_another_type_costs_no_annotation(
    client: TaskClient, fake: FakeLabelStudio, fact: str, value: object, read: tuple[int | None, int | None]
) -> None:
    (task,) = fake.add_tasks(fake.add_project(), [{}])
    fake.submit(task, [{"id": "r"}], user=1)[fact] = value
    (annotation,) = client.task(task).annotations
    assert (annotation.annotator, annotation.parent_prediction) == read
    assert bytes(annotation.result) == b'[{"id":"r"}]'


def test_listing_goes_over_all_pages_and_only_what_changed(
    fake: FakeLabelStudio, client: TaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidelint.labelstudio.connection.task_client.PAGE", 3)
    project = fake.add_project()
    tasks = fake.add_tasks(project, [{} for _ in range(10)])
    listed = list(client.tasks(project))
    assert [task.id for task in listed] == tasks
    newest = max(task.updated_at for task in listed)
    fake.submit(tasks[4], [])
    changed = list(client.tasks(project, newest))
    assert [(task.id, task.total_annotations) for task in changed] == [(tasks[4], 1)]
    assert list(client.tasks(fake.add_project())) == []


def test_tasks_deleted_while_pages_are_read_hide_no_other(
    fake: FakeLabelStudio, client: TaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidelint.labelstudio.connection.task_client.PAGE", 3)
    project = fake.add_project()
    tasks = fake.add_tasks(project, [{} for _ in range(9)])
    seen = set[int]()
    for task in client.tasks(project):
        if task.id == tasks[2] and task.id not in seen:
            fake.delete_task(tasks[0])
        seen.add(task.id)
    assert seen == set(tasks)


def test_a_prediction_is_made_and_removed_and_an_annotation_removed(fake: FakeLabelStudio, client: TaskClient) -> None:
    (task,) = fake.add_tasks(fake.add_project(), [{}])
    made = fake.submit(task, [{"id": "r"}])
    prediction = client.create_prediction(task, msgspec.Raw(b'[{"id":"r"}]'), "v1")
    assert [(item.id, item.model_version) for item in client.task(task).predictions] == [(prediction, "v1")]
    assert client.unique_ids(1, task) == {made["id"]: made["unique_id"]}
    client.delete_annotation(made["id"])
    client.delete_prediction(prediction)
    read = client.task(task)
    assert (read.annotations, read.predictions) == ((), ())


@pytest.mark.parametrize(
    "fault", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.DecodingError]
)
def test_no_answer_is_unreachable(fault: Callable[[str], Exception]) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise fault("broken")

    with TaskClient(BASE, "t", httpx.MockTransport(fail)) as client, pytest.raises(Unreachable, match="broken"):
        client.task(1)


@pytest.mark.parametrize("body", [b"{}", b"[" * 100_000, b'{"id":1', b'{"status":"maintenance"}'])
def test_an_answer_that_makes_no_sense_is_not_of_label_studio(body: bytes) -> None:
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with TaskClient(BASE, "t", answer) as client, pytest.raises(Unreachable, match="not what Label Studio sends"):
        client.task(1)


@pytest.mark.parametrize(
    "body", [b'{"id":1,"data":"a text"}', b'{"tasks":"none","total":1,"id":1}', b'{"tasks":[{"id":"one"}],"total":1}']
)
def test_a_task_in_a_form_that_is_not_known_is_refused(body: bytes) -> None:
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with TaskClient(BASE, "t", answer) as client, pytest.raises(Refused, match="not what Label Studio sends"):
        client.task_of(1, 1)


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.labelstudio.connection.connection.ANSWER_LIMIT_BYTES", 1000)
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=b"x" * 2000))
    with TaskClient(BASE, "t", answer) as client, pytest.raises(Refused, match="more than 1000 bytes"):
        client.task(1)


class TokenServer:
    """Trades a personal access token for access tokens, and takes only the newest."""

    def __init__(self) -> None:
        self.renewals = 0
        self.answers: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/token/refresh/":
            if b"a.b.c" not in request.content:
                return httpx.Response(401)
            self.renewals += 1
            return httpx.Response(200, json={"access": f"access-{self.renewals}"})
        self.answers.append(request.headers["Authorization"])
        good = request.headers["Authorization"] == f"Bearer access-{self.renewals}"
        return httpx.Response(200 if good else 401)


def test_a_personal_access_token_is_traded_once_and_renewed_before_it_ends() -> None:
    server, time = TokenServer(), [0.0]
    auth = PersonalAccessToken(BASE, "a.b.c", lambda: time[0])
    with httpx.Client(base_url=BASE, auth=auth, transport=httpx.MockTransport(server)) as http:
        assert [http.get("/x").status_code for _ in range(3)] == [200, 200, 200]
        assert server.renewals == 1
        time[0] = 271.0
        assert http.get("/x").status_code == 200
        assert server.renewals == 2
        server.renewals = 7  # as if somebody had made the server forget ours
        assert http.get("/x").status_code == 200
        assert server.renewals == 8


def test_a_personal_access_token_that_is_not_accepted_is_told() -> None:
    with (
        TaskClient(BASE, "x.y.z", httpx.MockTransport(TokenServer())) as client,
        pytest.raises(NotMine, match="does not accept the personal access token"),
    ):
        client.task(1)


def test_the_kind_of_a_token_is_seen_from_it() -> None:
    assert isinstance(auth_for(BASE, "0" * 40), LegacyToken)
    assert isinstance(auth_for(BASE, "a.b.c"), PersonalAccessToken)


def test_a_listing_that_never_comes_to_an_end_is_given_up() -> None:
    def shrinking(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        moment = "2026-01-01T00:00:00Z"
        tasks = [{"id": page, "created_at": moment, "updated_at": moment}]
        return httpx.Response(200, json={"tasks": tasks, "total": 10 - page})

    with (
        TaskClient(BASE, "token", httpx.MockTransport(shrinking)) as client,
        pytest.raises(Unreachable, match="shrank"),
    ):
        list(client.tasks(1))


def test_an_answer_that_never_comes_to_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def drop_by_drop() -> Iterator[bytes]:
        while True:
            yield b" "

    monkeypatch.setattr("guidelint.labelstudio.connection.connection.ANSWER_S", 0.2)
    endless = httpx.MockTransport(lambda _: httpx.Response(200, content=drop_by_drop()))
    with TaskClient(BASE, "token", endless) as client, pytest.raises(Unreachable, match="not answered in full within"):
        client.task(1)
