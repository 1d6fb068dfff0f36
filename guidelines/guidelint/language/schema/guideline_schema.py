"""The language as JSON Schema, for editors that complete and check while somebody writes.

It is written in draft 7, which every editor and validator reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.language.form.rule_fields import forms
from guidelint.language.schema.examples import examples, show
from guidelint.language.schema.left_to_a_base import left_to_a_base
from guidelint.language.schema.taken_away import taken_away
from guidelint.validation.rule.described import DescribedSchema
from guidelint.validation.rule.draft_7 import in_draft_7

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue


def guideline_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Describe every key of a file, the rules of a catalogue and their parameters included."""
    return left_to_a_base(whole_schema(catalogue), "extends", ("guideline", "version"))


def whole_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Describe every key of a guideline that extends no other."""
    made = forms(catalogue).guideline.model_json_schema(by_alias=True, schema_generator=DescribedSchema)
    schema = in_draft_7(_for_editors(made))
    shown = examples(catalogue)
    schema["properties"]["without"] |= {"anyOf": [taken_away(schema), {"type": "null"}]}
    for name, part in {"Guideline": schema, **schema["definitions"]}.items():
        show(part, shown[name])
    return schema


def _for_editors(part: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only repeats the key, and allow numbers where text is wanted: they are taken as written."""
    kept = {key: _walked(value) for key, value in part.items() if not _repeats(key, value)}
    if kept.get("type") == "string" and not {"enum", "const", "pattern"} & set(kept):
        kept["type"] = ["string", "number", "boolean"]
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept


def _walked(value: Any) -> Any:
    match value:
        case dict():
            return _for_editors(value)
        case list():
            return [_walked(item) for item in value]
        case _:
            return value


def _repeats(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (
        key == "default" and (value in (None, []) or isinstance(value, dict))
    )
