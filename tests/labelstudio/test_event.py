"""Webhook bodies, genuine and hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guidelint.labelstudio.connection.webhook_event import BadEvent, Event, Trial, decode_event
from guidelint.labelstudio.connection.webhook_rows import MOST_ROWS

RECORDED = Path(__file__).parent.parent / "data" / "webhooks"

EXPECTED = {
    "ANNOTATIONS_CREATED.predictions_to_annotations": [(2, 20), (7, 21)],
    "ANNOTATIONS_DELETED.single": [(None, 16)],
    "ANNOTATIONS_DELETED.ui_cancel_skip": [(None, 34)],
    "ANNOTATION_CREATED.api_skip": [(3, 16)],
    "ANNOTATION_CREATED.empty_result": [(12, 36)],
    "ANNOTATION_CREATED.multi_image_rotated_view": [(14, 33)],
    "ANNOTATION_CREATED.prediction_accepted_unmodified": [(10, 30)],
    "ANNOTATION_CREATED.prediction_edited": [(11, 31)],
    "ANNOTATION_CREATED.ui_all_shapes": [(1, 1)],
    "ANNOTATION_CREATED.ui_rectangle_quickview": [(8, 22)],
    "ANNOTATION_UPDATED.ground_truth": [(9, 23)],
    "ANNOTATION_UPDATED.service_writeback": [(8, 22)],
    "ANNOTATION_UPDATED.ui_update": [(8, 22)],
    "ANNOTATION_UPDATED.was_cancelled_by_service": [(8, 22)],
    "PROJECT_CREATED.org_hook": [],
    "PROJECT_DELETED.org_hook": [],
    "PROJECT_UPDATED.label_config_change": [],
    "TASKS_CREATED.file_upload": [],
    "TASKS_CREATED.import_6_tasks": [],
    "TASKS_CREATED.import_with_annotations": [(7, None), (8, None), (9, None)],
    "TASKS_CREATED.local_storage_sync": [],
    "TASKS_CREATED.single_api": [],
    "TASKS_DELETED.bulk": [(8, None), (9, None)],
}
"""Recorded delivery → (task, annotation) it points at."""


def body(folder: Path, name: str) -> bytes:
    return json.dumps(json.loads((folder / f"{name}.json").read_text())["body"]).encode()


@pytest.mark.real_data
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_recorded_delivery_is_understood(real_data: Path, name: str) -> None:
    event = decode_event(body(real_data / "label_studio" / "webhooks", name))
    assert [(hint.task, hint.annotation) for hint in event.hints] == EXPECTED[name]
    assert event.action == name.partition(".")[0]
    assert event.project is not None


@pytest.mark.parametrize("name", [file.stem for file in sorted(RECORDED.glob("*.json"))])
def test_recorded_deliveries_in_the_repository_are_understood(name: str) -> None:
    event = decode_event(body(RECORDED, name))
    assert [(hint.task, hint.annotation) for hint in event.hints] == EXPECTED[name]


def test_what_only_webhooks_know_is_kept() -> None:
    (hint,) = decode_event(body(RECORDED, "ANNOTATION_CREATED.prediction_edited")).hints
    assert hint.unique_id == "f595164d-ddba-432f-ac2c-0e1d9bf238a9"
    assert json.loads(hint.prediction or b"")["id"] == 8
    assert hint.created_at is not None
    assert hint.created_at.isoformat() == "2026-11-23T03:43:49.874538+00:00"


def test_the_project_is_not_kept() -> None:
    event = decode_event(body(RECORDED, "ANNOTATION_CREATED.prediction_edited"))
    assert "label_config" not in repr(event)


@pytest.mark.parametrize("odd", [1595345345, "yesterday", {}, None])
def test_a_time_that_cannot_be_read_costs_no_hint(odd: object) -> None:
    annotation = {"id": 1, "task": 2, "created_at": odd, "updated_at": odd, "unique_id": 3}
    text = json.dumps({"action": "ANNOTATION_CREATED", "annotation": annotation})
    (hint,) = decode_event(text.encode()).hints
    assert (hint.task, hint.annotation, hint.created_at, hint.unique_id) == (2, 1, None, None)


ANNOTATION = {"id": 1, "task": 2}
BAD_ROWS: list[object] = [
    {"id": "x", "task": 2},
    {"id": 0, "task": 2},
    {"id": -1, "task": 2},
    {"id": 2**63, "task": 2},
    {"id": 7, "task": 2**80},
    {"id": 7.5, "task": 2},
    {"id": True, "task": 2},
    {"task": 2},
    {"id": 7},
    {},
    [],
    [1],
    7,
    "seven",
    None,
]


def event_of(**rest: object) -> Event:
    return decode_event(json.dumps({"action": "ANNOTATIONS_CREATED", "project": {"id": 5}, **rest}).encode())


@pytest.mark.parametrize("bad", BAD_ROWS, ids=repr)
def test_a_bad_row_refuses_only_itself_and_is_told(bad: object) -> None:
    event = event_of(annotation=[ANNOTATION, bad, {"id": 3, "task": 4}])
    assert [(hint.task, hint.annotation) for hint in event.hints] == [(2, 1), (4, 3)]
    assert event.beyond.startswith("1 of 3 rows of `annotation` cannot be read: ")


def test_a_deletion_need_not_tell_the_task() -> None:
    text = json.dumps({"action": "ANNOTATIONS_DELETED", "project": {"id": 5}, "annotations": [{"id": 7}]})
    assert [(hint.task, hint.annotation) for hint in decode_event(text.encode()).hints] == [(None, 7)]


@pytest.mark.parametrize("name", ["annotation", "annotations", "tasks"])
def test_more_rows_than_are_taken_are_told_instead(name: str) -> None:
    rows = [{"id": n + 1, "task": n + 1, "total_annotations": 1} for n in range(MOST_ROWS + 1)]
    assert len(event_of(**{name: rows[:-1]}).hints) == MOST_ROWS
    event = event_of(**{name: rows})
    assert (event.hints, event.beyond) == ((), f"`{name}` has more than {MOST_ROWS} rows")


@pytest.mark.parametrize("project", [None, {}, 5, {"id": "x"}, {"id": 0}, {"id": 2**31}, {"id": None}, [], "five"])
def test_a_project_that_there_cannot_be_costs_no_hint(project: object) -> None:
    event = event_of(project=project, annotation=ANNOTATION)
    assert (event.project, len(event.hints)) == (None, 1)
    assert event.beyond == "it names no project that there can be"


@pytest.mark.parametrize("unique_id", ["x" * 81, "a\x00b", "a\nb", 3, [], {}])
def test_a_unique_id_that_no_store_can_hold_costs_no_hint(unique_id: object) -> None:
    (hint,) = event_of(annotation={**ANNOTATION, "unique_id": unique_id}).hints
    assert (hint.annotation, hint.unique_id) == (1, None)


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", ""])
def test_a_time_beyond_all_times_costs_no_hint(time: str) -> None:
    (hint,) = event_of(annotation={**ANNOTATION, "created_at": time}).hints
    assert (hint.annotation, hint.created_at) == (1, None)


def test_a_frozen_prediction_that_is_too_long_costs_no_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.labelstudio.connection.webhook_rows.LONGEST_PREDICTION_BYTES", 100)
    for length, kept in ((10, True), (200, False)):
        (hint,) = event_of(annotation={**ANNOTATION, "prediction": {"result": "x" * length}}).hints
        assert (hint.annotation, hint.prediction is not None) == (1, kept)


def test_the_trial_of_the_doctor_is_known_as_such() -> None:
    with pytest.raises(Trial):
        decode_event(b"{}")


@pytest.mark.parametrize("hostile", [b"", b"null", b"[]", b'{"action": 1}', b"[" * 10**6, b'{"action": "x"}'])
def test_what_is_no_event_is_told(hostile: bytes) -> None:
    with pytest.raises(BadEvent, match="not a Label Studio event"):
        decode_event(hostile)


def test_a_body_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.labelstudio.connection.webhook_event.BODY_LIMIT_BYTES", 10)
    with pytest.raises(BadEvent, match="more than 10"):
        decode_event(b"[" * 11)
