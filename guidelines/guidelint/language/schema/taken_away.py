"""The keys that may stand under ``without``: those of the guideline that it takes something away of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OF_ITSELF: Final = frozenset({"guidelint", "guideline", "version", "extends", "without"})
"""Keys that every guideline says for itself."""
_WORDS: Final = ("string", "number", "boolean", "array")
"""One word, or a list of several."""
_NAMED: Final = 3
"""So many keys deep those of the language are known, names among them: `classes`, `nodule`, `draw`."""


def taken_away(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what may be taken away under each key of a guideline: words of it, or something beneath it.

    Of rules, which are many, the names are known and nothing beneath them.
    """
    properties = {
        key: _away(part, schema["definitions"], _NAMED - 1)
        for key, part in schema["properties"].items()
        if key not in _OF_ITSELF
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _away(part: Mapping[str, Any], definitions: Mapping[str, Any], deep: int) -> dict[str, Any]:
    shown = {"description": part["description"]} if "description" in part else {}
    for one in _variants(part, definitions) if deep else ():
        if isinstance(one.get("properties"), dict):
            is_open = "patternProperties" in one or one.get("additionalProperties", True) is not False
            beneath: dict[str, Any] = {
                key: {} if is_open else _away(inner, definitions, deep - 1) for key, inner in one["properties"].items()
            }
            return {**shown, "type": [*_WORDS, "object"], "properties": beneath, "additionalProperties": is_open}
        if (entry := _entry(one)) is not None:
            return {**shown, "type": [*_WORDS, "object"], "additionalProperties": _away(entry, definitions, deep - 1)}
    return {**shown, "type": [*_WORDS, "object"]}


def _variants(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what a part may be, whatever it is called."""
    if "$ref" in part:
        yield from _variants(definitions[part["$ref"].rpartition("/")[2]], definitions)
    for several in ("anyOf", "allOf", "oneOf"):
        for one in part.get(several, ()):
            yield from _variants(one, definitions)
    yield part


def _entry(part: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Find what stands under each name that an author chose; None: there are no such names."""
    named = [*part.get("patternProperties", {}).values(), part.get("additionalProperties")]
    return next((one for one in named if isinstance(one, dict)), None)
