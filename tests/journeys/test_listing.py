"""A listing of a real Label Studio gives whole tasks just as reading each of them does."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.server import LabelStudio, call
from tests.service.bench import box

from guidelint.labelstudio.connection.task_client import TaskClient, TaskRead
from guidelint.service.worker.task.judge_annotation import content_digest

pytestmark = pytest.mark.label_studio

CONFIG = (
    '<View><Image name="image" value="$image"/><RectangleLabels name="rectangle" toName="image">'
    '<Label value="lesion"/></RectangleLabels></View>'
)
ENOUGH_BYTES = 32 * 1024 * 1024


def facts(task: TaskRead) -> dict[str, Any]:
    """All that is gone by, of one task."""
    return {
        "id": task.id,
        "project": task.project,
        "data": task.data,
        "times": (task.created_at, task.updated_at),
        "stream": (task.overlap, task.is_labeled),
        "predictions": [(one.id, one.model_version, bytes(one.result)) for one in task.predictions],
        "annotations": {
            one.id: (
                one.created_at,
                one.updated_at,
                one.annotator,
                one.parent_prediction,
                one.was_cancelled,
                content_digest(one),
            )
            for one in task.annotations
        },
    }


def test_tasks_from_a_listing_are_as_each_is_read_by_itself(label_studio: LabelStudio) -> None:
    project = label_studio.project("listed", CONFIG)
    other = label_studio.join("second")
    made = label_studio.tasks(project, [{"image": f"s3://bucket/{number}.png", "age": 61.5} for number in range(5)])
    api = label_studio.api
    label_studio.submit(made[0], box(20))
    label_studio.submit(made[0], box(30), by=other, was_cancelled=True)
    prediction = call(api, "POST", "/api/predictions/", {"task": made[1], "result": box(10), "model_version": "m"})
    label_studio.submit(made[1], box(10), by=other, parent_prediction=prediction["id"])
    call(other.api, "POST", f"/api/tasks/{made[2]}/drafts", {"result": box(40)})
    label_studio.submit(made[3], [])
    call(api, "PATCH", f"/api/tasks/{made[3]}/", {"overlap": 3, "is_labeled": False})
    with TaskClient(label_studio.url, label_studio.token) as client:
        listed = client.whole_tasks(project, made, ENOUGH_BYTES)
        assert [facts(task) for task in listed] == [facts(client.task(task)) for task in made]
        assert [len(task.annotations) for task in listed] == [2, 1, 0, 1, 0]
        assert listed[1].annotations[0].annotator == other.id
        assert client.drafted_tasks(project) == {made[2]}, "a draft of somebody else"
        gone = made[-1] + 1000
        assert [task.id for task in client.whole_tasks(project, [made[0], gone], ENOUGH_BYTES)] == [made[0]]
