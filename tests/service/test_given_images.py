"""The service judges by facts and images that stand beside the task data, and by what Label Studio shows."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import msgspec
import numpy as np
import pytest
import sqlalchemy as sa
from PIL import Image as Pillow
from tests.cli.delivery_file import run
from tests.service.bench import DATA, SERVER, Bench, box, make_bench, plan

from guidelint.api.given import of_task
from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.imaging.pixels.grey import Grey
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.rules.images.intensity_plausible import IntensityPlausible
from guidelint.service.clock import NEVER
from guidelint.service.given import GivenByProject, ReadAside, given_by, refuse_what_is_not_there
from guidelint.service.settings import Settings, SettingsError
from guidelint.service.store.base.tables import inbox, verdicts
from guidelint.service.store.hints.inbox import REVISIT
from guidelint.service.validator.validate import Validator
from guidelint.service.worker.process import make_worker
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.sweep.manners import Manners
from guidelint.service.worker.task.judging_times import JudgingTimes
from guidelint.service.worker.worker import Worker
from guidelint.validation.judging.plan import Check
from guidelint.validation.judging.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from guidelint.validation.judging.plan import Plan

UPLOAD = "/data/upload/1/a.png"
ON_BRIGHT = box(30)
ON_DARK = [{**item, "value": {**item["value"], "x": 60}} for item in box(30)]


def bright() -> Plan:
    """What is marked is bright, and of some size."""
    base = plan(min_mm2=1.0)
    grey = Check(IntensityPlausible(min_grey=100), "lesion, bright", frozenset({"lesion"}))
    return replace(base, checks=(base.checks[0], grey)).sealed()


def picture() -> bytes:
    """Its left half is bright."""
    grey = np.zeros((100, 100), np.uint8)
    grey[:, :50] = 200
    file = BytesIO()
    Pillow.fromarray(grey).save(file, "PNG")
    return file.getvalue()


@dataclass
class Pictures:
    """What Label Studio has of pictures, beside its API."""

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    asked: list[str] = field(default_factory=list[str])

    def before(self, api: httpx.MockTransport) -> httpx.MockTransport:
        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path.startswith("/api/"):
                return api.handle_request(request)
            self.asked.append(request.url.path)
            content = self.files.get(request.url.path)
            return httpx.Response(404) if content is None else httpx.Response(200, stream=httpx.ByteStream(content))

        return httpx.MockTransport(answer)


@dataclass
class Shown:
    """A bench whose Label Studio shows pictures."""

    bench: Bench
    pictures: Pictures
    clients: Mapping[str, TaskClient]

    def given(self, **more: object) -> GivenByProject:
        """What a service with these settings is given."""
        settings = Settings(store="", servers={SERVER: "token-1"})
        return given_by(msgspec.structs.replace(settings, **more), self.clients)

    def judge_by(self, **more: object) -> GivenByProject:
        """Let the worker be given this."""
        given = self.given(**more)
        work = replace(self.bench.worker.work, clients=self.clients, given_of=given)
        self.bench.worker = Worker(self.bench.engine, work, 1, tell=self.bench.told.append)
        return given

    def status(self, task: int) -> str:
        """What stands on a task once all is done."""
        self.bench.worker.work_off()
        status: str = self.bench.data(task)["gl_status"]
        return status

    def sweep(self, given: GivenByProject) -> int:
        """How many tasks were not as they should be."""
        (swept,) = Sweep(self.bench.engine, self.clients, given_of=given).all_projects(full=True)
        return swept.found

    def checked(self, task: int, given: GivenByProject) -> list[tuple[str, list[str]]]:
        """What `check` says of the same task, with the same given."""
        whole = self.bench.fake.tables.tasks[task]
        answers = self.bench.fake.answer("GET", f"/api/tasks/{task}/", {}, b"", "token-1")[1]
        assert whole["id"] == task
        delivery = Delivery(bright(), (of_task(answers),), given=given(SERVER, self.bench.project))
        judged = [record for record in delivery.records() if isinstance(record, Judged)]
        return [
            (one.verdict.decision, [finding.message for finding in one.verdict.findings])
            for one in judged
            if one.verdict.subject.kind == "submission"
        ]

    def stored(self) -> list[tuple[str, list[str]]]:
        """Current verdicts of the store."""
        rows = [row for row in self.bench.rows(verdicts) if row["is_current"]]
        found = [msgspec.json.decode(row["verdict"], type=Verdict) for row in rows]
        return [(one.decision, [finding.message for finding in one.findings]) for one in found]

    def retry(self) -> None:
        """Let the time come for which something was planned."""
        with self.bench.engine.begin() as connection:
            connection.execute(sa.update(inbox).where(inbox.c.state == "pending").values(not_before=NEVER))
        self.bench.worker.work_off()


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    bench, pictures = make_bench(tmp_path, bright()), Pictures()
    client = TaskClient(SERVER, "token-1", pictures.before(transport(bench.fake)))
    yield Shown(bench, pictures, {SERVER: client})
    client.close()
    bench.client.close()
    bench.engine.dispose()


def test_what_label_studio_shows_is_judged_and_check_says_the_same(shown: Shown) -> None:
    given = shown.judge_by()
    shown.pictures.files[UPLOAD] = picture()
    for result, status in ((ON_BRIGHT, "accepted"), (ON_DARK, "returned")):
        task = shown.bench.task(image=UPLOAD)
        shown.bench.fake.submit(task, result)
        assert shown.status(task) == status
        assert shown.stored()[-1:] == shown.checked(task, given)
    assert shown.sweep(given) == 0


def test_an_image_is_read_once_for_all_readings_of_a_task(shown: Shown) -> None:
    shown.judge_by()
    shown.pictures.files[UPLOAD] = picture()
    task = shown.bench.task(image=UPLOAD)
    for result in (ON_BRIGHT, ON_DARK, ON_BRIGHT):
        shown.bench.fake.submit(task, result)
    assert shown.status(task) == "returned"
    assert [decision for decision, _ in shown.stored()] == ["accepted", "returned", "accepted"]
    assert shown.pictures.asked == [UPLOAD]


def test_an_image_that_is_not_there_is_tried_again_and_judged_when_it_comes(shown: Shown) -> None:
    given = shown.judge_by()
    task = shown.bench.task(image=UPLOAD)
    shown.bench.fake.submit(task, ON_BRIGHT)
    assert shown.status(task) == "unverified"
    ((decision, (why,)),) = shown.stored()
    assert decision == "unverified"
    assert f"project {shown.bench.project} of {SERVER} has no image {UPLOAD}, nor storage that has" in why
    asked, writes = len(shown.pictures.asked), shown.bench.writes()
    shown.retry()
    assert len(shown.pictures.asked) > asked
    assert shown.sweep(given) == 0
    assert (shown.bench.writes(), len(shown.bench.rows(verdicts))) == (writes, 1)
    (waits,) = [row for row in shown.bench.rows(inbox) if row["state"] == "pending"]
    assert waits["action"] == REVISIT
    shown.pictures.files[UPLOAD] = picture()
    shown.retry()
    assert shown.status(task) == "accepted"
    assert not [row for row in shown.bench.rows(inbox) if row["state"] == "pending"]


def test_an_image_that_comes_late_is_found_by_a_full_sweep(shown: Shown) -> None:
    given = shown.judge_by()
    task = shown.bench.task(image=UPLOAD)
    shown.bench.fake.submit(task, ON_DARK)
    assert shown.status(task) == "unverified"
    shown.pictures.files[UPLOAD] = picture()
    assert shown.sweep(given) == 1
    assert shown.status(task) == "returned"


def test_what_is_no_image_is_not_tried_again(shown: Shown) -> None:
    given = shown.judge_by()
    shown.pictures.files[UPLOAD] = b"<html>"
    task = shown.bench.task(image=UPLOAD)
    shown.bench.fake.submit(task, ON_BRIGHT)
    assert shown.status(task) == "unverified"
    asked = len(shown.pictures.asked)
    assert not [row for row in shown.bench.rows(inbox) if row["state"] == "pending"]
    assert shown.sweep(given) == 0
    assert len(shown.pictures.asked) == asked


def test_folders_are_looked_into_before_label_studio_is_asked(shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.png").write_bytes(picture())
    shown.judge_by(images=(str(tmp_path / "scans"),))
    task = shown.bench.task(image=UPLOAD)
    shown.bench.fake.submit(task, ON_DARK)
    assert shown.status(task) == "returned"
    assert shown.pictures.asked == []


def test_facts_from_beside_count_as_in_check_and_what_they_change_is_judged_anew(shown: Shown, tmp_path: Path) -> None:
    given = shown.judge_by()
    shown.pictures.files[UPLOAD] = picture()
    task = shown.bench.task(image=UPLOAD, PixelSpacing=None)
    shown.bench.fake.submit(task, ON_BRIGHT)
    assert shown.status(task) == "unverified"
    table = tmp_path / "images.csv"
    for spacing, status in (("1\\1", "accepted"), ("0.01\\0.01", "returned")):
        table.write_text(f"image,PixelSpacing\na.png,{spacing}\n", encoding="utf-8")
        given = shown.judge_by(facts=str(table))
        assert shown.sweep(given) == 1
        assert shown.status(task) == status
        assert shown.stored() == shown.checked(task, given)
        assert shown.sweep(given) == 0
    assert "PixelSpacing of images.csv, line 2" in json.dumps(shown.bench.rows(verdicts)[-1]["verdict"])


def test_who_asks_before_handing_in_is_told_by_the_same_images(shown: Shown) -> None:
    shown.pictures.files[UPLOAD] = picture()
    validator = Validator(shown.bench.engine, shown.given())
    for result, outcome in ((ON_BRIGHT, "valid"), (ON_DARK, "invalid")):
        body = {"annotation": {"result": result}, "task": {"data": {**DATA, "image": UPLOAD}, "id": 1}}
        reply = validator.reply(SERVER, json.dumps({**body, "project": shown.bench.project}).encode())
        assert (reply.status, reply.outcome) == (200, outcome)


def test_a_worker_and_its_sweep_are_given_what_the_settings_name(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.png").write_bytes(picture())
    (tmp_path / "images.csv").write_text("image,Modality,Else\na.png,DX,1\n", encoding="utf-8")
    given = {"facts": str(tmp_path / "images.csv"), "images": (str(tmp_path / "scans"), "https://a.example")}
    settings = Settings(store=f"sqlite:///{tmp_path / 'store.db'}", servers={SERVER: "token-1"})
    worker = make_worker(msgspec.structs.replace(settings, **given), tell=lambda _told: None)
    try:
        of_project = worker.work.given_of(SERVER, 7)
        assert worker.sweep is not None
        assert worker.sweep.given_of is worker.work.given_of
        assert of_project.images is not None
        assert of_project.images.provider.name == f"scans, https://a.example/, project 7 of {SERVER}"
        assert of_project.supply is not None
        assert [record.place for record in of_project.supply.records] == ["images.csv, line 2"]
    finally:
        worker.close()


def test_a_server_without_a_token_gives_no_images_and_nothing_fails(shown: Shown) -> None:
    given = replace(shown.given(), clients={})
    assert given(SERVER, 1).images is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"facts": "nowhere.csv"}, "nowhere.csv cannot be read: no such file or directory"),
        ({"images": ("nowhere",)}, "--images 'nowhere' is no folder"),
        ({"images": ("file://server/scans",)}, "is no folder of this machine. Write file:// and its whole path"),
        ({"images": ("https://a.example/?b",)}, "is no place for images"),
        ({"images": ("https://a.example",), "inside": ("10.0.0.1/8",)}, "is no network"),
        ({"inside": ("10.0.0.0/8",)}, "no address is given to --images"),
    ],
)
def test_what_cannot_be_used_is_said_before_the_service_begins(options: dict[str, object], said: str) -> None:
    settings = msgspec.structs.replace(Settings(store="", servers={}), **options)
    with pytest.raises(SettingsError, match=said):
        refuse_what_is_not_there(settings)


@pytest.mark.parametrize("command", ["serve", "sweep"])
def test_the_commands_refuse_it(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINT_TOKEN", "a" * 40)
    monkeypatch.setenv("GUIDELINT_SECRET", "correct-horse-battery")
    store = ("--store", str(tmp_path / "store.db"))
    result = run(command, SERVER, *store, "--images", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "is no folder. Name the folder that holds the images, or an address" in " ".join(result.stderr.split())


def test_waiting_for_images_is_no_judging(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    times, manners = JudgingTimes(), Manners()

    class Slow:
        name = "slow"

        def read(self, image: str, sop_uid: str, frame: object) -> Grey:
            assert (image, sop_uid, frame) == ("a", "", None)
            now[0] += 100
            return Grey(np.zeros((1, 1), np.uint8), "slow")

    def told() -> None:
        times.anew()
        manners.anew()

    manners.before_task()
    with times.one():
        now[0] += 10
        assert times.longest_s == 10
        ReadAside(Slow(), told).read("a", "", None)
        now[0] += 5
        assert times.longest_s == 5
        assert manners.judging_since_s == 110
    manners.after_task()
    told()
    assert times.longest_s == 0
    assert manners.judging_since_s is None
