"""What was expected of a delivery and has no verdict is told; with --complete it keeps the delivery from acceptance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task

from guidelint.checking.expected.expectation import Expectation, State, Wanted
from guidelint.checking.expected.expected_list import ExpectedError, expected_in
from guidelint.checking.record import TaskSeen
from guidelint.cli.delivery.expected_project import expected_of_project
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import transport

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

BARE: Json = {"id": 3, "data": {"image": "http://x/c.png"}, "annotations": []}
DRAFTED: Json = {"id": 4, "data": {}, "annotations": [], "drafts": [{"id": 1}]}
PREDICTED: Json = {"id": 5, "data": {}, "predictions": [{"id": 1}]}
DELIVERED: tuple[Json, ...] = (
    task(1, region(), data={"image": "s3://bucket/a.png"}),
    task(2, [], cancelled=True),
    BARE,
    DRAFTED,
    PREDICTED,
    task(6, 7),
    {"id": 7, "data": 7, "annotations": [{"result": []}]},
    task(12, region()),
)


def check(folder: Path, expected: str, *more: str, tasks: tuple[Json, ...] = DELIVERED) -> Result:
    """Check a delivery beside a list of what is expected."""
    (folder / "expected").write_text(expected)
    return check_beside(folder, str(folder / "expected"), *more, tasks=tasks)


def check_beside(folder: Path, expected: str, *more: str, tasks: tuple[Json, ...] = DELIVERED) -> Result:
    """Check a delivery beside what is expected, wherever that is told."""
    (folder / "export.json").write_text(json.dumps(tasks))
    return run("check", GUIDELINE, str(folder / "export.json"), "--expect", expected, *more)


def test_the_summary_tells_what_became_of_everything_expected(tmp_path: Path) -> None:
    result = check(tmp_path, "\n".join(map(str, range(1, 10))), "-f", "concise")
    no_verdict = (
        "No verdict    7: task 3 (not annotated), task 4 (with a draft only), task 5 (with a prediction only),"
        " task 6 (not readable), task 7 (not readable) and 2 more"
    )
    assert "Expected      9, of these 1 judged · 1 skipped: task 2\n" in result.stdout
    assert f"{no_verdict}\nNot expected  1: task 12\n" in result.stdout


def test_every_name_stands_in_the_totals(tmp_path: Path) -> None:
    result = check(tmp_path, "[1, 2, 3, 9, 10]", "-f", "json")
    assert json.loads(result.stdout)["statistics"]["expected"] == {
        "total": 5,
        "judged": 1,
        "skipped": ["task 2"],
        "without_verdict": [
            {"name": "task 3", "state": "unannotated"},
            {"name": "task 9", "state": "absent"},
            {"name": "task 10", "state": "absent"},
        ],
        "not_expected": {"total": 5, "first": ["task 4", "task 5", "task 6", "task 7", "task 12"]},
    }


SOUND = (task(1, region()), task(2, [], cancelled=True))


@pytest.mark.parametrize(
    ("expected", "more", "status"),
    [
        pytest.param("1\n2\n", ("--complete",), 0, id="all there, one of them skipped"),
        pytest.param("1\n2\n3\n", ("--complete",), 1, id="one is missing"),
        pytest.param("1\n2\n3\n", (), 0, id="one is missing, and only told"),
        pytest.param("1\n", ("--complete",), 0, id="one more than expected"),
    ],
)
def test_complete_asks_for_a_verdict_on_everything_expected(
    expected: str, more: tuple[str, ...], status: int, tmp_path: Path
) -> None:
    result = check(tmp_path, expected, *more, tasks=SOUND)
    assert result.exit_code == status
    said = "The delivery is not complete: 1 of what was expected has no verdict"
    assert (said in result.stdout) == (status == 1)
    quiet = check(tmp_path, expected, *more, "--quiet", tasks=SOUND)
    assert quiet.stderr == (f"guidelint: {said}\n" if status else "")


def test_complete_is_refused_without_something_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(SOUND))
    result = run("check", GUIDELINE, str(tmp_path / "export.json"), "--complete")
    assert result.exit_code == 2
    assert result.stderr.startswith("guidelint: --complete needs --expect, with a list, an export with all tasks or a")
    assert result.stdout == ""


def test_an_export_with_all_tasks_may_be_compared_with_itself(tmp_path: Path) -> None:
    result = check(tmp_path, json.dumps([*SOUND, BARE]), "--complete", tasks=(*SOUND, BARE))
    assert result.exit_code == 1
    assert "No verdict    1: task 3 (not annotated)" in result.stdout


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("1\n\n 2 \n1\n", ["task 1", "task 2"], id="lines"),
        pytest.param("id\n1\n", ["task 1"], id="lines under a name"),
        pytest.param("a.png\nb/c.png", ["a.png", "b/c.png"], id="images"),
        pytest.param('[1, "2", "a, b.png"]', ["task 1", "task 2", "a, b.png"], id="JSON"),
        pytest.param("1.0\n1.50\n2.00\n", ["task 1", "1.50", "task 2"], id="lines of a spreadsheet"),
        pytest.param("image,task_id\na.png,1\n", ["task 1"], id="table with task ids"),
        pytest.param('size;Image\n3;"a.png"\n', ["a.png"], id="table with semicolons"),
        pytest.param("PatientID,SOPInstanceUID\n7,1.2.30\n", ["1.2.30"], id="table with UIDs"),
        pytest.param("SOPInstanceUID\n1.2.30\n", ["1.2.30"], id="UIDs under a name"),
        pytest.param('[{"id": 1, "data": {}}, {"data": {"image": "a.png"}}]', ["task 1", "a.png"], id="export"),
        pytest.param('{"total": 1, "tasks": [{"id": 1, "data": {}}]}', ["task 1"], id="page of the API"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_in_many_forms(text: str, names: list[str], encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "expected"
    path.write_bytes(text.encode(encoding))
    assert [wanted.name for wanted in expected_in(path)] == names


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it names nothing"),
        (b"[]", "it names nothing"),
        (b"[1, null]", "null is neither the id of a task nor an image"),
        (b"[1.5]", "1.5 is neither"),
        (b"[1", "it is no list in JSON: a comma, quotation mark or bracket is missing"),
        (b"[" * 100_000, "it is no list in JSON"),
        (b"a,b\n1,2\n", "none of its columns has a name that tells what it holds (task, task_id, id, image, "),
        (b"id,b\n1,2\n,3\n", "line 3 has nothing in the column id"),
        (b"PK\x03\x04xl/", "it is an Excel, Word or other office file. Give task ids or images as text, CSV or JSON"),
        (b"\xe4.png\n", "it is not in UTF-8. Save it as UTF-8"),
        (b'{"images": []}', "it is a COCO file"),
        (b'[{"id": 1, "data": {}}, {"id": 2, "data": {}, "annotations": 5}]', "record 2 cannot be read: annotations"),
        (b'[{"data": {"a": 1}}]', "record 1 has no id, and its data name no image"),
    ],
)
def test_a_list_that_does_not_tell_what_is_expected_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "expected"
    path.write_bytes(content)
    with pytest.raises(ExpectedError) as refusal:
        expected_in(path)
    assert reason in str(refusal.value)
    result = run("check", GUIDELINE, str(path), "--expect", str(path))
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_earlier_image_beside_the_one_that_is_annotated_is_not_judged(tmp_path: Path) -> None:
    seen = task(1, region(), data={"image": "s3://b/new.png", "prior": "s3://b/old.png", "file_name": "scan 7.png"})
    result = check(tmp_path, "new.png\nold.png\nscan 7.png\n", "--complete", tasks=(seen,))
    assert result.exit_code == 1
    assert "Expected      3, of these 2 judged" in result.stdout
    assert "No verdict    1: old.png (not delivered)" in result.stdout


def test_a_list_that_is_not_there_is_a_usage_problem(tmp_path: Path) -> None:
    result = check_beside(tmp_path, str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "none cannot be read: no such file or directory" in result.stderr


@pytest.mark.parametrize(
    ("expected", "delivered", "is_met"),
    [
        ("a.png", "s3://bucket/x/a.png", True),
        ("x/a.png", "s3://bucket/x/a.png", True),
        ("y/a.png", "s3://bucket/x/a.png", False),
        ("s3://bucket/x/a.png", "a.png", True),
        ("a b.png", "http://h/a%20b.png?token=1", True),
        ("ct/1.png", "/data/local-files/?d=ct/1.png", True),
        (r"C:\scans\a.png", "scans/a.png", True),
        ("A.png", "a.png", False),
        ("./a.png", "a.png", True),
        ("a.png", "ba.png", False),
    ],
)
def test_an_image_is_found_by_the_end_of_its_path(expected: str, delivered: str, is_met: bool) -> None:  # noqa: FBT001
    for data in ({"image": delivered}, {"images": ["other.png", delivered], "size": 7}):
        expectation = Expectation((Wanted(expected, expected, (expected,)),))
        expectation.see(TaskSeen("f", 1, "", data, judged=1))
        assert (expectation.judged, expectation.unexpected) == ((1, 0) if is_met else (0, 1))


def test_the_best_of_several_records_of_a_task_counts() -> None:
    expectation = Expectation((Wanted("task 1", "1"),))
    task_seen = TaskSeen("f", 1, "1", {})
    records = [
        task_seen,
        replace(task_seen, predicted=True),
        replace(task_seen, drafted=True),
        replace(task_seen, unread=1),
        replace(task_seen, skipped=1),
        replace(task_seen, judged=1),
        task_seen,
    ]
    seen: list[State] = []
    for record in records:
        expectation.see(record)
        seen += expectation.states
    assert seen == [*list(State)[1:], State.JUDGED]


def test_what_is_expected_is_not_written_over(tmp_path: Path) -> None:
    result = check(tmp_path, "1\n", "-o", str(tmp_path / "expected"))
    assert result.exit_code == 2
    assert (tmp_path / "expected").read_text() == "1\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeLabelStudio:
    """A Label Studio with two projects, the second of three tasks."""
    monkeypatch.setenv("GUIDELINT_TOKEN", "token-1")
    fake = FakeLabelStudio()
    first, second = fake.add_project(), fake.add_project()
    fake.add_tasks(first, [{"image": "1.png"}])
    fake.add_tasks(second, [{"image": f"{number}.png"} for number in range(3)])
    return fake


def test_a_live_project_tells_what_is_expected(server: FakeLabelStudio) -> None:
    for address in ("http://host/projects/2", "http://host/projects/2/data?tab=1"):
        found = expected_of_project(address, None, transport(server))
        assert [wanted.name for wanted in found] == ["task 2", "task 3", "task 4"]


def test_a_command_asks_a_live_project(
    server: FakeLabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "export.json").write_text(json.dumps([task(2, region()), task(3, region())]))

    def client(address: str, token: str, _: None) -> TaskClient:
        return TaskClient(address, token, transport(server))

    monkeypatch.setattr("guidelint.labelstudio.connection.task_client.TaskClient", client)
    arguments = ["check", GUIDELINE, str(tmp_path / "export.json"), "--complete", "--expect", "http://host/projects/2"]
    result = run(*arguments)
    assert result.exit_code == 1
    assert "No verdict    1: task 4 (not delivered)" in result.stdout


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://host/projects/", "is not the address of a project, such as http://localhost:8080/projects/7"),
        ("http://host/projects/9", "has no tasks|cannot be asked for its tasks"),
        ("http://127.0.0.1:9/projects/1", "http://127.0.0.1:9/projects/1 cannot be asked for its tasks: GET"),
    ],
)
@pytest.mark.usefixtures("server")
def test_a_project_that_cannot_be_asked_is_a_usage_problem(address: str, said: str, server: FakeLabelStudio) -> None:
    with pytest.raises(ExpectedError, match=said):
        expected_of_project(address, None, None if ":9/" in address else transport(server))


def test_a_project_cannot_be_asked_without_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUIDELINT_TOKEN", raising=False)
    result = check_beside(tmp_path, "http://host/projects/2")
    assert result.exit_code == 2
    assert "there is no token for http://host: set GUIDELINT_TOKEN or give --token-file" in result.stderr


def test_a_list_needs_no_extra() -> None:
    code = (
        "import sys; import guidelint.cli.commands.check; "
        "print(sorted({'httpx', 'sqlalchemy', 'label_studio_sdk'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603
    assert done.stdout == "[]\n"


@pytest.mark.many
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"id,note\n1," + b"x" * 200_000, "field larger than field limit"),
        (b"[" * 100_000, "it is no list in JSON"),
        (b"[" + b"9" * 5000 + b"]", "is neither the id of a task nor an image"),
        (b"a" * (64 * 2**20 + 1), "it is larger than 64 MiB"),
        (b"\n".join(b"%d" % number for number in range(1_000_001)), "it names more than the 1,000,000"),
    ],
    ids=["cell", "depth", "digits", "size", "number"],
)
def test_a_list_made_to_hurt_is_refused(text: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "expected").write_bytes(text)
    with pytest.raises(ExpectedError, match=said):
        expected_in(tmp_path / "expected")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names no pipe like a file")
def test_a_pipe_is_refused_since_what_was_read_first_would_be_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "expected")
    with pytest.raises(ExpectedError, match=r"it is a pipe or a device\. Save the list to a file"):
        expected_in(tmp_path / "expected")


def test_a_name_that_fits_several_images_tells_none_of_them() -> None:
    wanted = Expectation(
        [Wanted("a", images=("a/1.png",)), Wanted("b", images=("b/1.png",)), Wanted("c", images=("c/2.png",))]
    )
    wanted.see(TaskSeen("e.json", 1, "", {"image": "1.png"}, judged=1))
    wanted.see(TaskSeen("e.json", 2, "", {"image": "2.png"}, judged=1))
    assert wanted.states == [State.ABSENT, State.ABSENT, State.JUDGED]
    assert wanted.unexpected == 1


def test_images_of_one_name_in_many_folders_are_found_at_once() -> None:
    count = 30_000
    wanted = Expectation([Wanted(f"{n}", images=(f"patient-{n}/image.png",)) for n in range(count)])
    began = process_time()
    for number in range(count):
        wanted.see(TaskSeen("e.json", number, "", {"image": f"s3://bucket/patient-{number}/image.png"}, judged=1))
    assert wanted.judged == count
    assert process_time() - began < 30  # processor time; compared one by one they take minutes


def test_a_project_whose_listing_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(request: httpx.Request) -> httpx.Response:
        first = int(request.url.params["page"])
        moment = "2026-01-01T00:00:00Z"
        tasks = [{"id": first * 10 + one, "created_at": moment, "updated_at": moment} for one in range(10)]
        return httpx.Response(200, json={"tasks": tasks, "total": 10**12})

    monkeypatch.setenv("GUIDELINT_TOKEN", "secret")
    monkeypatch.setattr("guidelint.cli.delivery.expected_project.MOST_WANTED", 500)
    with pytest.raises(ExpectedError, match="lists more than the 500 tasks"):
        expected_of_project("http://here/projects/7", None, httpx.MockTransport(endless))


def test_a_token_is_sent_to_the_named_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url.host))
        return httpx.Response(302, headers={"Location": "http://evil.example/api/tasks"})

    monkeypatch.setenv("GUIDELINT_TOKEN", "secret")
    with pytest.raises(ExpectedError, match=r"led to evil\.example \(302\), which is not followed"):
        expected_of_project("http://here/projects/7", None, httpx.MockTransport(elsewhere))
    assert set(asked) == {"here"}
