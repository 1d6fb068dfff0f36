"""Work on images that no format has written yet: sound and faulty marks in pixels, and the same work as files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from guidelint.geometry.codecs import coco_rle, rle_pack
from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, object]
Kind = Literal["polygon", "rectangle", "keypoint", "brush"]
SIDE = 200
LABELS = ("Lesion", "lesion", "Organ", "Device", "Spot", "Leison", "Tumour")
"""Titles, a key, an alias (Tumour), and a label that means nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One region."""

    id: str
    kind: Kind
    label: str
    numbers: tuple[float, ...] = ()
    """x, y of each vertex or of the point; x, y, width, height of a box."""
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What one annotator marked on one image."""

    image: str
    marks: tuple[Mark, ...]


def works(count: int, seed: int) -> list[Work]:
    """Make work of all kinds, faulty in many ways: crossed, tiny, outside, doubled, mislabelled, in pieces."""
    random = Random(seed)
    return [Work(f"{number}.png", tuple(_marks(random))) for number in range(1, count + 1)]


def _marks(random: Random) -> list[Mark]:
    found: list[Mark] = []
    for number in range(1, random.randint(1, 6) + 1):
        label = random.choice(LABELS)
        kind: Kind = random.choice(("polygon", "polygon", "rectangle", "keypoint", "brush"))
        earlier = [mark for mark in found if mark.kind == kind]
        if earlier and random.random() < 0.15:
            found.append(Mark(str(number), kind, label, earlier[0].numbers, earlier[0].mask))
        elif kind == "brush":
            found.append(Mark(str(number), kind, label, mask=_blobs(random)))
        else:
            found.append(Mark(str(number), kind, label, _numbers(kind, random)))
    return found


def _numbers(kind: Kind, random: Random) -> tuple[float, ...]:
    x, y = random.uniform(-10, SIDE), random.uniform(-10, SIDE)
    if kind == "keypoint":
        return _rounded([x, y])
    if kind == "rectangle":
        return _rounded([x, y, random.choice((0.0, 1.5, 40.0, 120.0)), random.uniform(0, 90)])
    angles = sorted(random.uniform(0, 2 * np.pi) for _ in range(random.choice((2, 3, 5, 9, 30))))
    if random.random() < 0.3:
        random.shuffle(angles)
    reach = random.choice((0.8, 6.0, 30.0, 70.0))
    ring = [part for angle in angles for part in (x + reach * np.cos(angle), y + reach * np.sin(angle))]
    return _rounded([*ring, *ring[:2]] if random.random() < 0.2 else ring)


def _rounded(numbers: Sequence[float]) -> tuple[float, ...]:
    """Halves of a pixel, which are the same in percent."""
    return tuple(round(number * 2) / 2 for number in numbers)


