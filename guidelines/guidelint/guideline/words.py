"""What the validator says, in words that an author of guidelines understands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.guideline.outline import description_at, fields_at
from guidelint.guideline.problem import MOST, Code, Problem
from guidelint.guideline.suggest import did_you_mean
from guidelint.guideline.tree import Leaf, Node, Path, follow, key_span, node_at, value_span
from guidelint.guideline.unknown_key import meant_key, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from guidelint.validation.plan import Catalogue

WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list, like `[one, another]`",
    "frozen_set_type": "a list, like `[one, another]`",
    "dict_type": "names with something beneath each",
    "mapping_type": "names with something beneath each",
    "model_type": "keys beneath it",
    "model_attributes_type": "keys beneath it",
}
BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_HINTS: dict[Code, str] = {
    "no-answer-kind": "Write one of `choose_one`, `choose_many`, `scale`, `number` or `text`.",
    "two-answer-kinds": "Keep one of them, or make two questions of it.",
    "too-few-options": "Write at least two options, or leave the question out.",
    "scale-without-direction": "Write `higher_means:`, e.g. `higher_means: more suspicious`.",
    "not-one-rule": "Write one rule and its parameters; give every further rule an entry of its own.",
}


@dataclass(frozen=True, slots=True)
class _At:
    """An error with what is needed to word it."""

    error: ErrorDetails
    root: Node
    model: type[BaseModel]

    @property
    def loc(self) -> Path:
        return self.error["loc"]

    @property
    def place(self) -> Path:
        """As much of the location as stands in the file."""
        return self.loc[: len(list(follow(self.root, self.loc)))]

    @property
    def name(self) -> str:
        """The name in the file that the error is about; empty for the guideline itself."""
        return next((str(step) for step in reversed(self.place) if isinstance(step, str)), "")

    @property
    def subject(self) -> str:
        """How a sentence names it."""
        return f"`{self.name}`" if self.name else "the guideline"

    @property
    def written(self) -> str:
        """The value as written, shortened."""
        node = node_at(self.root, self.place)
        text = node.written if isinstance(node, Leaf) else ""
        return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - fits a line

    def problem(self, code: Code, message: str, help_: str = "") -> Problem:
        return Problem(code, message, value_span(self.root, self.place), help_)


def problems_of(errors: list[ErrorDetails], root: Node, model: type[BaseModel], rules: Catalogue) -> Iterator[Problem]:
    """Describe the errors of the validator as problems, each mistake once."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"][:MOST]
    misspelt = {(*loc[:-1], meant_key(loc, model)) for loc in unknown}
    wrong_inside = {error["loc"][:-1] for error in errors}
    for error in errors:
        told_as_misspelt = error["type"] == "missing" and error["loc"] in misspelt
        told_as_item = error["type"] == "too_short" and error["loc"] in wrong_inside
        if not told_as_misspelt and not told_as_item:
            yield _problem(_At(error, root, model), rules)


def _problem(at: _At, rules: Catalogue) -> Problem:
    match at.error["type"]:
        case "missing":
            return _missing(at)
        case "extra_forbidden":
            return unknown_key(at.loc, at.root, at.model, rules)
        case _ if at.loc and at.loc[-1] == "[key]":
            return _bad_name(at)
        case kind:
            return _wrong(at, kind)


def _wrong(at: _At, kind: str) -> Problem:
    if kind in WANTED:
        return _wrong_type(at, WANTED[kind])
    if kind in BOUNDS:
        return _out_of_bounds(at, *BOUNDS[kind])
    if kind == "literal_error":
        return _not_one_of(at)
    if kind in _HINTS:
        return Problem(kind, f"{at.subject}: {at.error['msg']}", key_span(at.root, at.place), _HINTS[kind])
    return _worded(at, kind)


def _missing(at: _At) -> Problem:
    absent = str(at.loc[-1])
    remedy = _about(absent, description_at(at.model, at.loc))
    return Problem("missing", f"{at.subject} has no `{absent}`", key_span(at.root, at.loc[:-1]), remedy)


def _about(name: str, description: str) -> str:
    return f"Add `{name}:` ({_lower(description.rstrip('.'))})." if description else f"Add `{name}:`."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _wrong_type(at: _At, wanted: str) -> Problem:
    node = node_at(at.root, at.place)
    empty = isinstance(node, Leaf) and node.value is None
    remedy = "" if wanted != "keys beneath it" else _keys_hint(at)
    if empty:
        return at.problem("empty", f"nothing is written under {at.subject}; {wanted} is wanted", remedy)
    found = f"`{at.written}`" if isinstance(node, Leaf) else "a list or keys"
    return at.problem("wrong-type", f"{at.subject} wants {wanted}, not {found}", remedy)


def _keys_hint(at: _At) -> str:
    names = list(fields_at(at.model, at.loc))
    return f"Keys that may stand here: {', '.join(f'`{name}`' for name in names[:8])}." if names else ""


def _out_of_bounds(at: _At, bound: str, words: str) -> Problem:
    limit = at.error.get("ctx", {}).get(bound, "")
    return at.problem("out-of-range", f"{at.subject} must be {words} {limit}, not {at.written}")


def _not_one_of(at: _At) -> Problem:
    expected = str(at.error.get("ctx", {}).get("expected", ""))
    allowed = re.findall(r"'([^']*)'", expected) or [expected]
    message = f"`{at.written}` is not something {at.subject} can be"
    if at.name == "guidelint":
        return at.problem("unknown-format", f"`{at.written}` is no version of the language", "Write `guidelint: 1`.")
    return at.problem("unknown-value", message, did_you_mean(at.written, allowed))


def _bad_name(at: _At) -> Problem:
    name = str(at.loc[-2])
    place = key_span(at.root, at.loc[:-1])
    if at.loc[-3:-2] == ("scale",):
        return Problem(
            "bad-name", f"a step of a scale is a whole number, not `{name}`", place, "Write e.g. `1: Title`."
        )
    tidy = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    better = f"Write `{tidy}`, and the wording for people as its `title`." if re.match("[a-z]", tidy) else ""
    message = f"`{name}` is not a name: names are lower-case words joined by hyphens"
    return Problem("bad-name", message, place, better)


def _worded(at: _At, kind: str) -> Problem:
    context = at.error.get("ctx", {})
    match kind:
        case "string_too_short" | "too_short":
            return at.problem("empty", f"nothing is written under {at.subject}")
        case "string_too_long":
            return at.problem("too-long", f"{at.subject} is longer than {context.get('max_length')} characters")
        case "string_pattern_mismatch":
            return _pattern(at)
        case "value_error":
            return at.problem("wrong-value", f"{at.subject}: {context.get('error', at.error['msg'])}")
        case _:
            return at.problem("wrong-value", f"{at.subject}: {_lower(at.error['msg'])}")


def _pattern(at: _At) -> Problem:
    match at.name:
        case "version":
            message = f"`{at.written}` is not a version"
            return at.problem("wrong-value", message, "A version is three whole numbers, e.g. `1.0.0`.")
        case "color":
            return at.problem("wrong-value", f"`{at.written}` is not a colour", "Write e.g. `color: '#e53935'`.")
        case _:
            message = f"`{at.written}` is not a name: names are lower-case words joined by hyphens"
            return at.problem("bad-name", message)
