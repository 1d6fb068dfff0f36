"""Every value of a model with what its type says that it is, walked along the types."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel

from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.parameters.naming import QuestionOf
from guidelint.validation.rule.parameters.shape import MOST_MODELS, Shape, shape_of
from guidelint.validation.rule.parameters.source import From

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str | int, ...]
_M = TypeVar("_M", bound=Meaning)


class Said(NamedTuple):
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

    def of(self, meaning: type[_M]) -> _M | None:
        """Say what it is, if it is of this kind."""
        return next((one for one in self.meanings if isinstance(one, meaning)), None)


def said(model: BaseModel, path: Path = ()) -> list[Said]:
    """List every value that was given to a model, and whatever is in it, each before what is in it."""
    found: list[Said] = []
    _add(model, path, (), found)
    return found


def meanings(model: type[BaseModel], name: str) -> tuple[Meaning, ...]:
    """Say what a field is, whatever it holds; what stands within a list or a mapping is not looked at."""
    return shape_of(model, name).meanings


def item_meanings(model: type[BaseModel], name: str) -> tuple[Meaning, ...]:
    """Say what the items of a field are, where it is a list."""
    return next((item.meanings for item in shape_of(model, name).items), ())


def meaning(model: type[BaseModel], name: str, wanted: type[_M]) -> _M | None:
    """Say what a field is, if it is of this kind."""
    return next((one for one in meanings(model, name) if isinstance(one, wanted)), None)


@lru_cache(maxsize=MOST_MODELS)
def fields_of(model: type[BaseModel], wanted: type[_M]) -> Mapping[str, _M]:
    """List the fields that are of a kind, with what their types say of them."""
    found = {name: meaning(model, name, wanted) for name in model.model_fields}
    return MappingProxyType({name: one for name, one in found.items() if one is not None})


def questions_named(model: BaseModel) -> tuple[str, ...]:
    """List the questions that the fields of a model name by themselves."""
    return tuple(str(getattr(model, name)) for name in fields_of(type(model), QuestionOf))


def sources(model: type[BaseModel]) -> Mapping[str, From]:
    """Tell where in a guideline the fields come from: those that come from anywhere."""
    return fields_of(model, From)


def _add(model: BaseModel, path: Path, around: tuple[str, ...], found: list[Said]) -> None:
    given = model.model_fields_set
    for name, key, shape in _fields(type(model)):
        if name in given:
            where = path if shape.is_unnamed else (*path, key)
            _add_value(Said(getattr(model, name), shape.meanings, where, model, around), shape, found)
    if model.__pydantic_extra__:
        for name, value in model.__pydantic_extra__.items():
            if isinstance(value, BaseModel):
                _add(value, (*path, name), around, found)


@lru_cache(maxsize=MOST_MODELS)
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Shape], ...]:
    """List the fields of a model with the keys under which a guideline gives them, and their types."""
    return tuple((name, field.alias or name, shape_of(model, name)) for name, field in model.model_fields.items())


def _add_value(one: Said, shape: Shape, found: list[Said]) -> None:
    found.append(one)
    value: Any = one.value
    if shape.items:
        for index, item in enumerate(value or ()):
            inner = shape.items[0 if shape.are_alike else index]
            _add_value(Said(item, inner.meanings, (*one.path, index), one.owner, one.around), inner, found)
    elif shape.key is not None and shape.value is not None:
        for key, item in (value or {}).items():
            here = (*one.path, key)
            found.append(Said(key, shape.key.meanings, here, one.owner, one.around, "key"))
            _add_value(Said(item, shape.value.meanings, here, one.owner, (*one.around, key)), shape.value, found)
    elif isinstance(value, BaseModel):
        _add(value, one.path, one.around, found)
