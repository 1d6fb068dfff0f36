"""What stands in one cell and has parts of its own: regions, escalations; and text that every reader takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from guidelint.checking.plain.finding import Region
    from guidelint.checking.plain.verdict import Escalation

REGION = pa.struct(
    [
        ("id", pa.string()),
        ("number", pa.int64()),
        ("class", pa.string()),
        ("title", pa.string()),
        ("task", pa.string()),
        ("annotation", pa.string()),
        ("item", pa.int64()),
    ]
)
ESCALATION = pa.struct(
    [
        ("route", pa.string()),
        ("who", pa.string()),
        ("within_hours", pa.float64()),
        ("readers", pa.int64()),
        ("persons", pa.list_(pa.string())),
        ("hold", pa.bool_()),
        ("message", pa.string()),
        ("findings", pa.list_(pa.string())),
    ]
)


def text(value: str | None) -> str | None:
    """Give text, null where there is none; halves of surrogate pairs, which no table holds, are spelled out."""
    return value.encode(errors="backslashreplace").decode() if value else None


def region_row(region: Region) -> dict[str, object]:
    """Give a region as a cell holds it."""
    return {
        "id": text(region.id) or "",
        "number": region.number,
        "class": text(region.class_name),
        "title": text(region.title) or "",
        "task": text(region.task),
        "annotation": text(region.annotation),
        "item": region.item or None,
    }


def escalation_row(one: Escalation) -> dict[str, object]:
    """Give an escalation as a cell holds it."""
    return {
        "route": text(one.route),
        "who": text(one.who),
        "within_hours": one.within_hours,
        "readers": one.readers,
        "persons": None if one.persons is None else list(one.persons),
        "hold": one.hold,
        "message": text(one.message),
        "findings": list(one.findings),
    }
