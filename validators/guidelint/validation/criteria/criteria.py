"""Criteria under which an answer follows: of answers, sizes, counts, quadrants and distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_serializer, model_validator

from guidelint.validation.landmarks.distance import FromWhere
from guidelint.validation.landmarks.quadrants import OF_BODY, QUADRANTS, QuadrantName
from guidelint.validation.rule.condition import Between, Condition, ImageIs, OneOf, SizeIs
from guidelint.validation.rule.later_parts import WrittenOtherwise
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.naming import (
    ChosenQuestion,
    ClassName,
    LandmarkArea,
    LandmarkName,
    NumberedQuestion,
    OptionName,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Which = Literal["any", "every", "first", "last"]
"""At which of several time points: at any, at every one, at the first of them alone, or at the last."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class HowMany(Between):
    """How many there are; without limits, at least one."""

    def holds(self, value: float) -> bool:
        """Whether a number lies within the limits."""
        return super().holds(value) if self.is_limited else value > 0

    def told(self, unit: str = "") -> str:
        """Say how many there are."""
        return super().told(unit) if self.is_limited else "at least 1"


class CountIs(HowMany):
    """How many regions of a class are marked; without limits, at least one."""

    where: Condition | None = None
    """Which of them count: a condition on each, of its answers, its size or its source."""


class QuadrantsAre(HowMany):
    """In how many of the four quadrants about a landmark regions of a class lie; without limits, in at least one."""

    about: LandmarkName
    """Class of the landmark, through whose centre a horizontal and a vertical line part the image."""
    among: Annotated[tuple[QuadrantName, ...], OneOf()] = ()
    """Quadrants that count: upper-left, upper-right, lower-left, lower-right of the image; or with `nasal_towards`
    superior-nasal, superior-temporal, inferior-nasal, inferior-temporal. None: all four."""
    nasal_towards: LandmarkName | None = None
    """Class of a second landmark: nasal is the side of the first on which its centre lies, as the optic disc's does."""
    each: OneOrMore = 1
    """How many regions a quadrant has at least, by their centres."""
    where: Condition | None = None
    """Which of them count: a condition on each, of its answers, its size or its source."""

    @model_validator(mode="after")
    def _four(self) -> Self:
        count = len(self.among) or QUADRANTS
        if not any(map(self.holds, range(count + 1))):
            raise ValueError(f"of {count} quadrants no number is like that: give one up to {count}")
        if any(name.endswith(OF_BODY) == (self.nasal_towards is None) for name in self.among):
            raise ValueError("with `nasal_towards` quadrants are nasal and temporal, without it left and right")
        return self


class DistanceIs(_Part):
    """Limits of the distance to a landmark."""

    to: LandmarkName
    """Class of the landmark, of which one region is marked on the image."""
    from_where: FromWhere = "edges"
    """From where to where: edges, edge-to-centre (of the landmark), or centres."""
    mm: Between | None = None
    """Distance in mm."""
    px: Between | None = None
    """Distance in pixels."""
    diagonal_fraction: Between | None = None
    """Distance as a fraction of the diagonal of the image."""
    diameters: Between | None = None
    """Distance in longest diameters of the region of `diameter_of`."""
    diameter_of: LandmarkArea | None = None
    """Class of whose one region the longest diameter is the unit of `diameters`."""

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if not (self.mm or self.px or self.diagonal_fraction or self.diameters):
            raise ValueError("give a limit: `mm`, `px`, `diagonal_fraction` or `diameters`")
        if self.diameters and self.diameter_of is None:
            raise ValueError("say of which class the diameter is meant: `diameter_of`")
        return self

    @property
    def classes(self) -> tuple[str, ...]:
        """Landmarks that are named."""
        return (self.to,) if self.diameter_of is None else (self.to, self.diameter_of)


