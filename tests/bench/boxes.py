"""Write a Label Studio export of boxes, two of each annotation, on slices: python -m tests.bench.boxes."""

from __future__ import annotations

import argparse
import json
import random
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.drawings import Json

GUIDELINE = Path(__file__).with_name("boxes.yaml")
SLICES = 40
"""Tasks of a series."""
SERIES = 2
"""Series of a patient."""
READERS = 7
WHEN = "2026-01-05T08:00:00.000000Z"
SIDE = 512
dumps = partial(json.dumps, separators=(",", ":"))


def write_boxes(path: Path, first: int, count: int, seed: int = 1) -> None:
    """Write so many tasks, each with one annotation, the first of them with this number."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        file.writelines("," * (number > first) + dumps(_task(number, seed)) for number in range(first, first + count))
        file.write("]")


def _task(number: int, seed: int) -> Json:
    series = number // SLICES
    return {
        "id": number,
        "annotations": [_annotation(number, random.Random(f"{seed} {number}"))],
        "drafts": [],
        "predictions": [],
        "data": {
            "image": f"/data/local-files/?d=slices/{number:07}.png",
            "SeriesInstanceUID": f"1.2.826.{series}",
            "SOPInstanceUID": f"1.2.826.{series}.{number}",
            "PatientID": f"p{series // SERIES}",
            "Modality": "CT",
            "Rows": SIDE,
            "Columns": SIDE,
            "PixelSpacing": [0.7, 0.7],
            "ImagePositionPatient": [0, 0, number % SLICES],
        },
        "meta": {},
        "created_at": WHEN,
        "updated_at": WHEN,
        "inner_id": number,
        "total_annotations": 1,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "project": 1,
        "updated_by": 1,
    }


def _annotation(number: int, rng: random.Random) -> Json:
    reader = number % READERS
    return {
        "id": number,
        "completed_by": {"id": 100 + reader, "email": f"reader{reader}@example.org"},
        "result": list(_boxes(number, rng)),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": WHEN,
        "updated_at": WHEN,
        "lead_time": 22.5,
        "result_count": 2,
        "unique_id": f"00000000-0000-4000-8000-{number:012}",
        "task": number,
        "project": 1,
        "updated_by": 1,
        "parent_prediction": None,
        "parent_annotation": None,
    }


def _boxes(number: int, rng: random.Random) -> Iterator[Json]:
    for box in range(2):
        label = "Nodule" if rng.random() < 0.7 else "Mass"
        place = {"x": rng.uniform(1, 60), "y": rng.uniform(1, 60)}
        size = {"width": rng.uniform(3, 30), "height": rng.uniform(3, 30), "rotation": 0}
        yield {
            "id": f"r{number}-{box}",
            "type": "rectanglelabels",
            "from_name": "rectangle",
            "to_name": "image",
            "original_width": SIDE,
            "original_height": SIDE,
            "image_rotation": 0,
            "origin": "manual",
            "value": {**place, **size, "rectanglelabels": [label]},
        }


def main() -> None:
    """Write an export as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="where to write")
    parser.add_argument("--tasks", type=int, default=100_000)
    chosen = parser.parse_args()
    write_boxes(chosen.output, 1, chosen.tasks)


if __name__ == "__main__":
    main()
