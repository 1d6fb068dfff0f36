"""Limits that are a multiple of a fact of the image: twice the slice thickness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self, cast

from pydantic import BaseModel, Field, model_validator

from guidelint.validation.rule.digits import as_written
from guidelint.validation.rule.image_fact import FACTS, FactName, ImageFact
from guidelint.validation.rule.limit import NotKnown, OfImage
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.wording import Worded, measure, number, times

MOST_TIMES = 1000
"""More is a slip: of that many slices or pixels a limit has a size of its own."""
LENGTH = Amount("length", "mm", sensible=(0.0002, 3_000))
"""From what a light microscope resolves to the length of a person and more."""
AREA = Amount("area", "mm²", sensible=(1e-8, 9_000_000))
VOLUME = Amount("volume", "ml", sensible=(1e-9, 300_000))


@dataclass(frozen=True, slots=True)
class Known:
    """What a fact is, where a limit is compared."""

    value: float
    is_largest: bool = False
    """Whether images differ in it: the largest counts."""


Found = Mapping[FactName, Known | str]
"""Facts by name: what each is, or why that is not known."""


class Multiple(
    BaseModel,
    Worded,
    frozen=True,
    extra="forbid",
    strict=True,
    defer_build=True,
    json_schema_extra={"x-what": "multiple of a fact"},
):
    """A multiple of a fact of the image, in place of a number; `at_least` and `at_most` bound it."""

    times: Annotated[float, Field(gt=0, le=MOST_TIMES, allow_inf_nan=False)]
    """How many times the fact."""
    of: FactName
    """Fact of the image; of pixels that are not square, the larger spacing counts."""
    at_least: float | None = None
    """The limit is never below this number, in the unit of the limit."""
    at_most: float | None = None
    """The limit is never above this number, in the unit of the limit."""

    @model_validator(mode="after")
    def _bounds_leave_room(self) -> Self:
        if self.at_least is not None and self.at_most is not None and self.at_least >= self.at_most:
            raise ValueError("`at_least` must lie below `at_most`, else the limit is always the same number")
        return self

    @property
    def fact(self) -> ImageFact:
        """The fact that it is a multiple of."""
        return FACTS[self.of]

    @property
    def as_yaml(self) -> str:
        """Write it as an author does."""
        given: dict[str, object] = self.model_dump(exclude_none=True)
        return f"{{{', '.join(f'{name}: {_spelled(value)}' for name, value in given.items())}}}"

    def told(self, unit: str) -> str:
        """Say it to annotators, e.g. "the larger of 10 mm and 2 × the slice thickness"."""
        multiple = self.fact.told if self.times == 1 else f"{number(self.times)} × {self.fact.told}"
        least, most = self.at_least, self.at_most
        if least is not None and most is not None:
            return f"{multiple} (not below {measure(least, unit)} and not above {measure(most, unit)})"
        if least is not None:
            return f"the larger of {measure(least, unit)} and {multiple}"
        return f"the smaller of {measure(most, unit)} and {multiple}" if most is not None else multiple

    def resolved(self, found: Found) -> OfImage | NotKnown:
        """Give the limit where the facts are these; where the fact is not known, one that nothing is compared with."""
        fact = found[self.of]
        if isinstance(fact, str):
            return NotKnown(fact)
        multiple = times(self.times, fact.value)
        limit = self._bounded(multiple)
        apart = "more than " * (limit > multiple) + "less than " * (limit < multiple)
        here = f"here {'up to ' * fact.is_largest}{as_written(fact.value)} {self.fact.unit}"
        return OfImage.of(limit, f"{apart}{number(self.times)} × {self.fact.words}, {here}")

    def _bounded(self, limit: float) -> float:
        least = limit if self.at_least is None else max(limit, self.at_least)
        return least if self.at_most is None else min(least, self.at_most)


def _spelled(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)


class TimesLength(Multiple, frozen=True):
    """A multiple of a length that the image states, in place of a length in mm."""

    of: Literal["slice_thickness", "slice_spacing", "pixel_spacing"]
    """Slice Thickness (0018,0050), Spacing Between Slices (0018,0088) or Pixel Spacing (0028,0030), the larger one."""
    at_least: Annotated[float, LENGTH] | None = None
    """The limit is never below this length in mm."""
    at_most: Annotated[float, LENGTH] | None = None
    """The limit is never above this length in mm."""


class TimesArea(Multiple, frozen=True):
    """A multiple of the area of a pixel, in place of an area in mm²."""

    of: Literal["pixel_area"]
    """Area of a pixel, from Pixel Spacing (0028,0030)."""
    at_least: Annotated[float, AREA] | None = None
    """The limit is never below this area in mm²."""
    at_most: Annotated[float, AREA] | None = None
    """The limit is never above this area in mm²."""


class TimesVolume(Multiple, frozen=True):
    """A multiple of the volume of a voxel, in place of a volume in ml."""

    of: Literal["voxel_volume"]
    """Volume of a voxel, from Pixel Spacing (0028,0030) and Spacing Between Slices (0018,0088)."""
    at_least: Annotated[float, VOLUME] | None = None
    """The limit is never below this volume in ml."""
    at_most: Annotated[float, VOLUME] | None = None
    """The limit is never above this volume in ml."""


def facts_of(value: object) -> frozenset[FactName]:
    """Name the facts that limits within a value are multiples of."""
    if isinstance(value, Multiple):
        return frozenset({value.of})
    return frozenset[FactName]().union(*map(facts_of, _within(value)))


def follows_from_image(value: object) -> bool:
    """Whether a limit within a value is a multiple of a fact, or was one before the image was known."""
    return isinstance(value, Multiple | OfImage | NotKnown) or any(map(follows_from_image, _within(value)))


def with_facts(value: object, found: Found) -> object:
    """Put numbers in place of the multiples within a value. Raises ValueError where a part does not allow them."""
    match value:
        case Multiple():
            return value.resolved(found)
        case BaseModel():
            given = {name: with_facts(getattr(value, name), found) for name in value.model_fields_set}
            return type(value).model_validate(given)
        case tuple():
            return tuple(with_facts(item, found) for item in cast("tuple[object, ...]", value))
        case dict():
            entries = cast("dict[object, object]", value)
            return {key: with_facts(item, found) for key, item in entries.items()}
        case _:
            return value


def _within(value: object) -> Iterable[object]:
    match value:
        case BaseModel():
            return [getattr(value, name) for name in type(value).model_fields]
        case tuple():
            return cast("tuple[object, ...]", value)
        case dict():
            return cast("dict[object, object]", value).values()
        case _:
            return ()
