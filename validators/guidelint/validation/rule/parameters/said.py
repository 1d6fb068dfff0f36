"""Every value of a model with what its type says that it is, walked along the types."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel

from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.parameters.unnamed import Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
_M = TypeVar("_M", bound=Meaning)


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a model."""

    value: object
    meanings: tuple[Meaning, ...]
    """What it is, as it stands beside its bare type."""
    path: Path
    owner: BaseModel
    """The model that holds it."""
    around: tuple[str, ...] = ()
    """Names that it stands beneath, where a mapping has it."""
    at: Literal["key", "value"] = "value"
    type: Any = None
    """Its bare type."""

    def of(self, meaning: type[_M]) -> _M | None:
        """Say what it is, if it is of this kind."""
        return next((one for one in self.meanings if isinstance(one, meaning)), None)


def said(model: BaseModel, path: Path = (), around: tuple[str, ...] = ()) -> Iterator[Said]:
    """Yield every value that was given to a model, and whatever is in it, each before what is in it."""
    for name in type(model).model_fields:
        if name in model.model_fields_set:
            value, annotation = getattr(model, name), annotated(type(model), name)
            key = () if _is_unnamed(annotation) else (type(model).model_fields[name].alias or name,)
            yield from _within(Said(value, (), (*path, *key), model, around), annotation)


@cache
def annotated(model: type[BaseModel], name: str) -> Any:
    """Give the whole type of a field, with all that stands beside it."""
    field = model.model_fields[name]
    bare: Any = field.annotation
    return Annotated[bare, *field.metadata] if field.metadata else bare


def meanings(model: type[BaseModel], name: str) -> tuple[Meaning, ...]:
    """Say what a field is, whatever it holds; what stands within a list or a mapping is not looked at."""
    found, _ = stripped(annotated(model, name))
    return found


def item_meanings(model: type[BaseModel], name: str) -> tuple[Meaning, ...]:
    """Say what the items of a field are, where it is a list."""
    _, bare = stripped(annotated(model, name))
    found, _ = stripped(get_args(bare)[0]) if get_origin(bare) is tuple else ((), None)
    return found


def meaning(model: type[BaseModel], name: str, wanted: type[_M]) -> _M | None:
    """Say what a field is, if it is of this kind."""
    return next((one for one in meanings(model, name) if isinstance(one, wanted)), None)


def all_meanings(annotation: Any) -> Iterator[Meaning]:
    """Yield what a type says of a value and of whatever is in it."""
    found, bare = stripped(annotation)
    yield from found
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        yield from (one for name in bare.model_fields for one in all_meanings(annotated(bare, name)))
    yield from (one for argument in get_args(bare) for one in all_meanings(argument))


@cache
def sources(model: type[BaseModel]) -> Mapping[str, From]:
    """Tell where in a guideline the fields come from: those that come from anywhere."""
    found = {name: meaning(model, name, From) for name in model.model_fields}
    return MappingProxyType({name: source for name, source in found.items() if source is not None})


def _is_unnamed(annotation: Any) -> bool:
    found, _ = stripped(annotation)
    return any(isinstance(one, Unnamed) for one in found)


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


def _within(one: Said, annotation: Any) -> Iterator[Said]:
    found, bare = stripped(annotation)
    yield replace(one, meanings=found, type=bare)
    match one.value:
        case BaseModel() as model:
            yield from said(model, one.path, one.around)
        case tuple() as items:
            yield from _items(one, cast("tuple[object, ...]", items), get_args(bare))
        case Mapping() as entries if get_origin(bare) in {dict, Mapping}:
            yield from _entries(one, cast("Mapping[str, object]", entries), get_args(bare))
        case _:
            pass


def _items(one: Said, items: tuple[object, ...], arguments: tuple[Any, ...]) -> Iterator[Said]:
    repeated = arguments[1:] == (Ellipsis,)
    for index, item in enumerate(items):
        if arguments:
            inner = replace(one, value=item, path=(*one.path, index))
            yield from _within(inner, arguments[0] if repeated else arguments[index])


def _entries(one: Said, entries: Mapping[str, object], arguments: tuple[Any, ...]) -> Iterator[Said]:
    key_type, value_type = arguments
    for key, value in entries.items():
        path = (*one.path, key)
        yield from _within(replace(one, value=key, path=path, at="key"), key_type)
        yield from _within(replace(one, value=value, path=path, around=(*one.around, key)), value_type)
