"""What may stand where in the file, read off the models."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, create_model

from guidelint.language.form.use_name import UseName
from guidelint.language.form.written import WrittenRules
from guidelint.validation.rule.described import description
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.shape import MOST_MODELS, all_meanings, whole_type

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from guidelint.language.text.tree import KeyPath


def fields_at(model: type[BaseModel], path: KeyPath) -> dict[str, FieldInfo]:
    """Keys that may stand at a path, by the name they are written with; none where names are the author's own."""
    part = part_at(model, path)
    return written_fields(part) if part else {}


def written_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields of a model by the name they are written with."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def description_at(model: type[BaseModel], path: KeyPath) -> str:
    """Say what the field at a path is for."""
    part = part_at(model, path[:-1]) if path else None
    name = field_name(part, str(path[-1])) if part else None
    return description(part, name) if part and name else ""


def field_name(model: type[BaseModel], key: str) -> str | None:
    """Find the field of a model that is written with a key."""
    return next((name for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def part_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """Give the model of what stands at a path, where that is one."""
    part: Any = model
    for step in path:
        part = _below(part, step)
    inner = _inner(part)
    return cast("type[BaseModel]", inner) if _is_model(inner) else None


def steps_below(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """Give what may follow a path of keys: a key, or one beneath any name; items of a list have no step."""
    part: Any = model
    for step in path:
        part = _below(_item(part), step)
    inner = _item(part)
    if get_origin(inner) in {dict, Mapping}:
        return tuple(f"*.{step}" for step in _keys_of(get_args(inner)[-1]))
    return _keys_of(inner)


def _keys_of(part: Any) -> tuple[str, ...]:
    """Give the keys of a part, if it has keys."""
    inner = _inner(_item(part))
    return tuple(written_fields(inner)) if _is_model(inner) else ()


def _item(part: Any) -> Any:
    """Give the type of the items of a list; of anything else, its own."""
    inner = _inner(part)
    return _item(get_args(inner)[0]) if get_origin(inner) is tuple and get_args(inner) else inner


def multiple_in_place(field: Any) -> type[BaseModel] | None:
    """Give the form of a multiple of an image fact, where that may stand in place of a number."""
    return next((one.multiple for one in all_meanings(field) if isinstance(one, Amount) and one.multiple), None)


def _below(part: Any, step: str | int) -> Any:
    inner = _inner(part)
    if _is_model(inner):
        field = written_fields(inner).get(str(step))
        return whole_type(field) if field else _named(inner, step)
    arguments = get_args(inner)
    if arguments and get_origin(inner) in {dict, Mapping, tuple}:
        return arguments[-1] if arguments[-1] is not Ellipsis else arguments[0]
    return None


def _named(part: type[BaseModel], step: str | int) -> type[BaseModel] | None:
    """Give the form of a use with a name of its own: that of its rule where the path tells it, else of any rule."""
    if not issubclass(part, WrittenRules) or not part.named:
        return None
    return part.named.get(step.rule) if isinstance(step, UseName) else _of_any_rule(part)


@lru_cache(maxsize=MOST_MODELS)
def _of_any_rule(part: type[WrittenRules]) -> type[BaseModel]:
    made: Any = create_model("AnyUse", __base__=tuple(part.named.values()))
    return cast("type[BaseModel]", made)


def _inner(part: Any) -> Any:
    """Give what has keys of its own: the type without all that stands beside it, or the multiple in its place."""
    inner = _bare(part)
    return (multiple_in_place(part) or inner) if inner is float else inner


def _bare(part: Any) -> Any:
    """Strip Annotated and ``| None`` off a type."""
    while True:
        origin = get_origin(part)
        if origin is Annotated:
            part = get_args(part)[0]
        elif origin in {Union, types.UnionType}:
            part = next((item for item in get_args(part) if item is not type(None)), None)
        else:
            return part


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)
