"""The ground all journeys stand on: a real Label Studio that takes and gives back an annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from tests.journeys.server import call

from guidelint.labelstudio.connection.task_client import TaskClient

if TYPE_CHECKING:
    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio

CONFIG = (
    '<View><Image name="image" value="$image"/>'
    '<Choices name="seen" toName="image"><Choice value="nothing"/><Choice value="nodule"/></Choices></View>'
)
NODULE = {"from_name": "seen", "to_name": "image", "type": "choices", "value": {"choices": ["nodule"]}}


@pytest.mark.label_studio
def test_an_annotation_submitted_by_a_second_user_is_read_back(label_studio: LabelStudio) -> None:
    project = label_studio.project("A first look", CONFIG)
    (task,) = label_studio.tasks(project, [{"image": "/static/images/favicon.ico"}])
    reader = label_studio.join("reader")

    label_studio.submit(task, [NODULE], by=reader)

    (annotation,) = label_studio.task(task)["annotations"]
    assert annotation["completed_by"]["id"] == reader.id
    assert annotation["result"][0]["value"] == {"choices": ["nodule"]}


@pytest.mark.label_studio
def test_an_export_tells_what_reading_does_not(label_studio: LabelStudio) -> None:
    project = label_studio.project("An export", CONFIG)
    (task,) = label_studio.tasks(project, [{"image": "/static/images/favicon.ico"}])
    annotation = label_studio.submit(task, [NODULE])["id"]
    with TaskClient(label_studio.url, label_studio.token) as client:
        assert list(client.unique_ids(project, task)) == [annotation]


@pytest.mark.label_studio
def test_a_personal_access_token_is_exchanged_for_a_short_one(label_studio: LabelStudio) -> None:
    refresh = label_studio.personal_access_token()
    access = call(label_studio.api, "POST", "/api/token/refresh", {"refresh": refresh})["access"]
    answer = httpx.get(f"{label_studio.url}/api/projects", headers={"Authorization": f"Bearer {access}"})
    assert answer.json()["count"] == 0


@pytest.mark.label_studio
@pytest.mark.browser
def test_a_person_signs_in_and_sees_the_project(label_studio: LabelStudio, browser: Browser) -> None:
    label_studio.project("A first look", CONFIG)
    browser.login(label_studio.url, label_studio.server.email, label_studio.server.password)
    browser.open(f"{label_studio.url}/projects/")
    browser.see_text("A first look")
    assert browser.screenshot("projects").stat().st_size > 0
