"""The contours of a structure set: of which ROI, on which image, through which points in the patient."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guidelint.annotation.decoding.files.dicom_values import coordinates, counted, items, plain
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.referred_image import referred

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt
    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.formats.dicom_rtstruct.rois import Roi, Rois
    from guidelint.annotation.decoding.parts.referred_image import Referred

CLOSED: Final = frozenset({"CLOSED_PLANAR", "CLOSEDPLANAR_XOR"})
_PLANAR: Final = frozenset({*CLOSED, "POINT", "OPEN_PLANAR"})
_OF_POINT: Final = 3
"""x, y, z."""


@dataclass(frozen=True, slots=True)
class Contour:
    """One contour."""

    place: str
    """Which it is, for people."""
    item: int
    """Which entry of ROI Contour Sequence (3006,0039) it stands in, from 1."""
    roi: Roi | None = None
    kind: str = ""
    """Contour Geometric Type (3006,0042)."""
    images: tuple[Referred, ...] = ()
    """The image that it was drawn on, as far as it says so."""
    points_mm: npt.NDArray[np.float64] | None = None
    """Points (n, 3) in the patient; None: they cannot be read."""
    problem: str = ""
    """Why it cannot be read."""


def contours(dataset: Dataset, known: Rois) -> Iterator[Contour]:
    """Read contour after contour; one that cannot be read costs no other."""
    of_rois = items(dataset, 0x30060039)
    numbers = [_number(item) for item in of_rois]
    times = Counter(numbers)
    for item, (of_roi, number) in enumerate(zip(of_rois, numbers, strict=True), start=1):
        roi, problem = None, ""
        try:
            roi = known.of(number)
        except PayloadError as error:
            problem = str(error)
        words = roi.words if roi is not None else f"entry {item} of the ROI contours"
        if not problem and times[number] > 1:
            problem = f"{words} has several lists of contours"
        yield from _of_roi(of_roi, item, roi, words, problem)


def _number(of_roi: Dataset) -> int | None:
    try:
        return counted(of_roi, 0x30060084)
    except Exception:  # noqa: BLE001 - a hostile value can make a parser raise anything
        return None


def _of_roi(of_roi: Dataset, item: int, roi: Roi | None, words: str, problem: str) -> Iterator[Contour]:
    try:
        drawn = items(of_roi, 0x30060040)
    except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
        yield Contour(f"the contours of {words}", item, roi, problem=f"they cannot be read ({type(error).__name__})")
        return
    for number, contour in enumerate(drawn, start=1):
        place = f"contour {number} of {words}"
        try:
            yield _contour(contour, place, item, roi, problem)
        except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
            yield Contour(place, item, roi, problem=f"it cannot be read ({type(error).__name__})")


def _contour(contour: Dataset, place: str, item: int, roi: Roi | None, problem: str) -> Contour:
    images = referred(tuple(items(contour, 0x30060016)))
    kind = plain(contour, 0x30060042).upper()
    told: dict[str, Any] = {"place": place, "item": item, "roi": roi, "kind": kind, "images": images}
    try:
        return Contour(**told, points_mm=_points(contour, kind), problem=problem)
    except PayloadError as error:
        return Contour(**told, problem=problem or str(error))


def _points(contour: Dataset, kind: str) -> npt.NDArray[np.float64]:
    if kind not in _PLANAR:
        raise PayloadError(f"its Contour Geometric Type is {kind or 'missing'}; {', '.join(sorted(_PLANAR))} are read")
    numbers = coordinates(contour, 0x30060050)
    if not numbers.size or numbers.size % _OF_POINT:
        raise PayloadError(f"its Contour Data are {numbers.size} numbers: x, y and z are needed of every point")
    held, stated = numbers.size // _OF_POINT, counted(contour, 0x30060046)
    if stated is not None and stated != held:
        raise PayloadError(f"it states {stated:,} points, and its Contour Data are those of {held:,}")
    if kind == "POINT" and held != 1:
        raise PayloadError(f"it is a point, and its Contour Data are those of {held:,}")
    return numbers.reshape(-1, _OF_POINT)
