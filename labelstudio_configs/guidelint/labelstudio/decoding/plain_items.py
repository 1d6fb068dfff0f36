"""Long lists of numbers and of points, held against a JSON Schema in one go.

The validator of a schema takes up an item of a list for some microseconds; a mask has millions of items.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonschema import ValidationError

    Schema = Mapping[str, Any]
    Fits = Callable[[object], bool]

_KINDS: Mapping[str, frozenset[type]] = {"integer": frozenset({int}), "number": frozenset({int, float})}
_OF_NUMBER = frozenset({"type", "minimum", "maximum"})
_OF_LIST = frozenset({"type", "items", "minItems", "maxItems"})
_FEW = 8
"""So many items are sooner looked at one by one."""


def surely(schema: Schema) -> Fits | None:
    """Make what tells at a glance that a value fits a schema; None: a schema of that kind takes a closer look.

    What it does not say to fit may still do so.
    """
    kind = str(schema.get("type"))
    if kind in _KINDS and schema.keys() <= _OF_NUMBER:
        return _number(_KINDS[kind], schema.get("minimum", -math.inf), schema.get("maximum", math.inf))
    if kind == "array" and "items" in schema and schema.keys() <= _OF_LIST:
        return _list(surely(schema["items"]), schema.get("minItems", 0), schema.get("maxItems", math.inf))
    return None


def _number(kinds: frozenset[type], least: float, most: float) -> Fits:
    return lambda value: type(value) in kinds and least <= cast("float", value) <= most


def _list(of: Fits | None, least: float, most: float) -> Fits | None:
    if of is None:
        return None
    return lambda value: type(value) is list and least <= len(value) <= most and all(map(of, value))


def _items(validator: Any, items: Any, instance: object, schema: Schema) -> Iterator[ValidationError]:
    """Take up only those items of a long list of which it is not plain that they fit."""
    long = type(instance) is list and len(instance) > _FEW and "prefixItems" not in schema
    fits = surely(items) if long and isinstance(items, dict) else None
    if fits is None:
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, instance, schema)
        return
    for index, item in enumerate(cast("list[object]", instance)):
        if not fits(item):
            yield from validator.descend(instance=item, schema=items, path=index)


_extend = cast("Callable[..., type[Draft202012Validator]]", extend)
SchemaValidator = _extend(Draft202012Validator, {"items": _items})
"""Says the same as the validator of jsonschema, sooner."""
