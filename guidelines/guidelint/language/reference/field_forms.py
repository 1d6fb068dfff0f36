"""What a property of the JSON Schema means and takes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def form(field: dict[str, Any]) -> str:
    """Say in words which forms a value may have."""
    forms = list(dict.fromkeys(_forms(field)))
    if forms[1:] == [f"list of {forms[0]}"]:
        return f"{forms[0]}; one or a list"
    return ", or ".join(forms)


def _forms(field: dict[str, Any]) -> Iterator[str]:
    """Yield the forms that a value may have; nothing beneath a key is always one and not mentioned."""
    kind = field.get("type")
    kinds: list[str] = kind if isinstance(kind, list) else [str(kind)]
    if "anyOf" in field:
        for item in field["anyOf"]:
            yield from _forms(item)
    elif "enum" in field or "const" in field:
        yield " / ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    elif "$ref" in field:
        yield "keys"
    elif kinds == ["array"]:
        items: dict[str, Any] | list[dict[str, Any]] = field["items"]
        yield f"list of {form(items) if isinstance(items, dict) else ' and '.join(map(form, items))}"
    elif kinds == ["object"] and "properties" in field:
        yield "keys"
    elif kinds == ["object"]:
        yield f"name → {form(beneath(field))}"
    elif kinds != ["null"]:
        yield _KINDS[kinds[0]]


def meaning(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """Say what a key means, or what the part does that stands beneath it."""
    part = schema["definitions"].get(str(field.get("$ref", "")).rpartition("/")[2], {})
    return str(field.get("description") or part.get("description", "")).replace("``", "`")


def default(field: dict[str, Any]) -> str:
    """Say what counts where a key is left out; nothing where nothing does."""
    match field.get("default"):
        case None | "" | False:
            return ""
        case list(items):
            return ", ".join(map(str, items))
        case float(number):
            return f"{number:g}"
        case value:
            return str(value)


def beneath(field: dict[str, Any]) -> dict[str, Any]:
    """Find the schema of what stands beneath the names of a mapping."""
    patterns: dict[str, dict[str, Any]] = field.get("patternProperties") or {"": field["additionalProperties"]}
    return next(iter(patterns.values()))


_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
}
