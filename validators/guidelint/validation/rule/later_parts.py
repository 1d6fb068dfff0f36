"""Parts of a parameter that came later: they are not written where they are empty, so that plans keep their digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer

from guidelint.validation.rule.beside import unless_empty

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class WrittenOtherwise(BaseModel):
    """Is written in a way of its own."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe what is written by its fields."""
        by_fields: Any = {name: part for name, part in schema.items() if name != "serialization"}
        return handler(by_fields)


class LaterParts(WrittenOtherwise):
    """Has fields marked ``UnlessEmpty``."""

    @model_serializer(mode="wrap")
    def _without_empty(self, as_is: SerializerFunctionWrapHandler) -> dict[str, Any]:
        later = unless_empty(type(self))
        return {name: value for name, value in as_is(self).items() if value or name not in later}
