"""The bundled sample: published outlines and ratings of a few slices, as a Label Studio export."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

Items = list[dict[str, Any]]
"""The ``result`` of an annotation, as Label Studio takes it."""


@dataclass(frozen=True, slots=True)
class SampleReading:
    """What one reader handed in for one slice."""

    reader: int
    """Reading slot, from 1; slot 1 of two scans may be two people."""
    items: Items


@dataclass(frozen=True, slots=True)
class SampleTask:
    """One slice with all its readings."""

    number: int
    data: dict[str, Any]
    readings: tuple[SampleReading, ...]

    @property
    def side(self) -> int:
        """Rows, and columns, of the slice."""
        return int(self.data["Rows"])

    @property
    def outlines(self) -> list[list[tuple[float, float]]]:
        """Every reader's outlines in pixels (column, row)."""
        scale = self.side / 100
        return [
            [(x * scale - 0.5, y * scale - 0.5) for x, y in item["value"]["points"]]
            for reading in self.readings
            for item in reading.items
            if item["type"] == "polygonlabels"
        ]


def sample_path() -> Path:
    """Give the path of the bundled export."""
    return Path(str(files("guidelint.cli.demonstration").joinpath("sample.json.gz")))


def sample_tasks() -> tuple[SampleTask, ...]:
    """Read the bundled export."""
    tasks = msgspec.json.decode(gzip.decompress(sample_path().read_bytes()), type=list[_Task])
    return tuple(SampleTask(task.id, task.data, tuple(map(_reading, task.annotations))) for task in tasks)


class _Annotation(msgspec.Struct):
    completed_by: int
    result: Items


class _Task(msgspec.Struct):
    id: int
    data: dict[str, Any]
    annotations: list[_Annotation]


def _reading(annotation: _Annotation) -> SampleReading:
    return SampleReading(annotation.completed_by, annotation.result)
