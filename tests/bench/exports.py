"""Write a Label Studio export of mixed shapes with seeded defects: python -m tests.bench.exports --output FILE.

The same numbers give the same bytes. Tasks are written one by one, so that the size of the file takes no memory. Half
of the bytes are strokes as the browser paints them, on images of 512 × 512 (seven of ten), 1024 × 1024 (two) and
2048 × 2048 (one).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
from tests.bench.drawings import RULES, Json, Reader, RuleId, organs

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.bench.strokes import Alpha

GUIDELINE = Path(__file__).with_name("mixed.yaml")
SIDES = (512, 512, 512, 1024, 512, 512, 2048, 512, 1024, 512)
"""Image side of ten tasks in a row."""
ONE_IN = 10
"""One annotation of so many has a defect."""
FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
ORGANS = 10
dumps = partial(json.dumps, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Defect:
    """What was seeded, and so must be found."""

    task: str
    annotation: str
    rule: RuleId
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """An export to be written."""

    tasks: int | None = 1000
    """None: as many as ``megabytes`` take."""
    readers: int = 3
    seed: int = 0
    one_in: int = ONE_IN
    megabytes: float | None = None
    """Stop after the first task that makes the uncompressed text so long (in 10⁶ bytes)."""
    sides: tuple[int, ...] = SIDES


def write_export(path: Path, export: Export) -> tuple[Defect, ...]:
    """Write the export, compressed when the name ends in ``.gz``, and give its defects."""
    with _opened(path) as file:
        return tuple(_write(file, export))


def _write(file: IO[bytes], export: Export) -> Iterator[Defect]:
    palettes = {side: _palette(side, export.seed) for side in sorted(set(export.sides))}
    written = file.write(b"[")
    for task in count(1):
        defects: list[Defect] = []
        text = dumps(_task(task, export, palettes[export.sides[task % len(export.sides)]], defects)).encode()
        written += file.write(b"," * (task > 1) + text)
        yield from defects
        if task == export.tasks or (export.megabytes is not None and written >= export.megabytes * 1e6):
            break
    file.write(b"]")


def _palette(side: int, seed: int) -> list[Alpha]:
    return list(organs(side, ORGANS, np.random.default_rng([seed, side])))


def _task(number: int, export: Export, palette: list[Alpha], defects: list[Defect]) -> Json:
    rng = np.random.default_rng([export.seed, number, 0])
    side = palette[0].shape[0]
    spacing = np.array([0.8, 0.8 if rng.random() < 0.7 else 0.75]) * 512 / side
    organ = palette[int(rng.integers(len(palette)))]
    when = (FIRST_DAY + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "id": number,
        "annotations": [
            _annotation(number, reader, export, _turned(organ, rng), defects) for reader in range(export.readers)
        ],
        "drafts": [],
        "predictions": [],
        "data": {
            "image": f"/data/local-files/?d=slices/{number:06}.png",
            "SeriesInstanceUID": f"1.2.826.0.1.3680043.8.498.{number // 40}",
            "Modality": "CT",
            "Rows": side,
            "Columns": side,
            "PixelSpacing": spacing.tolist(),
        },
        "meta": {},
        "created_at": when,
        "updated_at": when,
        "allow_skip": True,
        "inner_id": number,
        "total_annotations": export.readers,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "unresolved_comment_count": 0,
        "last_comment_updated_at": None,
        "project": 1,
        "updated_by": 1,
        "comment_authors": [],
    }


def _annotation(task: int, reader: int, export: Export, organ: Alpha, defects: list[Defect]) -> Json:
    index = (task - 1) * export.readers + reader
    rng = np.random.default_rng([export.seed, task, reader + 1])
    wrong = RULES[index // export.one_in % len(RULES)] if index % export.one_in == export.one_in // 2 else None
    work = Reader(organ.shape[0], organ, rng, wrong)
    items = work.draw()
    if wrong is not None:
        defects.append(Defect(str(task), str(index + 1), wrong, work.at_fault))
    when = (FIRST_DAY + timedelta(minutes=task, seconds=20 * reader)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "id": index + 1,
        "completed_by": 101 + reader,
        "result": items,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": when,
        "updated_at": when,
        "draft_created_at": when,
        "lead_time": round(float(rng.uniform(20, 200)), 3),
        "prediction": {},
        "result_count": len(items),
        "unique_id": f"00000000-0000-4000-8000-{index + 1:012}",
        "import_id": None,
        "last_action": None,
        "bulk_created": False,
        "task": task,
        "project": 1,
        "updated_by": 101 + reader,
        "parent_prediction": None,
        "parent_annotation": None,
        "last_created_by": None,
    }


def _turned(organ: Alpha, rng: np.random.Generator) -> Alpha:
    return np.rot90(organ if rng.random() < 0.5 else organ[::-1], int(rng.integers(4)))


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    with path.open("wb") as file:
        if path.suffix != ".gz":
            yield file
            return
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            yield packed  # type: ignore[misc]


def main() -> None:
    """Write an export as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="where to write; .gz compresses")
    parser.add_argument("--tasks", type=int, help="how many tasks (1000 unless --size-mb is given)")
    parser.add_argument("--size-mb", type=float, help="write tasks until the text is so many megabytes long")
    parser.add_argument("--readers", type=int, default=3, help="annotations per task")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--one-in", type=int, default=ONE_IN, help="one annotation of so many has a defect")
    parser.add_argument("--truth", type=Path, help="write the seeded defects here, one JSON object per line")
    chosen = parser.parse_args()
    tasks = chosen.tasks or (None if chosen.size_mb else 1000)
    export = Export(tasks, chosen.readers, chosen.seed, chosen.one_in, chosen.size_mb)
    defects = write_export(chosen.output, export)
    if chosen.truth:
        chosen.truth.write_text("".join(dumps(asdict(defect)) + "\n" for defect in defects))
    seeded = Counter(defect.rule for defect in defects)
    sys.stdout.write(f"{chosen.output}: {chosen.output.stat().st_size / 1e6:.1f} MB\n")
    sys.stdout.writelines(f"  {rule}: {seeded[rule]}\n" for rule in RULES)


if __name__ == "__main__":
    main()
