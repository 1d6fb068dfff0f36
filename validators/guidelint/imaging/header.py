"""Image facts as the task data states them, under keys that default to DICOM keywords."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.header_values import UnreadableError, count_of, number, numbers, text

T = TypeVar("T")


class HeaderKeys(Protocol):
    """Keys of the task data that hold the facts of an image."""

    @property
    def pixel_spacing(self) -> str:
        """Key of Pixel Spacing (0028,0030)."""
        ...

    @property
    def rows(self) -> str:
        """Key of Rows (0028,0010)."""
        ...

    @property
    def columns(self) -> str:
        """Key of Columns (0028,0011)."""
        ...

    @property
    def modality(self) -> str:
        """Key of Modality (0008,0060)."""
        ...

    @property
    def series_uid(self) -> str:
        """Key of Series Instance UID (0020,000E)."""
        ...

    @property
    def sop_uid(self) -> str:
        """Key of SOP Instance UID (0008,0018)."""
        ...

    @property
    def position(self) -> str:
        """Key of Image Position (Patient) (0020,0032)."""
        ...

    @property
    def position_z(self) -> str:
        """Key of the z of Image Position (Patient), where it stands alone."""
        ...


def header_facts(data: Mapping[str, object], keys: HeaderKeys) -> ImageFacts:
    """Facts in the frame of the header (Rows × Columns). A value that cannot be read is named with its reason."""
    header = _Header(data)
    spacing = header.read(keys.pixel_spacing, lambda value: _spacing(value, keys.pixel_spacing))
    position = header.read(keys.position, lambda value: numbers(value, 3)[2])
    alone = header.read(keys.position_z, number)
    return ImageFacts(
        rows=header.read(keys.rows, count_of),
        columns=header.read(keys.columns, count_of),
        spacing=spacing,
        spacing_problem="" if spacing else header.no_spacing(keys.pixel_spacing),
        modality=header.read(keys.modality, text),
        series_uid=header.read(keys.series_uid, text),
        sop_uid=header.read(keys.sop_uid, text),
        slice_position_mm=alone if position is None else position,
        unreadable=header.unreadable,
    )


class _Header:
    """Reads values one by one and remembers which could not be read."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self.unreadable: dict[str, str] = {}

    def read(self, key: str, parse: Callable[[object], T]) -> T | None:
        value = look_up(self._data, key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return parse(value)
        except UnreadableError as error:
            self.unreadable[key] = str(error)
            return None

    def no_spacing(self, key: str) -> str:
        reason = self.unreadable.get(key)
        why = f"{key} in the task data cannot be read: {reason}" if reason else f"the task data has no {key}"
        return f"the pixel spacing of the image is not known: {why}"


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
        row_mm, column_mm = numbers(value, 2)
        return Spacing(row_mm, column_mm, source=f"{key} in the task data")
    except UnreadableError as error:
        raise UnreadableError(f"two numbers are needed, row spacing and column spacing in mm ({error})") from error
    except ValueError as error:
        raise UnreadableError(str(error)) from error
