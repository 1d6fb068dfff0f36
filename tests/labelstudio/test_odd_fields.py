"""One field of a sound annotation made odd: it is read all the same, or named, or the work is not accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.labelstudio.payloads import VOCABULARY, item

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission

BOX = {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "rectanglelabels": ["Mass"]}
OUTLINE = {"points": [[10, 10], [20, 10], [20, 30]], "closed": True, "polygonlabels": ["effusion"]}
SOUND: dict[str, object] = {
    "id": 7,
    "task": 3,
    "completed_by": 5,
    "was_cancelled": False,
    "lead_time": 1.5,
    "created_at": "2026-01-31T12:00:00Z",
    "updated_at": "2026-01-31T12:00:00Z",
    "parent_prediction": 2,
    "result": [
        item(
            "rectanglelabels",
            "box",
            BOX,
            origin="manual",
            image_rotation=0,
            item_index=0,
            parentID="r2",
            meta={"text": ["a"]},
        ),
        item("polygonlabels", "poly", OUTLINE, id="r2", origin="prediction", image_rotation=0, item_index=0),
        item("choices", "margin", {**OUTLINE, "choices": ["Smooth"]}, id="r2", item_index=0),
        item("choices", "quality", {"choices": ["Limited"]}, id="q"),
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right", "labels": ["in"]},
    ],
}
NEED_PARAMETERS = {"drawn-with-allowed-tool", "known-label"}
PLAN = plan_of(*(rule() for rule in catalogue().values() if rule.always and rule.id() not in NEED_PARAMETERS))
ODD: list[object] = [[[]], {"a": 1}, True]
"""Of types that hardly any field has."""
SOUND_AS_WELL: list[tuple[str | int, object]] = [("was_cancelled", True), ("closed", True), ("meta", {"a": 1})]
UNREAD = {"direction"}
"""Fields that nothing is told from."""


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Places of all fields, however deep."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [found for key, part in inner for found in [(*path, key), *paths(part, (*path, key))]]


REPEATED = {*OUTLINE, "original_width", "original_height"}
"""What answers repeat of regions, which state it already; only an answer without an id needs it."""
ANSWERS = {("result", 2), ("result", 3)}
PATHS = [
    path
    for path in paths(SOUND)
    if path[-1] not in UNREAD and (path[:2] not in ANSWERS or REPEATED.isdisjoint(map(str, path)))
]


def changed(path: tuple[str | int, ...], odd: object) -> bytes:
    copy = msgspec.json.decode(msgspec.json.encode(SOUND))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return msgspec.json.encode(copy)


def read(raw: bytes) -> Submission | None:
    try:
        return decode(raw, {}, VOCABULARY)
    except PayloadError:
        return None


def test_the_sound_annotation_is_accepted_without_a_word() -> None:
    sound = read(msgspec.json.encode(SOUND))
    assert sound is not None
    verdict = judge(PLAN, sound)
    assert (verdict.decision, verdict.findings) == ("accepted", ())


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_nothing_odd_is_accepted_without_a_word(path: tuple[str | int, ...], odd: object) -> None:
    given = read(changed(path, odd))
    if given is None:
        assert path == ("result",)
        return
    verdict = judge(PLAN, given)
    assert verdict.findings or verdict.decision == "returned" or (path[-1], odd) in SOUND_AS_WELL
