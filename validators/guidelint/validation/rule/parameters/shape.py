"""The type of a field taken apart once: what stands beside it, and the types within it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.parameters.unnamed import Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


MOST_FIELDS: Final = 4096
"""Fields that are remembered: more than the language has, and not those of every model that was ever made."""
MOST_MODELS: Final = 512
"""Models that are, likewise."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A type: what it says of its values, and what is within them."""

    meanings: tuple[Meaning, ...]
    bare: Any
    items: tuple[Shape, ...] = ()
    """Types of the items of a tuple; of the only one where all are of one type."""
    are_alike: bool = False
    """Whether all items are of one type."""
    key: Shape | None = None
    value: Shape | None = None
    """Types of the names and of the values of a mapping."""
    is_unnamed: bool = False
    """Whether what is in it stands where it stands itself."""


@lru_cache(maxsize=MOST_FIELDS)
def shape_of(model: type[BaseModel], name: str) -> Shape:
    """Take the type of a field apart."""
    return shape(annotated(model, name))


@lru_cache(maxsize=MOST_FIELDS)
def annotated(model: type[BaseModel], name: str) -> Any:
    """Give the whole type of a field, with all that stands beside it."""
    return whole_type(model.model_fields[name])


def whole_type(field: FieldInfo) -> Any:
    """Put back beside the type of a field what was taken off it."""
    bare: Any = field.annotation
    return Annotated[bare, *field.metadata] if field.metadata else bare


def shape(annotation: Any) -> Shape:
    """Take a type apart."""
    found, bare = stripped(annotation)
    unnamed = any(isinstance(one, Unnamed) for one in found)
    arguments = get_args(bare)
    if get_origin(bare) is tuple:
        alike = arguments[1:] == (Ellipsis,)
        items = arguments[:1] if alike else arguments
        return Shape(found, bare, tuple(shape(item) for item in items), are_alike=alike, is_unnamed=unnamed)
    if get_origin(bare) in {dict, Mapping}:
        return Shape(found, bare, key=shape(arguments[0]), value=shape(arguments[1]), is_unnamed=unnamed)
    return Shape(found, bare, is_unnamed=unnamed)


def stripped(annotation: Any) -> tuple[tuple[Meaning, ...], Any]:
    """Take what stands beside a type, and ``| None``, off it."""
    found: list[Meaning] = []
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            found.extend(item for item in arguments[1:] if isinstance(item, Meaning))
            annotation = arguments[0]
        elif origin in {Union, types.UnionType} and types.NoneType in arguments:
            annotation = next(item for item in arguments if item is not types.NoneType)
        else:
            return tuple(found), annotation


def all_meanings(annotation: Any, within: frozenset[type] = frozenset()) -> Iterator[Meaning]:
    """Yield what a type says of a value and of whatever is in it; of models within themselves once."""
    found, bare = stripped(annotation)
    yield from found
    if isinstance(bare, type) and issubclass(bare, BaseModel) and bare not in within:
        inner = within | {bare}
        yield from (one for name in bare.model_fields for one in all_meanings(annotated(bare, name), inner))
    yield from (one for argument in get_args(bare) for one in all_meanings(argument, within))
