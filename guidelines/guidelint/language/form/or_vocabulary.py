"""The name of a vocabulary in place of the options; what is read has the options there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.fields import NAME_PATTERN

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class OrVocabulary:
    """Annotation of options: a name may stand in place of them."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the options alone."""
        return handler(source)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow a name in place of the options."""
        name = {"type": "string", "pattern": NAME_PATTERN, "x-what": "vocabulary"}
        return {"anyOf": [handler(schema), name]}
