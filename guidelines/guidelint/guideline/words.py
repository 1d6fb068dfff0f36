"""What the validator says, in words that an author of guidelines understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.guideline.at import At
from guidelint.guideline.bare_names import is_told_as_first
from guidelint.guideline.formats import not_one_of, pattern
from guidelint.guideline.names import bad_name
from guidelint.guideline.outline import description_at
from guidelint.guideline.problem import MOST, Code, Problem
from guidelint.guideline.stray_word import joint_key
from guidelint.guideline.suggest import did_you_mean
from guidelint.guideline.tree import Node, key_span, keys_at
from guidelint.guideline.unknown_key import meant_key, unknown_key
from guidelint.guideline.wanted import WANTED, fill, wrong_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from guidelint.validation.plan import Catalogue

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


def problems_of(errors: list[ErrorDetails], root: Node, model: type[BaseModel], rules: Catalogue) -> Iterator[Problem]:
    """Describe the errors of the validator as problems, each mistake once."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"][:MOST]
    misspelt = {(*loc[:-1], meant) for loc in unknown for meant in (meant_key(loc, model), joint_key(str(loc[-1])))}
    wrong_inside = {error["loc"][:-1] for error in errors}
    for error in errors:
        told_as_misspelt = error["type"] == "missing" and error["loc"] in misspelt
        told_as_item = error["type"] == "too_short" and error["loc"] in wrong_inside
        told_as_first = error["type"] == "model_type" and is_told_as_first(error["loc"], root)
        if not told_as_misspelt and not told_as_item and not told_as_first:
            yield _problem(At(error, root, model), rules)


def _problem(at: At, rules: Catalogue) -> Problem:
    match at.error["type"]:
        case "missing":
            return _missing(at)
        case "extra_forbidden":
            return unknown_key(at.loc, at.root, at.model, rules)
        case _ if at.loc and at.loc[-1] == "[key]":
            return bad_name(at)
        case kind:
            return _wrong(at, kind)


def _wrong(at: At, kind: str) -> Problem:
    if kind in WANTED:
        return wrong_type(at)
    if kind in BOUNDS:
        return _out_of_bounds(at, *BOUNDS[kind])
    if kind == "literal_error":
        return not_one_of(at)
    if kind in _HINTS:
        return Problem(kind, f"{at.subject}: {at.error['msg']}", key_span(at.root, at.place), _HINTS[kind])
    return _worded(at, kind)


def _missing(at: At) -> Problem:
    absent = str(at.loc[-1])
    place = key_span(at.root, at.loc[:-1])
    if absent == "guidelint":
        remedy = "Add `guidelint: 1` as the first line: the version of the language."
        return Problem("missing", f"{at.subject} has no `guidelint`", place, remedy)
    remedy = _about(absent, description_at(at.model, at.loc))
    if absent == "to" and (routes := keys_at(at.root, ("escalation", "routes"))):
        remedy = f"{remedy} {did_you_mean('', routes)}"
    return Problem("missing", f"{at.subject} has no `{absent}`", place, remedy)


def _about(name: str, description: str) -> str:
    return f"Add `{name}:` ({_lower(description.rstrip('.'))})." if description else f"Add `{name}:`."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _out_of_bounds(at: At, bound: str, words: str) -> Problem:
    limit = at.error.get("ctx", {}).get(bound, "")
    remedy = f"Write a number that is {words} {limit:g}." if isinstance(limit, int | float) else "Write another."
    return at.problem("out-of-range", f"{at.subject} must be {words} {limit}, not {at.written}", remedy)


def _worded(at: At, kind: str) -> Problem:
    context = at.error.get("ctx", {})
    match kind:
        case "string_too_short" | "too_short":
            return at.problem("empty", f"nothing is written under {at.subject}", fill(at))
        case "string_too_long":
            most = context.get("max_length")
            return at.problem("too-long", f"{at.subject} is longer than {most} characters", "Shorten it.")
        case "string_pattern_mismatch":
            return pattern(at)
        case "value_error":
            return _refused_by_its_rule(at, str(context.get("error", at.error["msg"])))
        case _:
            return _refused_by_its_rule(at, _lower(at.error["msg"]))


def _refused_by_its_rule(at: At, said: str) -> Problem:
    """Word what a rule says of its parameters."""
    remedy = f"What is asked for: {said}. `guidelint explain {at.name}` shows how it is written."
    return at.problem("wrong-value", f"{at.subject}: {said}", remedy)
