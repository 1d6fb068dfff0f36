"""Texts that name nothing: words for people, units, names of controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.parameters.meaning import Meaning

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class FreeText(Meaning):
    """A text that names no part of the guideline."""

    what: str = "text"

    @property
    def words(self) -> str:
        """What it is."""
        return self.what

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take any text."""
        return handler(source)


Words = Annotated[str, FreeText()]
"""Words for people."""
UnitSign = Annotated[str, FreeText("unit")]
Spelling = Annotated[str, FreeText("spelling")]
"""A way in which a delivery may write something."""
View = Annotated[str, FreeText("view")]
"""A view as DICOM or people name it, e.g. PA."""
TimePoint = Annotated[str, FreeText("name of a time point")]
"""What those who run a study call a visit, e.g. ``baseline``."""
ControlName = Annotated[str, FreeText("name of a control")]
"""A control of an annotation tool, as a delivery names it."""
