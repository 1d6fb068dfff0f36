"""Types of parameters in words, from the JSON Schema of a rule: what a value is, its unit, and its range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from guidelint.annotation.tool import TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
WORDS = {"number": "number", "integer": "whole number", "string": "text", "boolean": "yes or no"}


def type_in_words(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    """Say what a parameter holds, e.g. ``list of text``; ``definitions`` are those of the whole schema."""
    if "x-what" in schema:
        return str(schema["x-what"])
    if "$ref" in schema:
        return type_in_words(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if set(schema.get("enum", ())) == set(TOOLS):
        return "tool"
    if "enum" in schema:
        return " or ".join(f"`{option}`" for option in schema["enum"])
    if "anyOf" in schema:
        options = [option for option in schema["anyOf"] if option.get("type") != "null"]
        return " or ".join(type_in_words(option, definitions) for option in options)
    return _of_type(schema, definitions)


def _of_type(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    if schema["type"] == "array":
        return _list(schema, definitions)
    return _mapping(schema, definitions) if schema["type"] == "object" else WORDS[schema["type"]]


def _list(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    if "prefixItems" in schema:
        items = [type_in_words(item, definitions) for item in schema["prefixItems"]]
        is_pair = len(items) == 2 and len(set(items)) == 1  # noqa: PLR2004 - a pair
        return f"pair of {_several(items[0])}" if is_pair else f"[{', '.join(items)}]"
    return f"list of {_several(type_in_words(schema['items'], definitions))}"


def _several(what: str) -> str:
    """Name several of what is named in one word or two; what is longer is understood as it stands."""
    first, of, rest = what.partition(" of ")
    if first == "pair":
        return f"pairs{of}{rest}"
    if what in {"text", "tool"} or not re.fullmatch(r"[a-z]+( code)?", what):
        return what
    return f"{what}es" if what.endswith("s") else f"{what}s"


def _mapping(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    if "properties" in schema:
        fields = (f"{name}: {type_in_words(field, definitions)}" for name, field in schema["properties"].items())
        return "{" + ", ".join(fields) + "}"
    key = type_in_words(schema.get("propertyNames", {"type": "string"}), definitions)
    return f"{key} → {type_in_words(schema['additionalProperties'], definitions)}"
