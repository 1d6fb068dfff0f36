"""A value where keys are wanted: the keys that it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from guidelint.language.form.allowed_keys import fields_at, part_at
from guidelint.language.form.shorthand import OTHERWISE
from guidelint.language.text.rewritten import rewritten
from guidelint.language.text.scalar import scalar_of
from guidelint.language.text.slips.line import wrong_joint
from guidelint.language.text.suggest import closest, item_text, listed, tidy
from guidelint.language.text.tree import Branch, Leaf, Row
from guidelint.validation.criteria.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from guidelint.language.mistakes.at import At
    from guidelint.language.text.problem import Problem

_SHORT = 40
"""Letters of an example that a line has room for."""
_KEY_AND_VALUE = re.compile(r"\(?\{?\s*([\w-]+)\s*(?::|=|\s)\s*([^\s:,;(){}]+)\s*[)}]?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|\u2013|to|bis|\.\.)\s*(\d+(?:\.\d+)?)")
_ON = {"true", "yes", "on", "ja", "oui", "enabled", "always"}
_OFF = {"false", "no", "off", "none", "nein", "non", "disabled", "never", "ignore"}
_ELSE = {"else", "default", "rest", "other", "others", "remaining"}
_LEVELS = {"error", "warning", "note"}
_RULE_KEYS = {"level", "note"}


def in_place_of_keys(at: At, wanted: str) -> Problem:
    """Word a value where keys are wanted."""
    keys = fields_at(at.model, at.place)
    if part_at(at.model, at.place) is Criteria and (tidy(at.text) in _ELSE or closest(at.text, [OTHERWISE])):
        return at.problem("wrong-type", at.says(wanted), f"Write `{at.name}: {OTHERWISE}`.", OTHERWISE)
    if (better := _meant(at, keys)) is not None:
        message, remedy = at.says(wanted), f"Write `{at.name}: {better}`."
        if isinstance(at.node, Row):
            return rewritten(at.node, message, better, remedy)
        return at.problem("wrong-type", message, remedy, better)
    if set(keys) >= _RULE_KEYS and at.text.lower() in _ON | _OFF:
        return at.problem("wrong-type", at.says(wanted), _switched(at, keys))
    return _listing(at, wanted, keys)


def _meant(at: At, keys: Mapping[str, FieldInfo]) -> str | None:
    """Keys with their values, in braces, where it is plain which they are."""
    if isinstance(at.node, Row):
        return _joined(at.node, keys)
    if at.text in keys and at.name == "rules":
        return f"{{{at.text}: {{}}}}"
    if (found := _KEY_AND_VALUE.fullmatch(at.text)) and found[1] in keys:
        return f"{{{found[1]}: {found[2]}}}"
    if (found := _RANGE.fullmatch(at.text)) and {"min", "max"} <= set(keys):
        return f"{{min: {found[1]}, max: {found[2]}}}"
    if tidy(at.text) in _LEVELS and set(keys) >= _RULE_KEYS:
        return f"{{level: {tidy(at.text)}}}"
    return None


def _joined(row: Row, keys: Mapping[str, FieldInfo]) -> str | None:
    """Join a list of keys with their values, or of two limits, to one pair of braces."""
    written = list(_entries(row)) or list(_limits(row, keys))
    if not written or not {key for key, _ in written} <= set(keys):
        return None
    return f"{{{', '.join(f'{key}: {value}' for key, value in written)}}}"


def _entries(row: Row) -> Iterator[tuple[str, str]]:
    for item in row.items:
        for entry in item.entries.values() if isinstance(item, Branch) else ():
            if isinstance(entry.value, Leaf):
                yield entry.key, item_text(entry.value.written)


def _limits(row: Row, keys: Mapping[str, FieldInfo]) -> Iterator[tuple[str, str]]:
    """Take two numbers for the least and the most, where only one quantity is limited."""
    ends = [[key for key in keys if end in key.split("_")] for end in ("min", "max")]
    numbers = [item for item in row.items if isinstance(item, Leaf) and isinstance(item.value, int | float)]
    if [len(found) for found in ends] == [1, 1] and len(row.items) == len(numbers) == len(ends):
        yield from ((found[0], item.written) for found, item in zip(ends, numbers, strict=True))


def _switched(at: At, keys: Mapping[str, FieldInfo]) -> str:
    if at.text.lower() in _OFF:
        return "Delete the line; a rule judged under every guideline stays, and can be made milder: `{level: note}`."
    if any(field.is_required() for field in keys.values()):
        return f"Keys that may stand here: {listed(keys, 8)}."
    return f"Write `{at.name}: {{}}`; a rule judged under every guideline needs no mention."


def _listing(at: At, wanted: str, keys: Mapping[str, FieldInfo]) -> Problem:
    if not keys:
        step = "Write each step in a line of its own: `1: Low`."
        other = "Write a name, a colon, and what belongs to it beneath."
        return at.problem("wrong-type", at.says(wanted), step if at.name == "scale" else other)
    if (found := re.match(r"([\w-]+):(?=\S)", at.text)) and found[1] in keys:
        better = f"{found[1]}: {at.text[found.end() :]}"
        return at.problem("not-yaml", wrong_joint(found[1], ":"), f"Put a space: `{better}`.", better)
    likely = _likely(at, keys)
    example = f", e.g. `{at.name}: {{{likely}: {item_text(at.text)}}}`" if likely else ""
    return at.problem("wrong-type", at.says(wanted), f"Keys that may stand here: {listed(keys, 8)}{example}.")


def _likely(at: At, keys: Mapping[str, FieldInfo]) -> str | None:
    """Find the key that a lone value is most likely meant for: one that takes its kind."""
    if not at.text or len(at.text) > _SHORT or not at.name or at.name == "rules" or at.text.lower() in _ON | _OFF:
        return None
    is_number = isinstance(scalar_of(at.text), int | float)
    fitting = [
        key for key, field in keys.items() if key not in _RULE_KEYS and _takes(field.annotation, is_number=is_number)
    ]
    needed = [key for key in fitting if keys[key].is_required()]
    return next(iter(needed or sorted(fitting, key=_is_no_maximum)), None)


def _takes(annotation: object, *, is_number: bool) -> bool:
    """Whether a field takes a number, or else a text."""
    wanted: tuple[object, ...] = (int, float) if is_number else (str,)
    return annotation in wanted or any(_takes(inner, is_number=is_number) for inner in get_args(annotation))


def _is_no_maximum(key: str) -> bool:
    """Whether a key is no upper limit, which a lone number is most often meant as."""
    return "max" not in key.split("_")
