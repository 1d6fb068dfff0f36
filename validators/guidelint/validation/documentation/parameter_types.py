"""Types of parameters in words, from the JSON Schema of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.annotation.tool import TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
WORDS = {"number": "number", "integer": "whole number", "string": "text", "boolean": "yes or no"}


def type_in_words(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    """Say what a parameter holds, e.g. ``list of text``; ``definitions`` are those of the whole schema."""
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
        return "[" + ", ".join(type_in_words(item, definitions) for item in schema["prefixItems"]) + "]"
    return f"list of {type_in_words(schema['items'], definitions)}"


def _mapping(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    if "properties" in schema:
        fields = (f"{name}: {type_in_words(field, definitions)}" for name, field in schema["properties"].items())
        return "{" + ", ".join(fields) + "}"
    return f"text → {type_in_words(schema['additionalProperties'], definitions)}"
