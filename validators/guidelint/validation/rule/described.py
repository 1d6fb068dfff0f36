"""What the fields of a model mean: the docstrings below them, read from the source when somebody asks.

Pydantic would read them whenever a model is made (``use_attribute_docstrings``), for every rule at every start.
"""

from __future__ import annotations

import ast
import inspect
from functools import lru_cache
from itertools import pairwise
from textwrap import dedent
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue, JsonSchemaWarningKind
    from pydantic_core import CoreSchema, core_schema


def description(model: type[BaseModel], name: str) -> str:
    """Say what a field means: what was given to it, else the docstring below it, its own or that of a base."""
    field: FieldInfo = model.model_fields[name]
    return docstring_below(model, name) if field.description is None else field.description


def docstring_below(model: type, name: str) -> str:
    """Give the docstring below a field of any class: its own, that of a base, or of the class that it names for it."""
    named: type | None = getattr(model, "described_by", None)
    classes = model.__mro__ if named is None else (*model.__mro__, *named.__mro__)
    return next((docs[name] for one in classes if name in (docs := _docstrings(one))), "")


def first_sentence(model: type) -> str:
    """Give the first line of a docstring."""
    return (inspect.getdoc(model) or "").partition("\n")[0]


_DEFINES = "x-defines"
"""Key of the name under which a part of a schema is to stand among the definitions."""


def definition(model: type[BaseModel]) -> JsonSchemaValue:
    """Describe a model within the schema of another one, to be referred to by its name."""
    return {**model.model_json_schema(schema_generator=DescribedSchema), _DEFINES: model.__name__}


class DescribedSchema(GenerateJsonSchema):
    """JSON Schema with the description of every field."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - as the base has it
        *GenerateJsonSchema.ignored_warning_kinds,
        "skipped-discriminator",  # draft 7 knows none
    }

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        """Make the schema; what says that it defines something stands once."""
        definitions: dict[str, Any] = {}
        made: dict[str, Any] = _defined(super().generate(schema, mode), definitions)
        return {**made, "$defs": {**made.get("$defs", {}), **definitions}} if definitions else made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe the properties of one model."""
        made = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        properties: dict[str, dict[str, Any]] = made.get("properties", {})
        for name, field in model.model_fields.items():
            shown = properties.get(field.alias or name)
            if shown is not None and "description" not in shown and (text := description(model, name)):
                shown["description"] = text
        return made


def _defined(part: Any, definitions: dict[str, Any]) -> Any:
    """Move what defines something to the definitions, and refer to it."""
    if isinstance(part, list):
        return [_defined(item, definitions) for item in part]
    if not isinstance(part, dict):
        return part
    inner: dict[str, Any] = {key: _defined(value, definitions) for key, value in cast("dict[str, Any]", part).items()}
    name = inner.pop(_DEFINES, None)
    if name is None:
        return inner
    definitions[name] = inner
    return {"$ref": f"#/$defs/{name}"}


@lru_cache(maxsize=512)
def _docstrings(model: type) -> Mapping[str, str]:
    """Docstrings below the fields in the body of a class; none for a class that was made without source."""
    if "__annotations__" not in vars(model) or model.__module__ in {"builtins", "pydantic.main"}:
        return MappingProxyType({})
    try:
        (body,) = ast.parse(dedent(inspect.getsource(model))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return MappingProxyType({})
    return MappingProxyType(dict(_read(body)))


def _read(body: ast.stmt) -> Iterator[tuple[str, str]]:
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for field, text in pairwise(statements):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str() as said)),
            ):
                yield name, inspect.cleandoc(said)
            case _:
                pass
