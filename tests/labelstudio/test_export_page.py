"""What Label Studio's API answers and what it writes to a storage is judged as its export is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import ExportError

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, object]
TASKS: list[Json] = [
    {"id": number, "data": {"image": f"ä{number}.png"}, "annotations": [{"id": number * 10, "result": []}]}
    for number in range(1, 4)
]


def write(folder: Path, value: object) -> Path:
    path = folder / "file"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "page",
    [
        pytest.param({"total_annotations": 3, "total_predictions": 0, "total": 3, "tasks": TASKS}, id="tasks"),
        pytest.param({"count": 3, "next": None, "previous": None, "results": TASKS}, id="results"),
    ],
)
def test_the_tasks_of_a_page_are_read_with_their_places(page: Json, tmp_path: Path) -> None:
    path = write(tmp_path, page)
    text = path.read_bytes()
    found = list(read_export(path, places=True))
    assert [piece.content.id for piece in found if piece.content] == [1, 2, 3]
    assert [piece.position for piece in found] == [1, 2, 3]
    for piece in found:
        assert text[piece.offset :].startswith(b'{\n   "id": %d' % piece.position)
        assert piece.text is not None
        assert piece.text.start.byte == piece.offset
        assert piece.text.start.line == text[: piece.offset].count(b"\n") + 1
        inside = piece.text.span(annotation=1).start.byte
        assert text[inside:].startswith(b'{\n     "id": %d0' % piece.position)


@pytest.mark.parametrize(
    ("page", "total"),
    [
        ({"total": 500, "tasks": TASKS}, 500),
        ({"count": 7, "next": "http://x/?page=2", "results": TASKS}, 7),
        ({"next": "http://x/?page=2", "results": TASKS}, 4),
    ],
)
def test_a_page_that_is_not_all_says_so(page: Json, total: int, tmp_path: Path) -> None:
    *found, rest = read_export(write(tmp_path, page))
    assert len(found) == 3
    assert (
        f"it is one page of an answer of the API, with 3 of {total} tasks: the others were not judged" in rest.problem
    )


def test_a_page_without_the_annotations_names_each_task_that_has_some(tmp_path: Path) -> None:
    tasks = [{"id": 1, "data": {}, "total_annotations": 2}, {"id": 2, "data": {}, "total_annotations": 0}]
    found = list(read_export(write(tmp_path, {"total": 2, "tasks": tasks})))
    assert "a task without its annotations, of which Label Studio counts 2" in found[0].problem
    assert found[1].content


def test_a_page_of_something_else_is_refused(tmp_path: Path) -> None:
    page = {"count": 1, "next": None, "previous": None, "results": [{"id": 1, "title": "A project"}]}
    with pytest.raises(ExportError, match="it is JSON with the keys `id`, `title`, but no `data`"):
        list(read_export(write(tmp_path, page)))


def test_a_broken_task_of_a_page_costs_no_other(tmp_path: Path) -> None:
    page = {"total": 4, "tasks": [*TASKS, {"id": 4, "data": {}, "annotations": 5}]}
    found = list(read_export(write(tmp_path, page)))
    assert [bool(piece.content) for piece in found] == [True, True, True, False]


def test_a_file_of_a_target_storage_is_a_task_with_one_annotation(tmp_path: Path) -> None:
    stored = {
        "id": 11,
        "result": [],
        "completed_by": {"id": 1},
        "was_cancelled": False,
        "task": {"id": 5, "data": {"image": "a.png"}},
    }
    (piece,) = read_export(write(tmp_path, stored))
    assert piece.content
    assert piece.content.id == 5
    annotation = next(iter(piece.content.annotations or ()))
    assert isinstance(annotation, msgspec.Raw)
    assert json.loads(bytes(annotation)) == {key: part for key, part in stored.items() if key != "task"}
