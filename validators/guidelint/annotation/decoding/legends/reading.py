"""Legends as tools write them, read from a file."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.legends.legend import legend_of
from guidelint.annotation.decoding.legends.lines import of_lines
from guidelint.annotation.decoding.legends.spelled import SHOWN, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from guidelint.annotation.decoding.legends.legend import Entry, Legend

MOST_BYTES = 2**20
"""Largest legend that is read."""
FORMS = (
    'A legend is a table with the columns value (or color) and label, JSON such as {"labels": {"Lesion": 1}}, '
    "CVAT's labelmap.txt, or a table of labels of ITK-SNAP, 3D Slicer or FreeSurfer"
)


def read_legend(path: Path) -> Legend:
    """Read a legend. Raises FormatError with the reason, and which forms there are."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
        return _read(text, path.name)
    except OSError as error:
        raise FormatError(f"the legend {path.name} cannot be read: {(error.strerror or 'closed').lower()}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"the legend {path.name} cannot be read: it is not in UTF-8. Save it as UTF-8") from error
    except (FormatError, csv.Error) as error:
        raise FormatError(f"the legend {path.name} cannot be read: {error}. {FORMS}") from error


@lru_cache(maxsize=16)
def _read(raw: bytes, name: str) -> Legend:
    """Read the bytes of a legend: many masks have one."""
    if len(raw) > MOST_BYTES:
        raise FormatError(f"it is larger than {MOST_BYTES // 2**20} MiB, the most that is read of one")
    text = raw.decode("utf-8-sig")
    if not text.lstrip().startswith("{"):
        return legend_of(of_lines(text), name)
    told = _object(text)
    labels, annotator = told.get("labels", told), told.get("annotator")
    if not isinstance(labels, dict):
        raise FormatError("its labels are no object")
    return legend_of(_of_mapping(labels), name, annotator.strip() if isinstance(annotator, str) else "")


def _object(text: str) -> dict[str, object]:
    try:
        told: dict[str, object] = json.loads(text, object_pairs_hook=_once)
    except FormatError:
        raise
    except (ValueError, RecursionError) as error:  # digits without end are no JSONDecodeError
        raise FormatError(f"it is no valid JSON ({str(error)[:SHOWN]})") from error
    return told


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise FormatError("one of its keys stands twice, so that nobody knows which is meant")
    return found


def _of_mapping(labels: Mapping[str, object]) -> Iterator[Entry]:
    """Read labels by their values, or values by their labels."""
    for key, told in labels.items():
        known = isinstance(told, str | int) and not isinstance(told, bool)
        text = str(told) if known else ""
        found = list(entries(key, text)) if isinstance(told, str) else []
        found = found or list(entries(text, key))
        if not found:
            raise FormatError(f"of {key[:SHOWN]!r} and {str(told)[:SHOWN]!r} neither is one value or colour")
        yield from found
