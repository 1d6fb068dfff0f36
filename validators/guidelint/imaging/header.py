"""Image facts as the task data states them, under keys that default to DICOM keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.agreement import agree, in_words
from guidelint.imaging.beside import IN_TASK_DATA, KEYWORDS, NOTHING_BESIDE, Beside
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.header_values import (
    UnreadableError,
    believed_mm,
    code,
    count_of,
    day,
    identifier,
    length_mm,
    number,
    numbers,
    shown,
    side,
    uid,
    whole_number,
)
from guidelint.imaging.slice_place import Orientation, Point, SlicePlace

if TYPE_CHECKING:
    from guidelint.imaging.keys import ImageKeys

T = TypeVar("T")


def header_facts(data: Mapping[str, object], keys: ImageKeys, beside: Beside = NOTHING_BESIDE) -> ImageFacts:
    """Facts in the frame of the header (Rows × Columns). A value that cannot be read is named with its reason.

    ``beside``: what is told of the image elsewhere. It adds what the task data lack; where two places contradict each
    other, the fact is not known.
    """
    header = _Header(data, keys, beside)
    spacing = header.read("pixel_spacing", _spacing)
    series_uid, patient = header.read("series_uid", uid), header.read("patient", identifier)
    study_uid = header.read("study_uid", uid)
    return ImageFacts(
        rows=header.read("rows", count_of),
        columns=header.read("columns", count_of),
        spacing=spacing and Spacing(spacing.row_mm, spacing.column_mm, header.source("pixel_spacing")),
        spacing_problem="" if spacing else header.no_spacing(),
        modality=header.read("modality", code),
        series_uid=series_uid,
        series_problem="" if series_uid else header.why_none("series_uid"),
        sop_uid=header.read("sop_uid", uid),
        instance_number=header.read("instance_number", whole_number),
        place=_place(header),
        patient=patient,
        patient_problem="" if patient else header.why_none("patient"),
        study_uid=study_uid,
        study_problem="" if study_uid else header.why_none("study_uid"),
        study_date=header.read("study_date", day),
        time_point=header.read("time_point", identifier),
        view=header.read("view", code),
        side=header.read("side", side),
        body_part=header.read("body_part", code),
        unreadable=header.unreadable,
        contradicted=header.contradicted,
        unknown=dict(_unknown(header)),
        sources=header.sources,
    )


def _unknown(header: _Header) -> Iterator[tuple[str, str]]:
    for name in (
        *("slice_thickness", "slice_spacing", "rows", "columns", "modality"),
        *("study_date", "time_point", "view", "side", "body_part"),
    ):
        if header.is_untold(name):
            yield name, header.why_none(name)


class _Header:
    """Reads values one by one and remembers which could not be read."""

    def __init__(self, data: Mapping[str, object], keys: ImageKeys, beside: Beside) -> None:
        self._data = data
        self._keys = keys
        self._beside = beside
        self._is_beside = bool(beside.records)
        self.unreadable: dict[str, str] = {}
        self.contradicted: dict[str, str] = {}
        self.sources: dict[str, str] = {}

    def key(self, name: str) -> str:
        """Key of the task data under which a fact stands."""
        key: str = getattr(self._keys, name)
        return key

    def _stated(self, name: str) -> object:
        """Find what the task data say of a fact; a text of nothing but padding says nothing."""
        value = look_up(self._data, getattr(self._keys, name))
        return None if isinstance(value, str) and not value.strip("\0 \t\r\n") else value

    def read(self, name: str, parse: Callable[[object], T]) -> T | None:
        """Read one fact, named as among the keys of a guideline."""
        value = self._stated(name)
        if value is None and not self._is_beside:
            return None
        told = None if value is None else self._parsed(name, value, parse)
        if not self._is_beside or (value is not None and told is None):
            return told
        return self._joined(name, told, tuple(self._beside_it(name, parse)))

    def _parsed(self, name: str, value: object, parse: Callable[[object], T]) -> T | None:
        try:
            return parse(value)
        except UnreadableError as error:
            self.unreadable[self.key(name)] = str(error)
            return None

    def _joined(self, name: str, told: T | None, beside: tuple[tuple[T, str], ...]) -> T | None:
        """Take what all places agree on; what cannot be read at one of them is not known, whatever another says."""
        found = beside if told is None else ((told, self._in_task_data(name)), *beside)
        if not found or name in self.contradicted:
            return None
        (first, source), *others = found
        for other, where in others:
            if not agree(name, first, other):
                self.contradicted[name] = f"{source} is {in_words(first)}, {where} is {in_words(other)}"
                return None
        if told is None:
            self.sources[name] = source
        return first

    def _beside_it(self, name: str, parse: Callable[[object], T]) -> Iterator[tuple[T, str]]:
        for text, source in self._beside.told(name):
            try:
                yield parse(text), source
            except UnreadableError as error:
                self.contradicted[name] = f"{source} cannot be read: {error}"

    def _in_task_data(self, name: str) -> str:
        return f"{self.key(name)} {IN_TASK_DATA}"

    def source(self, name: str) -> str:
        """Where a fact that was read stands."""
        return self.sources.get(name) or self._in_task_data(name)

    def is_untold(self, name: str) -> bool:
        """Whether there is nothing of a fact, and more is to be said of it than that no key of a guideline names it."""
        key = self.key(name)
        if key in self.unreadable or name in self.contradicted:
            return True
        named = self._beside.searched or key != KEYWORDS[name]
        return bool(named) and self._stated(name) is None and name not in self.sources

    def no_spacing(self) -> str:
        """Say why there is no spacing."""
        return f"the pixel spacing of the image is not known: {self.why_none('pixel_spacing')}"

    def why_none(self, name: str) -> str:
        """Say why a fact is not known."""
        key = self.key(name)
        if reason := self.unreadable.get(key):
            return f"{key} in the task data cannot be read: {reason}"
        return self.contradicted.get(name) or f"the task data has no {key}{self._beside.lacks}"


def look_up(data: Mapping[str, object], key: str) -> object:
    """Find the value under a key, or under a path of keys joined by dots."""
    if "." not in key or key in data:
        return data.get(key)
    value: object = data
    for part in key.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _spacing(value: object) -> Spacing:
    try:
        row_mm, column_mm = (believed_mm(step) for step in numbers(value, 2))
        return Spacing(row_mm, column_mm)
    except UnreadableError as error:
        raise UnreadableError(f"two numbers are needed, row spacing and column spacing in mm ({error})") from error
    except ValueError as error:
        raise UnreadableError(str(error)) from error


def _place(header: _Header) -> SlicePlace:
    position = header.read("position", _point)
    z_mm = header.read("position_z", number)
    orientation = header.read("orientation", _orientation)
    return SlicePlace(
        position_mm=position,
        z_mm=z_mm if position is None else None,
        orientation=orientation,
        thickness_mm=header.read("slice_thickness", length_mm),
        spacing_mm=header.read("slice_spacing", _size_mm),
        position_problem="" if position else header.why_none("position"),
        orientation_problem="" if orientation else header.why_none("orientation"),
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
