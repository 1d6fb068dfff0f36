"""What a guideline that extends another may leave out."""

from __future__ import annotations

from typing import Any, Final


def left_to_a_base(schema: dict[str, Any], key: str, own: tuple[str, ...]) -> dict[str, Any]:
    """Let a file that names a base leave out all but ``own``, and its named parts whatever they have from there."""
    relaxed = {**schema, "definitions": dict(schema["definitions"])}
    needed: dict[str, Any] = {}
    for path, name in _PARTS:
        part = dict(relaxed["definitions"][name])
        wanted = {word: part.pop(word) for word in ("required", "if", "then") if word in part}
        relaxed["definitions"][name] = part
        _put(needed, path, wanted)
    left = [name for name in relaxed["required"] if name not in own]
    relaxed["required"] = [name for name in relaxed["required"] if name in own]
    relaxed["if"] = {"not": {"required": [key]}}
    relaxed["then"] = {"required": left, "properties": needed}
    return relaxed


_ENTRY: Final = "*"
_PARTS: Final = (
    (("classes", _ENTRY), "Class"),
    (("families", _ENTRY), "Family"),
    (("attributes", _ENTRY), "WrittenAttribute"),
    (("attribute_sets", _ENTRY, _ENTRY), "SharedQuestion"),
    (("escalation", "routes", _ENTRY), "RouteDefinition"),
    (("escalation", "when", _ENTRY), "Criterion"),
)
"""Parts with names, and what they are called in the schema."""


def _put(properties: dict[str, Any], path: tuple[str, ...], wanted: dict[str, Any]) -> None:
    """Ask for keys at a path: of every entry where one is named by its author."""
    key, *rest = path
    part: dict[str, Any] = properties.setdefault(key, {})
    for step in rest:
        if step == _ENTRY:
            part = part.setdefault("additionalProperties", {})
        else:
            part = part.setdefault("properties", {}).setdefault(step, {})
    part.update(wanted)
