"""A result as it was delivered, held against the compiled JSON Schema by jsonschema."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from guidelint.labelstudio.decoding.plain_items import SchemaValidator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import ValidationError

    Schema = Mapping[str, object]

MOST_ITEMS = 3
"""So many items of a result are named that break it."""
LONGEST = 60
"""So many letters of what was delivered are shown."""
_REMEDY = "Deliver what the compiled config produces, or leave out --schema"


class ResultCheck:
    """Holds results against one compiled schema.

    Which part of the schema an item is about, its control and type say: no item is tried against all of them.
    """

    def __init__(self, schema: str) -> None:
        self._schema = schema
        items = cast("Mapping[str, Mapping[str, list[Schema]]]", json.loads(schema))["items"]
        self._branches = {_told(branch): SchemaValidator(branch) for branch in items["oneOf"]}

    def __reduce__(self) -> tuple[type[ResultCheck], tuple[str]]:
        """Let another process compile it by itself."""
        return ResultCheck, (self._schema,)

    def broken(self, annotation: bytes) -> str:
        """Say how the result of an annotation breaks the schema, and where; empty: it does not."""
        result = _result(annotation)
        if not isinstance(result, list):
            return f"its result could not be held against the compiled schema: no list could be read. {_REMEDY}"
        found = self._broken(cast("list[object]", result))
        named = list(islice(found, MOST_ITEMS))
        more = sum(1 for _ in found)
        if not named:
            return ""
        rest = f"; and {more} more of its items" if more else ""
        return f"its result is not as the compiled schema asks: {'; '.join(named)}{rest}. {_REMEDY}"

    def _broken(self, result: list[object]) -> Iterator[str]:
        """Name each item that breaks the schema once, with the first that is wrong."""
        for number, item in enumerate(result, start=1):
            if said := self._of_item(item):
                yield f"item {number}: {said}"

    def _of_item(self, item: object) -> str:
        if not isinstance(item, dict):
            return "it is no object"
        told = cast("dict[str, object]", item)
        control, kind = told.get("from_name"), told.get("type")
        branch = self._branches.get((_key(control), _key(kind))) or self._branches.get(("", _key(kind)))
        if branch is None:
            return f"no control of the config is `{_shown(control)}` with the type `{_shown(kind)}`"
        error = next(iter(branch.iter_errors(cast("Any", told))), None)
        return "" if error is None else _said(error)


def _told(branch: Schema) -> tuple[str, str]:
    """Tell the control and the type that a part of the schema is about; a relation has no control."""
    properties = cast("Mapping[str, Mapping[str, str]]", branch["properties"])
    control = properties["from_name"]["const"] if "from_name" in properties else ""
    return control, properties["type"]["const"]


def _key(value: object) -> str:
    return value if isinstance(value, str) else ""


def _result(annotation: bytes) -> object:
    """Read the result; what cannot be read was told by whoever read the annotation."""
    try:
        read: object = json.loads(annotation)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", read).get("result") if isinstance(read, dict) else None


def _said(error: ValidationError) -> str:
    """Say what is wrong at a place; of what was delivered only as much as is read at a glance."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")
    where = f"at `{place}` " if place else ""
    return f"{where}{_WORDS.get(str(error.validator), _otherwise)(error)}"


def _required(error: ValidationError) -> str:
    wanted, there = cast("list[str]", error.validator_value), cast("dict[str, object]", error.instance)
    missing = [name for name in wanted if name not in there]
    return f"`{'`, `'.join(missing)}` is missing" if len(missing) == 1 else f"`{'`, `'.join(missing)}` are missing"


def _enum(error: ValidationError) -> str:
    options = [str(one) for one in cast("list[object]", error.validator_value)]
    return f"stands `{_shown(error.instance)}`, which is none of {_shown(', '.join(options))}"


def _count(error: ValidationError) -> str:
    end = "at least" if error.validator == "minItems" else "at most"
    return f"stands {_shown(error.instance)}; the schema asks for {end} {error.validator_value}"


def _type(error: ValidationError) -> str:
    return f"stands `{_shown(error.instance)}`, which is not of the type {error.validator_value}"


def _otherwise(error: ValidationError) -> str:
    return f"stands `{_shown(error.instance)}`; the schema asks for {error.validator} {_shown(error.validator_value)}"


_WORDS = {"required": _required, "enum": _enum, "minItems": _count, "maxItems": _count, "type": _type}


def _shown(value: object) -> str:
    """Show the beginning of a value; a list or an object may be of any length."""
    if isinstance(value, list | dict):
        return f"{'a list' if isinstance(value, list) else 'an object'} of {len(value)}"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