class Criteria(_Part):
    """Hold where everything in them holds."""

    model_config = ConfigDict(serialize_by_alias=True, json_schema_extra={"x-what": "criteria"})

    answer: dict[ChosenQuestion, Annotated[tuple[OptionName, ...], OneOf()]] = {}
    """Question → option or options, one of which is the answer."""
    number: dict[NumberedQuestion, Between] = {}
    """Question → limits of the number, or of the step of a scale, that is the answer."""
    size: SizeIs | None = None
    """How large the region is that is asked, on its own slice."""
    distance: DistanceIs | None = None
    """How far the region that is asked lies from a landmark."""
    image: ImageIs | None = None
    """What is known of the image."""
    marked: Annotated[tuple[ClassName, ...], OneOf()] = ()
    """Classes of which at least one region is marked on the image."""
    count: dict[ClassName, CountIs] = {}
    """Class → how many of its regions are marked on the image: `at_least`, `above`, `at_most`, `below`."""
    quadrants: dict[ClassName, QuadrantsAre] = {}
    """Class → in how many quadrants about a landmark its regions lie: `{about: fovea, at_least: 2, each: 5}`."""
    nearest: dict[ClassName, DistanceIs] = {}
    """Class → how far the nearest of its regions on the image lies from a landmark; without one, it does not hold."""
    days_since_baseline: Between | None = None
    """Of a time point of a patient: how many days after the first it lies."""
    earlier: AtOther | None = None
    """Of a time point of a patient: what holds at one before it, or at each:
    `{answer: {response: cr}, which: last}`."""
    later: Annotated[AtOther | None, AlsoCalled("confirmed", "confirmed_by")] = None
    """Of a time point of a patient: what holds at one after it, or at each; a response counts once it is confirmed:
    `{answer: {response: cr}, days: {at_least: 28}}`."""
    ever: Annotated[Criteria | None, AlsoCalled("at_any_time", "any_time_point")] = None
    """Of a patient: what holds at any time point; where nothing else is asked, the answer is told of the patient
    once."""
    any_of: tuple[Criteria, ...] = ()
    """Criteria of which at least one holds."""
    not_: Annotated[Criteria | None, Field(alias="not")] = None
    """Criteria that do not hold; where it cannot be told whether they do, this cannot be told either."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.given:
            keys = (f"`{field.alias or name}`" for name, field in type(self).model_fields.items())
            raise ValueError(f"say what it depends on: {', '.join(keys)}")
        return self

    @property
    def parts(self) -> Iterator[tuple[tuple[str | int, ...], Criteria]]:
        """The criteria within them, each with its path in them; those of other time points are not among them."""
        yield from ((("any_of", at), one) for at, one in enumerate(self.any_of))
        if self.not_ is not None:
            yield ("not",), self.not_

    @property
    def of_other_times(self) -> tuple[Criteria, ...]:
        """What is asked of other time points."""
        return tuple(one for one in (self.earlier, self.later, self.ever) if one is not None)

    @property
    def given(self) -> frozenset[str]:
        """Keys under which something is asked."""
        fields = type(self).model_fields
        return frozenset(name for name, field in fields.items() if getattr(self, name) != field.default)

    @property
    def own(self) -> frozenset[str]:
        """Keys that are given, but for those of criteria within them."""
        return self.given - {"any_of", "not_"}

    @property
    def of_region(self) -> bool:
        """Whether they ask for what only a region has."""
        return bool(self.size or self.distance or any(one.of_region for _, one in self.parts))

    @property
    def condition(self) -> Condition | None:
        """What they ask of answers, sizes and the image, as a condition; None: nothing."""
        own = {name: getattr(self, name) for name in ("answer", "number", "size", "image")}
        return Condition.model_construct(**own) if any(own.values()) else None

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions put to whom the criteria are asked of, in their order, at whatever time point."""
        within = (*(one for _, one in self.parts), *self.of_other_times)
        return tuple(dict.fromkeys((*self.answer, *self.number, *(name for one in within for name in one.questions))))

    @property
    def questions_now(self) -> tuple[str, ...]:
        """Those among them that are put at the time point itself."""
        within = (name for _, one in self.parts for name in one.questions_now)
        return tuple(dict.fromkeys((*self.answer, *self.number, *within)))

    @property
    def names_other_times(self) -> bool:
        """Whether they ask what was before or comes after, seen from one time point."""
        own = self.days_since_baseline or self.earlier or self.later
        return bool(own) or any(one.names_other_times for _, one in self.parts)

    @property
    def names_times(self) -> bool:
        """Whether they ask for anything at another time point."""
        return self.names_other_times or bool(self.ever) or any(one.names_times for _, one in self.parts)

    def may_apply(self, not_asked: frozenset[str]) -> bool:
        """Whether something in them can decide where some questions are not asked."""
        if not not_asked.isdisjoint((*self.answer, *self.number)):
            return False
        if self.any_of:
            return any(one.may_apply(not_asked) for one in self.any_of)
        return bool(self.own) or self.not_ is None or self.not_.may_apply(not_asked)

    @property
    def questions_of_regions(self) -> tuple[str, ...]:
        """Questions put to the regions that are counted."""
        counted: tuple[CountIs | QuadrantsAre, ...] = (*self.count.values(), *self.quadrants.values())
        own = [name for part in counted if part.where is not None for name in sorted(part.where.questions)]
        return tuple(dict.fromkeys((*own, *(name for _, one in self.parts for name in one.questions_of_regions))))

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes that are named, landmarks among them."""
        return tuple(dict.fromkeys(self._classes()))

    def _classes(self) -> Iterator[str]:
        yield from (*self.marked, *self.count)
        for name, spread in self.quadrants.items():
            yield from (name, spread.about, *([spread.nasal_towards] if spread.nasal_towards else []))
        for name, nearest in self.nearest.items():
            yield from (name, *nearest.classes)
        yield from self.distance.classes if self.distance else ()
        for _, one in self.parts:
            yield from one.classes


class AtOther(Criteria):
    """Hold at another time point where everything in them holds there."""

    which: Which = "any"
    """At which of those before, or of those after: at any, at every one (there is at least one), at the first or at
    the last of them. The first of those before is the baseline, the last of them the visit before."""
    days: Between | None = None
    """How many days lie between the two time points; others do not count."""
    is_marked: bool = True
    """Of an object: false where it is asked that it is not marked there. Else time points at which it is not marked
    do not count."""

    @model_validator(mode="after")
    def _of_what_is_there(self) -> Self:
        if not self.is_marked and self.given - {"is_marked", "which", "days"}:
            raise ValueError(
                "what is not marked was not answered for: beside `is_marked: false` stand `which` and `days`"
            )
        return self


class Way(_Part, WrittenOtherwise):
    """A way to an option."""

    option: OptionName
    """The option."""
    criteria: Criteria | None = None
    """When it is the answer; none: whenever nothing before is."""

    @model_serializer(mode="plain")
    def _as_given(self) -> dict[str, Any]:
        """Write what an author gave, so that a key that comes later changes no digest."""
        if self.criteria is None:
            return {"option": self.option}
        return {"option": self.option, "criteria": self.criteria.model_dump(mode="json", exclude_defaults=True)}
