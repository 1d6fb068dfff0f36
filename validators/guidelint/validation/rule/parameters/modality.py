"""Texts that images state about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.parameters.meaning import Meaning

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

CODE_STRING = r"^[A-Z0-9_]([A-Z0-9_ ]{0,14}[A-Z0-9_])?$"
"""A code of DICOM (PS3.5, 6.2: CS)."""


@dataclass(frozen=True, slots=True)
class ModalityCode(Meaning):
    """A code of Modality (0008,0060)."""

    @property
    def words(self) -> str:
        """What it is."""
        return "modality code"

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the text as it is: the linter knows what other words people have for a code."""
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give the form of a code."""
        return {**handler(schema), "pattern": CODE_STRING, "x-what": self.words}


Modality = Annotated[str, ModalityCode()]
