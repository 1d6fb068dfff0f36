"""What the validator says, in words that an author of guidelines understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import description_at, fields_at
from guidelint.language.form.use_name import rule_at
from guidelint.language.form.uses.use_errors import NAME_OF_A_RULE, NO_SUCH_RULE
from guidelint.language.mistakes.at import At
from guidelint.language.mistakes.keys.stray_word import joint_key
from guidelint.language.mistakes.keys.unknown_key import meant_key, stands_for, unknown_key
from guidelint.language.mistakes.keys.use_names import name_of_a_rule, no_such_rule
from guidelint.language.mistakes.values.bare_names import is_bare, is_told_as_first
from guidelint.language.mistakes.values.formats import not_one_of, pattern
from guidelint.language.mistakes.values.names import bad_name, is_later_step
from guidelint.language.mistakes.values.wanted import WANTED, fill, wrong_type
from guidelint.language.text.problem import MOST, Code, Problem
from guidelint.language.text.suggest import did_you_mean
from guidelint.language.text.tree import Leaf, Node, Row, key_span, keys_at, node_at
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from guidelint.validation.rule.rule import Catalogue

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


def problems_of(
    errors: Sequence[ErrorDetails], root: Node, model: type[BaseModel], rules: Catalogue
) -> Iterator[Problem]:
    """Describe the errors of the validator as problems, each mistake once."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"][:MOST]
    misspelt = {(*loc[:-1], meant) for loc in unknown for meant in (meant_key(loc, model), joint_key(str(loc[-1])))}
    told_with_unknown = {loc[:-1] for loc in unknown if stands_for(loc, root, model, rules)}
    wrong_inside = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
    for error in errors:
        told_as_misspelt = error["type"] == "missing" and (
            error["loc"] in misspelt or error["loc"][:-1] in told_with_unknown
        )
        told_as_item = error["type"] == "too_short" and error["loc"] in wrong_inside
        if not told_as_misspelt and not told_as_item and not _told_once_for_all(error, root):
            yield _problem(At(error, root, model), rules)


def _told_once_for_all(error: ErrorDetails, root: Node) -> bool:
    """Whether an earlier error of the same list or names is told for this one too."""
    path = error["loc"]
    match error["type"]:
        case "model_type":
            return is_told_as_first(path, root)
        case "tuple_type" if path and isinstance(path[-1], int) and path[-1] > 0:
            around = node_at(root, path[:-1])
            return isinstance(around, Row) and isinstance(around.items[0], Leaf)
        case _ if path[-1:] == ("[key]",):
            return is_later_step(path, root) or (path[-3:-2] == ("scale",) and is_bare(path[:-1], root))
        case _:
            return False


def _problem(at: At, rules: Catalogue) -> Problem:
    match at.error["type"]:
        case "missing":
            return _missing(at)
        case "extra_forbidden":
            return unknown_key(at.loc, at.root, at.model, rules)
        case kind if kind == NAME_OF_A_RULE:
            return name_of_a_rule(at)
        case kind if kind == NO_SUCH_RULE:
            return no_such_rule(at, rules)
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
    if isinstance(at.loc[-1], int):
        message = f"a list in {at.subject} has too few items"
        return Problem("missing", message, place, "Write what belongs together in one list: `[[a, b]]`.")
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
    if (share := _percent_of(at, limit)) is not None:
        message = f"{at.subject} is a share, from 0 to 1, not {at.written}"
        return at.problem("out-of-range", message, f"Write `{share}` for {at.written} %.", share)
    shown = number(limit) if isinstance(limit, int | float) else str(limit)
    remedy = f"Write a number that is {words} {shown}."
    return at.problem("out-of-range", f"{at.subject} must be {words} {shown}, not {at.written}", remedy)


def _percent_of(at: At, limit: object) -> str | None:
    """Give the share that a percentage stands for, where at most 1 is allowed."""
    value = at.node.value if isinstance(at.node, Leaf) else None
    if limit != 1 or not isinstance(value, int | float) or not 1 < value <= 100:  # noqa: PLR2004 - percent
        return None
    return f"{value / 100:g}"


def _worded(at: At, kind: str) -> Problem:
    context = at.error.get("ctx", {})
    match kind:
        case "string_too_short" | "too_short":
            return at.problem("empty", f"nothing is written under {at.subject}", fill(at))
        case "string_too_long":
            return _too_long(at, context.get("max_length"))
        case "too_long":
            most, given = context.get("max_length"), context.get("actual_length")
            message = f"each list in {at.subject} has at most {most} items, not {given}"
            return at.problem(
                "wrong-value", message, "Give what belongs together a list of its own: `[[a, b], [a, c]]`."
            )
        case "string_pattern_mismatch":
            return pattern(at)
        case _:
            own = context.get("error") if kind == "value_error" else None
            return _refused_by_its_rule(at, _lower(at.error["msg"]) if own is None else str(own))


def _too_long(at: At, most: object) -> Problem:
    return at.problem("too-long", f"{at.subject} is longer than {most} characters", "Shorten it.")


def _refused_by_its_rule(at: At, said: str) -> Problem:
    """Word what a rule says of its parameters."""
    remedy = f"What is asked for: {said}. `guidelint explain {_rule_around(at)}` shows how it is written."
    return at.problem("wrong-value", f"{at.subject}: {said}", remedy)


def _rule_around(at: At) -> str:
    """Name the rule whose parameter it is, or else the key of the language that it stands under."""
    lengths = range(len(at.place), 0, -1)
    for length in lengths:
        if {"level", "note"} <= set(fields_at(at.model, at.place[:length])):
            return rule_at(at.place[:length])
    keys = (
        at.place[length - 1]
        for length in lengths
        if at.place[length - 1] in fields_at(at.model, at.place[: length - 1])
    )
    return str(next(keys, at.name))
