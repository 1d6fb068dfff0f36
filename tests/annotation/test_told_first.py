"""Of very many records that cannot be read the first are told and all are counted, in every format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.annotation.hostile_formats import GUIDELINE

from guidelint.annotation.decoding.told_first import MOST_TOLD
from guidelint.checking.counting.totals import Totals
from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged, Unread, is_shown
from guidelint.labelstudio.decoding.payload import MAX_ANNOTATIONS
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.record import Record

COUNT = 3 * MOST_TOLD
PLAN = compile_plan(load(GUIDELINE), catalogue())


def judged(folder: Path, content: str) -> tuple[list[Record], Totals]:
    path = folder / "delivered"
    path.write_text(content, encoding="utf-8")
    records, totals = [*Delivery(PLAN, [path]).records()], Totals()
    for record in records:
        totals.count(record)
    return records, totals


def coco(**lists: str) -> str:
    """Make a file whose lists hold one record very many times."""
    told = (f'"{name}":[{",".join([lists[name]] * COUNT) if name in lists else ""}]' for name in _LISTS)
    return f"{{{','.join(told)}}}"


_LISTS = ("images", "annotations", "categories")
_BROKEN = ("1", "{}", "[]", "NaN", '{"name":NaN}', '{"id":{}}', '{"id":1,"id":2}')


@pytest.mark.parametrize("name", _LISTS)
@pytest.mark.parametrize("record", _BROKEN)
def test_coco_tells_the_first_and_counts_all(tmp_path: Path, name: str, record: str) -> None:
    records, totals = judged(tmp_path, coco(**{name: record}))
    shown = [one for one in records if isinstance(one, Unread)]
    assert totals.unread == COUNT
    assert len(shown) == MOST_TOLD + 1
    assert shown[-1].reason.startswith(f"{COUNT - MOST_TOLD} more {name} of the file cannot be read. They are counted")
    assert totals.status == 1
    assert not any(isinstance(one, Judged) for one in records)


def test_what_is_sound_behind_many_broken_records_is_judged_all_the_same(tmp_path: Path) -> None:
    broken: list[object] = [1] * COUNT
    image = {"id": 1, "file_name": "a.png", "width": 100, "height": 100}
    mark = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 1, 1]}
    whole = {
        "images": [*broken, image],
        "annotations": [*broken, mark, {**mark, "image_id": 2}],
        "categories": [*broken, {"id": 1, "name": "Lesion"}],
    }
    records, totals = judged(tmp_path, json.dumps(whole))
    (verdict,) = (one.verdict for one in records if isinstance(one, Judged))
    assert (verdict.subject.task, verdict.decision) == ("a.png", "accepted")
    assert (totals.unread, totals.status) == (3 * COUNT + 1, 1)


def test_a_number_that_is_none_costs_no_sound_image_behind_many_broken_ones(tmp_path: Path) -> None:
    images = ",".join(["1"] * COUNT + ['{"id":1,"file_name":"a.png","width":9,"height":9,"score":NaN}'])
    mark = '{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,1,1]}'
    text = f'{{"images":[{images}],"annotations":[{mark}],"categories":[{{"id":1,"name":"Lesion"}}]}}'
    records, totals = judged(tmp_path, text)
    assert [one.verdict.decision for one in records if isinstance(one, Judged)] == ["accepted"]
    assert totals.unread == COUNT


@pytest.mark.parametrize(
    ("inner", "told"), [("<image/>", MOST_TOLD + 1), ("<track/>", 1), ("<image/><track/>", MOST_TOLD + 2)]
)
def test_cvat_tells_the_first_and_counts_all(tmp_path: Path, inner: str, told: int) -> None:
    records, totals = judged(tmp_path, f"<annotations>{inner * COUNT}</annotations>")
    assert totals.unread == COUNT * inner.count("/>")
    assert sum(is_shown(one) for one in records) == told
    assert totals.status == 1


def test_a_task_with_too_many_annotations_is_told_once(tmp_path: Path) -> None:
    annotations = ",".join(['{"result":[]}'] * (MAX_ANNOTATIONS + 1))
    records, totals = judged(tmp_path, f'[{{"id":1,"data":{{}},"annotations":[{annotations}]}}]')
    (unread,) = (one for one in records if isinstance(one, Unread))
    assert unread.reason.startswith("it has 10,001 annotations; of one task 10,000 are read at most")
    assert (totals.unread, totals.status) == (1, 1)
