"""Images of a real Label Studio are judged by the service and by `check`: uploaded, of its machine, of its storage."""

from __future__ import annotations

import json
import time
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow
from pydicom.data import get_testdata_file
from tests.cli.delivery_file import run
from tests.imaging.file_server import serving
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import PICTURES, Guided, guided
from tests.journeys.server import call

from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.journeys.server import LabelStudio

pytestmark = pytest.mark.label_studio

GUIDELINE = """\
guidelint: 1
guideline: on-what-it-names
version: 1.0.0
title: On what it names
summary: Boxes on what they name.
instructions: Draw one box on the tissue.
empty_reading: {means: There is none.}
classes:
  part:
    title: Part
    definition: A part of the body.
    draw: rectangle
    rules: {on-the-body: {}}
  muscle:
    title: Muscle
    definition: Muscle on CT.
    draw: rectangle
    rules: {intensity-plausible: {min_hu: -150, max_hu: 300}, on-the-body: {}}
"""
CT_SIDE, PNG_SIDE = 128, 100
Box = tuple[float, float, float, float]


def ct() -> bytes:
    """A real CT of 128 × 128 pixels, a vertebra between the lungs."""
    with open(str(get_testdata_file("CT_small.dcm", download=False)), "rb") as file:  # noqa: PTH123 - of pydicom
        return file.read()


def png() -> bytes:
    """Something bright on a dark background."""
    grey = np.zeros((PNG_SIDE, PNG_SIDE), np.uint8)
    grey[20:80, 20:80] = 200
    file = BytesIO()
    Pillow.fromarray(grey).save(file, "PNG")
    return file.getvalue()


def box(name: str, side: int, place: Box) -> list[dict[str, object]]:
    """One box, given in pixels: left, top, width, height."""
    x, y, width, height = (100 * length / side for length in place)
    value = {"x": x, "y": y, "width": width, "height": height, "rotation": 0, "rectanglelabels": [name]}
    frame = {"original_width": side, "original_height": side, "image_rotation": 0, "type": "rectanglelabels"}
    return [{**frame, "id": "r1", "from_name": "rectangle", "to_name": "image", "value": value, "origin": "manual"}]


def uploaded(setup: Guided) -> str:
    """Upload a picture as a person does; where Label Studio has it."""
    files = {"file": ("scan 1.png", png(), "image/png")}
    answer = setup.studio.api.post(f"/api/projects/{setup.project}/import", files=files)
    assert answer.is_success, answer.text
    listed = call(setup.studio.api, "GET", f"/api/tasks?project={setup.project}&fields=all&resolve_uri=false")
    (task,) = listed["tasks"]
    image: str = task["data"]["image"]
    call(setup.studio.api, "DELETE", f"/api/tasks/{task['id']}/")
    return image


def connect_storage(setup: Guided, port: int) -> None:
    """Connect a bucket that is shown by pre-signed addresses."""
    keys = {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    where = {"bucket": "bucket", "s3_endpoint": f"http://127.0.0.1:{port}", "presign": True, "use_blob_urls": True}
    call(setup.studio.api, "POST", "/api/storages/s3", {"project": setup.project, "title": "s3", **keys, **where})


def judged(setup: Guided, tasks: Sequence[int]) -> list[str]:
    """What the service says of each task."""
    deadline = time.monotonic() + PATIENCE_S
    while not all(found := [setup.status(task) for task in tasks]):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found


def checked(setup: Guided, *places: str) -> dict[str, tuple[str, list[str]]]:
    """What `check` says of the export: task → decision and what was found."""
    exported = setup.studio.api.get(f"/api/projects/{setup.project}/export", params={"exportType": "JSON"})
    (setup.folder / "export.json").write_bytes(exported.content)
    options = [word for place in places for word in ("--images", place)]
    if len(places) > 1:
        options += ["--inside", "127.0.0.0/8"]
    result = run("check", setup.guideline, str(setup.folder / "export.json"), *options, "-f", "json")
    records = json.loads(result.stdout)["records"]
    return {
        one["subject"]["task"]: (one["decision"], [found["message"] for found in one["findings"]]) for one in records
    }


def test_what_is_on_the_body_is_accepted_and_what_was_shifted_is_returned(
    label_studio: LabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, label_studio.token)
    guideline = tmp_path / "guideline.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    with serving({"/bucket/ct.dcm": lambda asked: asked.give(ct())}) as storage:
        bucket = f"http://127.0.0.1:{storage.server_port}/bucket"
        options = ("--images", bucket, "--inside", "127.0.0.0/8")
        with guided(label_studio, tmp_path, str(guideline), options) as setup:
            (label_studio.folder / PICTURES / "ct.dcm").write_bytes(ct())
            connect_storage(setup, storage.server_port)
            drawn: list[tuple[str, list[dict[str, object]]]] = [
                *((uploaded(setup), box("part", PNG_SIDE, place)) for place in ((30, 30, 30, 30), (82, 30, 16, 30))),
                *(
                    (image, box("muscle", CT_SIDE, place))
                    for image in (f"/data/local-files/?d={PICTURES}/ct.dcm", "s3://bucket/ct.dcm")
                    for place in ((10, 90, 30, 30), (10, 26, 30, 30))
                ),
                ("s3://bucket/none.dcm", box("muscle", CT_SIDE, (10, 90, 30, 30))),
            ]
            tasks = setup.studio.tasks(setup.project, [{"image": image} for image, _ in drawn])
            for task, (_, result) in zip(tasks, drawn, strict=True):
                setup.studio.submit(task, result)
            decisions = judged(setup, tasks)
            assert decisions == [*["accepted", "returned"] * 3, "unverified"]
            project = f"{label_studio.url}/projects/{setup.project}"
            found = checked(setup, project, bucket)
            assert [found[str(task)][0] for task in tasks] == decisions
            without = checked(setup, project)
            assert [without[str(task)][0] for task in tasks] == [*decisions[:4], *["unverified"] * 3]
            assert "it lies at no place that may be asked for images (none)" in without[str(tasks[4])][1][0]
            assert "does not answer as it should" in " ".join(found[str(tasks[-1])][1])
            log = (tmp_path / "serve.log").read_text(encoding="utf-8")
        told = json.dumps([*found.values(), *without.values()]) + log
        assert not [secret for secret in ("X-Amz", "Signature", "AKIAEXAMPLE", label_studio.token) if secret in told]
        assert storage.asked
        assert all("X-Amz-Signature" in path for path, _ in storage.asked)
        assert not [headers for _, headers in storage.asked if {"Authorization", "Cookie"} & set(headers)]
