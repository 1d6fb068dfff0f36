"""Files of 1 MiB that are made to cost much: each is refused or judged, and nothing in it is accepted."""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MIB = 2**20
GUIDELINE = """\
guidelint: 1
guideline: hostile
version: 1.0.0
title: Hostile
summary: Lesions.
instructions: Outline all lesions.
empty_reading: {means: There is none.}
delivery: {formats: [label-studio, coco, cvat, png-mask, nifti, dicom-seg, dicom-rtstruct]}
classes:
  lesion:
    title: Lesion
    definition: What differs from its surroundings.
    draw: [polygon, brush, rectangle]
    rules: {area-limits: {max_px: 1}, single-piece: {}, no-holes: {}, simple-outline: {}}
relations: {apart: {separate: {pairs: [[lesion, lesion]]}}}
"""


def _coco(
    annotation: str, *, images: str = '{"id":1,"file_name":"a","width":9000,"height":9000}', times: int = 0
) -> bytes:
    head = f'{{"images":[{images}],"categories":[{{"id":1,"name":"Lesion"}}],"annotations":['
    most = (MIB - len(head) - 2) // (len(annotation) + 1)
    times = min(times, most) if times else most
    return (head + ",".join([annotation] * times) + "]}").encode()


def _annotation(**what: object) -> str:
    return json.dumps({"id": 1, "image_id": 1, "category_id": 1, **what}, separators=(",", ":"))


def _one(segmentation: str) -> bytes:
    whole = _coco(_annotation(segmentation=0), images='{"id":1,"file_name":"a","width":90000,"height":90000}')
    first = whole[: whole.index(b'{"id":1,"image_id"')].decode()
    return f'{first}{{"id":1,"image_id":1,"category_id":1,"segmentation":{segmentation}}}]}}'.encode()


def _cvat(inner: str) -> bytes:
    return f'<annotations><image name="a" width="9000" height="9000">{inner}</image></annotations>'.encode()


def _entities() -> bytes:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{nested}]><annotations>&a9;</annotations>'.encode()


_ZIGZAG = ",".join(f"{n % 8999},{(n * 7919) % 8999}" for n in range(60_000))
_BOX = '<box label="Lesion" xtl="1" ytl="1" xbr="8000" ybr="8000"/>'


def _list(name: str, record: str) -> bytes:
    """Make a COCO file in which one list is nothing but one record, as often as 1 MiB holds it."""
    others = "".join(f'"{one}":[],' for one in ("images", "annotations", "categories") if one != name)
    return f'{{{others}"{name}":[{",".join([record] * (MIB // (len(record) + 1)))}]}}'.encode()


def _tasks(record: str) -> bytes:
    return f"[{','.join([record] * (MIB // (len(record) + 1)))}]".encode()


def _in_task(annotation: str, times: int = 0) -> bytes:
    """Make an export with one task that holds this annotation as often as 1 MiB does, or so many times."""
    times = times or MIB // (len(annotation) + 1)
    return f'[{{"id":1,"data":{{}},"annotations":[{",".join([annotation] * times)}]}}]'.encode()


