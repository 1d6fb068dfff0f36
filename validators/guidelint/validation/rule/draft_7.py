"""JSON Schema in draft 7, from what pydantic and msgspec write in draft 2020-12."""

from __future__ import annotations

from typing import Any

DRAFT_7 = "http://json-schema.org/draft-07/schema#"


def in_draft_7(schema: dict[str, Any]) -> dict[str, Any]:
    """Write a schema in draft 7: ``definitions`` for ``$defs``, and lists of fixed items in its own words."""
    made = _translated(schema)
    made.pop("$schema", None)
    return {"$schema": DRAFT_7, **made}


def _translated(part: Any) -> Any:
    if isinstance(part, list):
        return [_translated(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {_WORDS.get(key, key): _value(key, value) for key, value in part.items() if key not in _LEFT_OUT}
    if "prefixItems" in part:
        made["additionalItems"] = _translated(part.get("items", True))
        made["items"] = _translated(part["prefixItems"])
    return made


def _value(key: str, value: Any) -> Any:
    if key == "$ref":
        return str(value).replace("#/$defs/", "#/definitions/")
    return _translated(value)


_WORDS = {"$defs": "definitions"}
_LEFT_OUT = frozenset({"discriminator", "prefixItems"})
"""Keys that draft 7 does not know."""
