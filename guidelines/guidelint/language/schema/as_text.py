"""The JSON Schemas as texts: what ``guidelint schema`` prints and the reference holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.schema.plan_schema import plan_schema

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue

FILE = "guideline.schema.json"
"""Name of the file in which the schema of guidelines stands beside them."""
MODELINE = f"# yaml-language-server: $schema={FILE}\n"
"""First line of a guideline, for editors."""


def guideline_schema_text(catalogue: Catalogue) -> str:
    """Write the schema of guidelines."""
    return _text(guideline_schema(catalogue))


def plan_schema_text(catalogue: Catalogue) -> str:
    """Write the schema of plans."""
    return _text(plan_schema(catalogue))


def _text(schema: object) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