def _blobs(random: Random) -> Mask:
    pixels = np.zeros((SIDE, SIDE), np.bool_)
    for _ in range(random.choice((0, 1, 1, 1, 2, 4))):
        top, left, size = random.randint(0, SIDE - 2), random.randint(0, SIDE - 2), random.randint(1, 60)
        pixels[top : top + size, left : left + size] = True
        if random.random() < 0.3:
            pixels[top + size // 3 : top + size // 2, left + size // 3 : left + size // 2] = False
    return Mask.from_crop(pixels, 0, 0, (SIDE, SIDE))


def as_label_studio(handed_in: Sequence[Work], data: Sequence[Json] = (), *, named: bool = False) -> str:
    """Write it as Label Studio exports it.

    ``data``: of each task, beside its image. ``named``: whether the id of a region names its object over slices, too.
    """
    told = data or [{}] * len(handed_in)
    return json.dumps(
        [
            {
                "id": work.image,
                "data": {"image": work.image, **of_task},
                "annotations": [
                    {"id": number, "completed_by": 1, "result": [_item(mark, named=named) for mark in work.marks]}
                ],
            }
            for number, (work, of_task) in enumerate(zip(handed_in, told, strict=True), start=1)
        ]
    )


def _item(mark: Mark, *, named: bool) -> Json:
    percent = [number * 100 / SIDE for number in mark.numbers]
    shapes: dict[Kind, Json] = {
        "polygon": {"points": [list(pair) for pair in zip(percent[::2], percent[1::2], strict=True)], "closed": True},
        "rectangle": dict(zip(("x", "y", "width", "height"), percent, strict=False)),
        "keypoint": {**dict(zip(("x", "y"), percent, strict=False)), "width": 0.5},
        "brush": {"format": "rle", "rle": [] if mark.mask is None else [*rle_pack.encode(mark.mask)]},
    }
    type_ = f"{mark.kind}labels"
    size: Json = {"original_width": SIDE, "original_height": SIDE}
    value = {**shapes[mark.kind], type_: [mark.label]}
    size |= {"meta": {"text": [mark.id]}} if named else {}
    return {"id": mark.id, "type": type_, "from_name": mark.kind, "to_name": "image", "value": value, **size}


def as_coco(handed_in: Sequence[Work]) -> str:
    """Write it as COCO."""
    kinds = sorted({(mark.label, mark.kind == "keypoint") for work in handed_in for mark in work.marks})
    ids = {kind: number for number, kind in enumerate(kinds, start=1)}
    return json.dumps(
        {
            "info": {"contributor": "1"},
            "images": [
                {"id": number, "file_name": work.image, "width": SIDE, "height": SIDE}
                for number, work in enumerate(handed_in, start=1)
            ],
            "categories": [{"id": number, "name": label} for (label, _), number in ids.items()],
            "annotations": [
                {
                    "id": f"{number}/{mark.id}",
                    "image_id": number,
                    "category_id": ids[mark.label, mark.kind == "keypoint"],
                    **_of_coco(mark),
                }
                for number, work in enumerate(handed_in, start=1)
                for mark in work.marks
            ],
        }
    )


def as_cvat(handed_in: Sequence[Work]) -> str:
    """Write it as CVAT for images 1.1."""
    root = Element("annotations")
    SubElement(root, "version").text = "1.1"
    for number, work in enumerate(handed_in):
        size = {"width": str(SIDE), "height": str(SIDE)}
        image = SubElement(root, "image", {"id": str(number), "name": work.image, **size})
        for mark in work.marks:
            _of_cvat(image, mark)
    return tostring(root, encoding="unicode")


def _of_cvat(image: Element, mark: Mark) -> None:
    said = {"label": mark.label, "source": "manual", "occluded": "0"}
    if mark.mask is not None:
        box = mark.mask.box
        crop = np.zeros((1, 1), np.bool_) if box is None else mark.mask.crop
        flat = np.concatenate([[False], crop.reshape(-1), [False]])
        edges = np.flatnonzero(flat[1:] != flat[:-1])
        runs = np.diff(np.unique(np.concatenate([[0], edges, [crop.size]])))
        runs = runs if not edges.size or edges[0] else np.concatenate([[0], runs])
        place = {"left": 0 if box is None else box.left, "top": 0 if box is None else box.top}
        place |= {"width": crop.shape[1], "height": crop.shape[0]}
        told = {name: str(value) for name, value in place.items()}
        SubElement(image, "mask", {**said, **told, "rle": ", ".join(map(str, runs.tolist()))})
    elif mark.kind == "rectangle":
        x, y, width, height = mark.numbers
        corners = {"xtl": x, "ytl": y, "xbr": x + width, "ybr": y + height}
        SubElement(image, "box", {**said, **{name: str(value) for name, value in corners.items()}})
    else:
        pairs = zip(mark.numbers[::2], mark.numbers[1::2], strict=True)
        tag = "points" if mark.kind == "keypoint" else "polygon"
        SubElement(image, tag, {**said, "points": ";".join(f"{x},{y}" for x, y in pairs)})


def _of_coco(mark: Mark) -> Json:
    if mark.kind == "rectangle":
        return {"bbox": list(mark.numbers), "segmentation": []}
    if mark.kind == "keypoint":
        return {"keypoints": [*mark.numbers, 2], "num_keypoints": 1}
    if mark.mask is None:
        return {"segmentation": [list(mark.numbers)]}
    counts = coco_rle.encode(mark.mask) if int(mark.id) % 2 else coco_rle.encode_runs(mark.mask)
    return {"segmentation": {"size": [SIDE, SIDE], "counts": counts}, "iscrowd": 0}
