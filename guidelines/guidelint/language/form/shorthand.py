"""Short ways of writing: what may stand in the file in place of what is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


OTHERWISE: Final = "otherwise"
"""Stands for what is so where nothing before it is."""


@dataclass(frozen=True)
class Shorthand:
    """Annotation: other values that may be written, and what each means."""

    meant: Callable[[object], object]
    """Turns the short form into the full one and leaves everything else as it is."""
    types: tuple[str, ...]
    """JSON types of the short form."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Translate before the full form is validated."""
        return core_schema.no_info_before_validator_function(self.meant, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the short form in place of the full one."""
        return {"anyOf": [{"type": list(self.types)}, handler(schema)]}


class OneOrMore:
    """Annotation of a tuple: a single value stands for a list of one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Wrap a single value before the tuple is validated."""
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the item in place of the list."""
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


class OtherwiseAlone:
    """Annotation of a model that may be left out: the word ``otherwise`` stands in its place."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the word for nothing that is asked."""
        return core_schema.no_info_before_validator_function(_otherwise, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the word."""
        return {"anyOf": [{"const": OTHERWISE}, handler(schema)]}


def _otherwise(value: object) -> object:
    return None if value == OTHERWISE else value


def _listed(value: object) -> object:
    return value if isinstance(value, tuple | dict) or value is None else (value,)


def _with_defaults(value: object) -> object:
    return {} if value is None else value


def _titled(value: object) -> object:
    return {"title": value} if isinstance(value, str | int | float) else value


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _when_required(value: object) -> object:
    if value is True:
        return {}
    return None if value is False else value


NothingBeneath = Shorthand(_with_defaults, ("null",))
"""A key with nothing beneath it stands for all defaults."""
TitleAlone = Shorthand(_titled, ("string", "number", "boolean"))
"""A title stands for an option that has nothing but a title."""
NameAlone = Shorthand(_named, ("string",))
"""A name stands for somebody of whom nothing else is said."""
TrueOrFalse = Shorthand(_when_required, ("boolean",))
"""``true``: always; ``false``: never."""