def _in_result(item: str, most: int = 100_000) -> bytes:
    times = min(most, MIB // (len(item) + 1))
    return _in_task(f'{{"id":1,"result":[{",".join([item] * times)}]}}', times=1)


_FEW = 19_000
"""Fewer than so many that an image is refused whole."""
FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"coco: {name} that are {record}": partial(_list, name, record)
        for name in ("images", "annotations", "categories")
        for record in ("1", "{}", "[]", '"a"', "NaN", '{"id":1}', '{"id":NaN}', '{"id":1,"id":2}', '{"image_id":{}}')
    },
    "coco: broken annotations on one image": lambda: _coco(_annotation(), times=_FEW),
    "coco: broken outlines on one image": lambda: _coco(_annotation(segmentation=[[1]]), times=_FEW),
    "coco: attributes on one image": lambda: _coco(_annotation(attributes={}, bbox=[1, 1, 2, 2]), times=4_000),
    **{
        f"label-studio: records that are {record}": partial(_tasks, record)
        for record in (
            "1",
            "{}",
            "[]",
            '"a"',
            "NaN",
            '{"id":1}',
            '{"annotations":1}',
            '{"id":1,"data":7,"annotations":[]}',
            '{"id":1,"data":{},"annotations":[1]}',
            '{"annotations":[{"result":1}],"data":{}}',
        )
    },
    **{
        f"label-studio: annotations that are {one}": partial(_in_task, one)
        for one in ("1", "{}", "[]", '{"result":1}', '{"result":[]}', '{"result":[1]}', '{"result":[{}]}')
    },
    **{
        f"label-studio: items that are {one}": partial(_in_result, one)
        for one in (
            "1",
            "{}",
            "NaN",
            '{"type":"a"}',
            '{"type":"brushlabels","value":{}}',
            '{"type":"relation"}',
            '{"type":"choices","value":{"choices":["a"]}}',
        )
    },
    "cvat: images without a name": lambda: b"<annotations>" + b"<image/>" * 130_000 + b"</annotations>",
    "cvat: what is no image": lambda: b"<annotations>" + b"<a/>" * 260_000 + b"</annotations>",
    "cvat: shapes that are none": lambda: _cvat("<a/>" * _FEW),
    "cvat: boxes without numbers": lambda: _cvat('<box label="Lesion"/>' * _FEW),
    "cvat: tags": lambda: _cvat('<tag label="a"/>' * _FEW),
    "cvat: attributes of a box": lambda: _cvat("<box>" + '<attribute name="a"/>' * 45_000 + "</box>"),
    "cvat: masks without runs": lambda: _cvat(
        '<mask label="Lesion" left="0" top="0" width="9" height="9" rle="1"/>' * 15_000
    ),
    "coco: boxes upon each other": lambda: _coco(_annotation(bbox=[1, 1, 8000, 8000])),
    "coco: outlines upon each other": lambda: _coco(_annotation(segmentation=[[1, 1, 8000, 1, 8000, 8000, 1, 8000]])),
    "coco: one outline that crosses itself": lambda: _one(f"[[{_ZIGZAG}]]"),
    "coco: many outlines of one region": lambda: _one(f"[{','.join(['[1,1,8999,2,8999,8999]'] * 40_000)}]"),
    "coco: many runs": lambda: _one(f'{{"size":[90000,90000],"counts":[{",".join(["1"] * 500_000)}]}}'),
    "coco: packed runs": lambda: _one(f'{{"size":[90000,90000],"counts":"{"1" * 1_000_000}"}}'),
    "coco: nothing but brackets": lambda: b'{"images":' + b"[" * MIB,
    "coco: images without end": lambda: (
        b'{"categories":[],"annotations":[],"images":[' + b",".join([b"{}"] * 340_000) + b"]}"
    ),
    "coco: annotations of no image": lambda: _coco('{"image_id":9}'),
    "coco: numbers": lambda: _coco("1"),
    "coco: points": lambda: _one(f'[],"keypoints":[{",".join(["1,1,2"] * 150_000)}]'),
    "coco: packed with gzip": lambda: gzip.compress(
        b'{"images":[],"categories":[],"annotations":[' + b" " * (600 * MIB), compresslevel=6
    ),
    "cvat: boxes upon each other": lambda: _cvat(_BOX * (MIB // len(_BOX))),
    "cvat: one outline that crosses itself": lambda: _cvat(
        f'<polygon label="Lesion" points="{";".join(f"{n % 8999},{(n * 7919) % 8999}" for n in range(90_000))}"/>'
    ),
    "cvat: points": lambda: _cvat(f'<points label="Lesion" points="{";".join(["1,1"] * 250_000)}"/>'),
    "cvat: many runs": lambda: _cvat(
        f'<mask label="Lesion" left="0" top="0" width="9000" height="9000" rle="{",".join(["1"] * 500_000)}"/>'
    ),
    "cvat: entities": _entities,
    "cvat: nested": lambda: b"<annotations>" + b"<image>" * 140_000,
    "cvat: attributes": lambda: _cvat("<box " + " ".join(map("a{}='1'".format, range(90_000))) + "/>"),
    "cvat: images without end": lambda: b"<annotations>" + b'<image name="a"/>' * 60_000 + b"</annotations>",
}
