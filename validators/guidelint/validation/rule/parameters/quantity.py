"""What a number says of itself: what it counts, in which unit, and how large that can be."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import core_schema

from guidelint.validation.rule.described import definition
from guidelint.validation.rule.limit import NotKnown, OfImage
from guidelint.validation.rule.parameters.meaning import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


_NUMBERS = frozenset({int, float})


@dataclass(frozen=True, slots=True)
class Amount(Meaning):
    """What a number counts."""

    quantity: str
    """What is counted or measured, e.g. ``length``."""
    unit: str = ""
    """How a sentence writes the unit; empty for what has none."""
    least: float = 0.0
    """Smallest number that means anything."""
    most: float = inf
    """Largest number that means anything."""
    above_least: bool = False
    """Whether the smallest number itself means nothing."""
    sensible: tuple[float, float] = (0.0, inf)
    """From which number to which one believes it; beyond, a unit was mistaken or a digit is too many."""
    exact: bool = False
    """Whether what is compared with it can be equal to it: counts, values of a header; not what is measured."""
    multiple: type[BaseModel] | None = None
    """Form of a multiple of an image fact that may stand in its place; None: a number alone may."""

    @property
    def words(self) -> str:
        """The quantity and its unit, or between which numbers it lies."""
        if self.unit:
            return f"{self.quantity} in {self.unit}"
        return f"{self.quantity} from {self.least:g} to {self.most:g}" if isfinite(self.most) else self.quantity

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse numbers that mean nothing."""
        schema: Any = handler(source)
        whole = schema["type"] == "int"
        limits = {"gt" if self.above_least else "ge": self.least, "le": self.most}
        bounds = {name: int(end) if whole else end for name, end in limits.items() if isfinite(end)}
        number = cast("CoreSchema", {**schema, **bounds, **({} if whole else {"allow_inf_nan": False})})
        return number if self.multiple is None else _or_multiple(number, self.multiple)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give the unit beside the range."""
        number = {**handler(schema), "x-what": self.words}
        return number if self.multiple is None else {"anyOf": [number, definition(self.multiple)]}


def _or_multiple(number: CoreSchema, multiple: type[BaseModel]) -> CoreSchema:
    """Take a multiple of an image fact in place of a number, and what it became where the image is known."""

    def taken(value: object, take_number: Callable[[object], object]) -> object:
        if value.__class__ in _NUMBERS:
            return take_number(value)
        if isinstance(value, dict):
            return multiple.model_validate(value)
        return value if isinstance(value, multiple | OfImage | NotKnown) else take_number(value)

    def written(value: object) -> object:
        return value.model_dump(mode="json", exclude_none=True) if isinstance(value, multiple) else value

    as_json = core_schema.plain_serializer_function_ser_schema(written)
    return core_schema.no_info_wrap_validator_function(taken, number, serialization=as_json)
