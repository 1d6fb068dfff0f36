"""Image facts as the task data states them, under keys that default to DICOM keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.header_values import (
    UnreadableError,
    believed_mm,
    code,
    count_of,
    identifier,
    length_mm,
    number,
    numbers,
    shown,
    uid,
    whole_number,
)
from guidelint.imaging.keys import ImageKeys
from guidelint.imaging.slice_place import Orientation, Point, SlicePlace

T = TypeVar("T")
_DICOM_KEYWORDS = ImageKeys()
"""Keys that stand where a guideline names none."""


def header_facts(data: Mapping[str, object], keys: ImageKeys) -> ImageFacts:
    """Facts in the frame of the header (Rows × Columns). A value that cannot be read is named with its reason."""
    header = _Header(data)
    spacing = header.read(keys.pixel_spacing, lambda value: _spacing(value, keys.pixel_spacing))
    series_uid, patient = header.read(keys.series_uid, uid), header.read(keys.patient, identifier)
    return ImageFacts(
        rows=header.read(keys.rows, count_of),
        columns=header.read(keys.columns, count_of),
        spacing=spacing,
        spacing_problem="" if spacing else header.no_spacing(keys.pixel_spacing),
        modality=header.read(keys.modality, code),
        series_uid=series_uid,
        series_problem="" if series_uid else header.why_none(keys.series_uid),
        sop_uid=header.read(keys.sop_uid, uid),
        instance_number=header.read(keys.instance_number, whole_number),
        place=_place(header, keys),
        patient=patient,
        patient_problem="" if patient else header.why_none(keys.patient),
        unreadable=header.unreadable,
        unknown=dict(_unknown(header, keys)),
    )


def _unknown(header: _Header, keys: ImageKeys) -> Iterator[tuple[str, str]]:
    for name in ("slice_thickness", "slice_spacing", "rows", "columns", "modality"):
        key: str = getattr(keys, name)
        if key in header.unreadable or (key != getattr(_DICOM_KEYWORDS, name) and header.stated(key) is None):
            yield name, header.why_none(key)


class _Header:
    """Reads values one by one and remembers which could not be read."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self.unreadable: dict[str, str] = {}

    def stated(self, key: str) -> object:
        """Find what stands under a key; a text of nothing but padding says nothing."""
        value = look_up(self._data, key)
        return None if isinstance(value, str) and not value.strip("\0 \t\r\n") else value

    def read(self, key: str, parse: Callable[[object], T]) -> T | None:
        value = self.stated(key)
        if value is None:
            return None
        try:
            return parse(value)
        except UnreadableError as error:
            self.unreadable[key] = str(error)
            return None

    def no_spacing(self, key: str) -> str:
        return f"the pixel spacing of the image is not known: {self.why_none(key)}"

    def why_none(self, key: str) -> str:
        reason = self.unreadable.get(key)
        return f"{key} in the task data cannot be read: {reason}" if reason else f"the task data has no {key}"


def look_up(data: Mapping[str, object], key: str) -> object:
    """Find the value under a key, or under a path of keys joined by dots."""
    if key in data:
        return data[key]
    value: object = data
    for part in key.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _spacing(value: object, key: str) -> Spacing:
    try:
        row_mm, column_mm = (believed_mm(step) for step in numbers(value, 2))
        return Spacing(row_mm, column_mm, source=f"{key} in the task data")
    except UnreadableError as error:
        raise UnreadableError(f"two numbers are needed, row spacing and column spacing in mm ({error})") from error
    except ValueError as error:
        raise UnreadableError(str(error)) from error


def _place(header: _Header, keys: ImageKeys) -> SlicePlace:
    position = header.read(keys.position, _point)
    z_mm = header.read(keys.position_z, number)
    orientation = header.read(keys.orientation, _orientation)
    return SlicePlace(
        position_mm=position,
        z_mm=z_mm if position is None else None,
        orientation=orientation,
        thickness_mm=header.read(keys.slice_thickness, length_mm),
        spacing_mm=header.read(keys.slice_spacing, _size_mm),
        position_problem="" if position else header.why_none(keys.position),
        orientation_problem="" if orientation else header.why_none(keys.orientation),
    )


def _point(value: object) -> Point:
    x_mm, y_mm, z_mm = numbers(value, 3)
    return x_mm, y_mm, z_mm


def _orientation(value: object) -> Orientation:
    given = numbers(value, 6)
    try:
        return Orientation((given[0], given[1], given[2]), (given[3], given[4], given[5]))
    except ValueError as error:
        raise UnreadableError(f"{error}, found {shown(value)}") from error


def _size_mm(value: object) -> float:
    """Nuclear medicine counts against the normal with a negative Spacing Between Slices (0018,0088)."""
    given = number(value)
    return length_mm(abs(given)) if given else length_mm(value)
