"""The same work as DICOM objects, and as Label Studio would export it with the same facts of the images."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.annotation.dicom_written import (
    PATIENT,
    RTSTRUCT,
    SEG,
    SERIES,
    Frame,
    Ring,
    RoiWritten,
    file_of,
    rtstruct_body,
    seg_body,
    segment,
)
from tests.annotation.work import SIDE, Work, as_label_studio, works

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tests.annotation.work import Kind, Mark

Json = dict[str, object]
SPACING = 0.7
"""From pixel to pixel in mm."""


def drawn_with(kinds: Collection[Kind], count: int, seed: int) -> list[Work]:
    """Make work of some kinds alone, on the slices of one series; masks in which nothing is painted are none."""
    made = works(count, seed)
    return [
        Work(f"1.9.{number}", tuple(mark for mark in one.marks if mark.kind in kinds and _is_something(mark)))
        for number, one in enumerate(made, start=1)
    ]


def _is_something(mark: Mark) -> bool:
    return mark.mask is None or bool(mark.mask.area_px)


def in_order(handed_in: Sequence[Work]) -> Iterator[tuple[int, int, Work, Mark]]:
    """Number every mark of all work, with the number of its slice."""
    marks = ((work, mark) for work in handed_in for mark in work.marks)
    for number, (work, mark) in enumerate(marks, start=1):
        yield number, slice_of(work.image), work, mark


def slice_of(uid: str) -> int:
    """Tell which slice of the series an image is, from 1."""
    return int(uid.rpartition(".")[2])


def export(handed_in: Sequence[Work], names: dict[int, str], *, with_facts: bool) -> str:
    """Write it as Label Studio exports it. ``names``: of the objects, by the number of the mark."""
    tasks: list[Json] = json.loads(as_label_studio([_numbered(work) for work in handed_in]))
    numbers = iter(sorted(names))
    for task in tasks:
        task["data"] = (
            facts(slice_of(str(task["id"])))
            if with_facts
            else {"image": task["id"], "SOPInstanceUID": task["id"]} | WHOSE
        )
        for item in task["annotations"][0]["result"]:  # type: ignore[index]
            item["meta"] = {"text": [names[next(numbers)]]}
    return json.dumps(tasks)


def _numbered(work: Work) -> Work:
    return replace(work, marks=tuple(replace(mark, id=str(n)) for n, mark in enumerate(work.marks, start=1)))


WHOSE: Json = {"SeriesInstanceUID": SERIES, "PatientID": PATIENT, "Modality": "CT"}


def facts(slice_: int) -> Json:
    """What a segmentation tells of the image that it was drawn on."""
    place = {"ImagePositionPatient": f"0\\0\\{2 * slice_}", "ImageOrientationPatient": "1\\0\\0\\0\\1\\0"}
    size = {"Rows": SIDE, "Columns": SIDE, "PixelSpacing": "1\\1", "SliceThickness": "2"}
    return {"image": f"1.9.{slice_}", "SOPInstanceUID": f"1.9.{slice_}"} | WHOSE | place | size


def table(count: int) -> str:
    """Facts of the images for a structure set, which tells none."""
    head = "SOPInstanceUID,Rows,Columns,PixelSpacing,ImagePositionPatient,ImageOrientationPatient"
    rows = (f"1.9.{n},{SIDE},{SIDE},{SPACING} {SPACING},5 -7 {2 * n},1 0 0 0 1 0" for n in range(1, count + 1))
    return "\n".join((head, *rows))


def as_seg(handed_in: Sequence[Work]) -> tuple[bytes, dict[int, str]]:
    """Write it as a segmentation, and name its objects; an image on which nothing was marked has an empty frame."""
    frames, segments, names = list[Frame](), list[bytes](), dict[int, str]()
    for number, slice_, work, mark in in_order(handed_in):
        names[number] = f"9.{number}"
        segments.append(segment(number, mark.label, tracking=names[number]))
        frames.append(Frame(work.image, number, mark.mask, f"0\\0\\{2 * slice_}"))
    empty = [work.image for work in handed_in if not work.marks]
    frames += [Frame(uid, 1, None, f"0\\0\\{2 * slice_of(uid)}") for uid in empty]
    frames.sort(key=lambda frame: slice_of(frame.uid))
    return file_of(SEG, seg_body(frames, segments, (SIDE, SIDE), creator="1")), names


def as_rtstruct(handed_in: Sequence[Work]) -> tuple[bytes, dict[int, str]]:
    """Write it as a structure set, and name its objects."""
    times = Counter(mark.label for *_, mark in in_order(handed_in))
    rois, names = list[RoiWritten](), dict[int, str]()
    for number, slice_, work, mark in in_order(handed_in):
        names[number] = mark.label if times[mark.label] == 1 else f"{mark.label} ({number})"
        pairs = zip(mark.numbers[::2], mark.numbers[1::2], strict=True)
        points = [(5 + (x - 0.5) * SPACING, -7 + (y - 0.5) * SPACING, 2 * slice_) for x, y in pairs]
        kind = "POINT" if mark.kind == "keypoint" else "CLOSED_PLANAR"
        rois.append(RoiWritten(number, mark.label, [Ring(points, work.image, kind)]))
    return file_of(RTSTRUCT, rtstruct_body(rois, operator="1")), names
