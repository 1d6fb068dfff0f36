"""Facts of an image that conditions and limits depend on: what people call them, and where images state them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.imaging.facts import ImageFacts

FactName = Literal["pixel_spacing", "slice_thickness", "slice_spacing", "rows", "columns", "pixel_area", "voxel_volume"]
TextName = Literal["view", "side", "body_part", "modality"]
NOT_SAID: Final = "the task data do not say"
_SPACING: Final = "(0028,0030)"
_SLICE_SPACING: Final = "(0018,0088)"
_MM3_PER_ML: Final = 1000.0


def remedy(what: str, key: str) -> str:
    """Say what to do where a fact is not known; ``key``: the key of ``images: keys:`` that it is delivered under."""
    return f"deliver {what}, or name the key that it stands under in the guideline: `images: keys: {key}:`"


@dataclass(frozen=True, slots=True)
class ImageFact:
    """One fact."""

    noun: str
    """What people call it, e.g. ``slice thickness``."""
    tag: str
    """Where DICOM has it, e.g. ``(0018,0050)``."""
    key: str
    """Key of ``images: keys:`` that it is delivered under."""
    take: Callable[[ImageFacts], tuple[float, ...]]
    """Numbers that it has, none where it is not known; along rows and along columns where they differ."""
    unit: str = ""
    which: str = ""
    """Which of its numbers counts, before the noun, where it has two."""

    @property
    def words(self) -> str:
        """What people call it, with its tag."""
        return f"{self.noun} {self.tag}"

    @property
    def told(self) -> str:
        """Name it to annotators, e.g. ``the slice thickness``."""
        return f"the {self.which}{self.noun}"

    def not_known(self, image: ImageFacts) -> NotMeasurable:
        """Say that it is not known, and what to do."""
        if _SPACING in self.tag and image.spacing_problem:
            return NotMeasurable(image.spacing_problem)
        if why := image.unknown.get(self.key):
            return NotMeasurable(f"the {self.words} of the image is not known: {why}; deliver it")
        return NotMeasurable(f"the {self.words} of the image is not known; {remedy('it', self.key)}")

    def numbers(self, image: ImageFacts) -> tuple[float, ...]:
        """Give its numbers. Raises NotMeasurable when it is not known."""
        found = self.take(image)
        if not found:
            raise self.not_known(image)
        return found


def _known(value: float | None) -> tuple[float, ...]:
    return () if value is None else (value,)


def _spacing(image: ImageFacts) -> tuple[float, ...]:
    return (image.spacing.row_mm, image.spacing.column_mm) if image.spacing else ()


def _pixel_area(image: ImageFacts) -> tuple[float, ...]:
    return (image.spacing.pixel_mm2,) if image.spacing else ()


def _voxel_volume(image: ImageFacts) -> tuple[float, ...]:
    """Area of a pixel times the distance of slices, whether they touch or not."""
    step = image.place.spacing_mm
    return () if image.spacing is None or step is None else (image.spacing.pixel_mm2 * step / _MM3_PER_ML,)


MODALITY: Final = ImageFact("modality", "(0008,0060)", "modality", lambda _: ())
"""A text; it has no number."""
TIME_POINT: Final = ImageFact("time point", "(0012,0050)", "time_point", lambda _: ())
VIEW: Final = ImageFact("view", "(0018,5101)", "view", lambda _: ())
SIDE: Final = ImageFact("side", "(0020,0062)", "side", lambda _: ())
BODY_PART: Final = ImageFact("body part", "(0018,0015)", "body_part", lambda _: ())
STUDY_DATE: Final = ImageFact("study date", "(0008,0020)", "study_date", lambda _: ())
TEXTS: Mapping[TextName, ImageFact] = MappingProxyType(
    {"view": VIEW, "side": SIDE, "body_part": BODY_PART, "modality": MODALITY}
)
"""Facts that are a word, which somebody may answer as well."""
FACTS: Mapping[FactName, ImageFact] = MappingProxyType(
    {
        "pixel_spacing": ImageFact("pixel spacing", _SPACING, "pixel_spacing", _spacing, "mm", "larger "),
        "slice_thickness": ImageFact(
            "slice thickness", "(0018,0050)", "slice_thickness", lambda image: _known(image.place.thickness_mm), "mm"
        ),
        "slice_spacing": ImageFact(
            "spacing between slices",
            _SLICE_SPACING,
            "slice_spacing",
            lambda image: _known(image.place.spacing_mm),
            "mm",
        ),
        "rows": ImageFact("number of rows", "(0028,0010)", "rows", lambda image: _known(image.rows)),
        "columns": ImageFact("number of columns", "(0028,0011)", "columns", lambda image: _known(image.columns)),
        "pixel_area": ImageFact("area of a pixel", _SPACING, "pixel_spacing", _pixel_area, "mm²"),
        "voxel_volume": ImageFact(
            "volume of a voxel", f"{_SPACING} × {_SLICE_SPACING}", "slice_spacing", _voxel_volume, "ml"
        ),
    }
)
"""Every fact that is a number, by its name."""
