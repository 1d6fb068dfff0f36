"""Names that have a form which names cannot have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.slips.line import wrong_joint
from guidelint.language.text.suggest import closest, did_you_mean, listed, tidy
from guidelint.language.text.tree import key_span, keys_at, node_at

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node

_STEP = re.compile(r"-?(?:0|[1-9]\d*)")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_RULE = "names are lower-case words joined by hyphens"


def bad_name(at: At) -> Problem:
    """Say which form a name must have, and how this one would be written."""
    name, place = str(at.loc[-2]), key_span(at.root, at.loc[:-1])
    if at.error["type"] == "literal_error":
        return _no_such_word(at, name, place)
    if at.loc[-3:-2] == ("scale",):
        return _step(at, place)
    if (joint := _joint(at, name)) is not None:
        return joint
    return _tidied(at, name, place)


def _no_such_word(at: At, name: str, place: Span) -> Problem:
    """Say which words may stand as keys, where the language has them and not the author."""
    allowed = at.allowed
    meant = tidy(name) if tidy(name) in allowed else closest(name, allowed)
    edit = None if meant is None else Edit(place, meant)
    message = f"`{name}` is not something that `{at.loc[-3]}` knows"
    return Problem("unknown-key", message, place, did_you_mean(name, [meant] if meant else allowed), edit)


def is_later_step(path: KeyPath, root: Node) -> bool:
    """Whether a step of a scale is wrong behind one that is wrong too, which is told for both."""
    if path[-1:] != ("[key]",) or path[-3:-2] != ("scale",):
        return False
    wrong = (name for name in keys_at(root, path[:-2]) if not _STEP.fullmatch(name))
    return next(wrong, path[-2]) != path[-2]


def _step(at: At, place: Span) -> Problem:
    wrong = [other for other in keys_at(at.root, at.loc[:-2]) if not _STEP.fullmatch(other)]
    meant = [_number(other) for other in wrong]
    message = f"a step of a scale is a whole number, not {listed(wrong, 4)}"
    if not all(meant):
        return Problem("bad-name", message, place, "Write every step with what it means: `1: Low`, `2: High`.")
    edit = Edit(place, f"{meant[0]}") if len(wrong) == 1 else None
    return Problem("bad-name", message, place, f"Write {listed([number for number in meant if number], 4)}.", edit)


def _number(step: str) -> str | None:
    """Give the whole number that a step is written for: ``01``, ``1.``, ``I``."""
    if found := re.fullmatch(r"0*(\d+)[.)]?(?:\.0+)?", step):
        return found[1]
    return str(_ROMAN.index(step.upper()) + 1) if step.upper() in _ROMAN else None


def _tidied(at: At, name: str, place: Span) -> Problem:
    message, better = f"`{name}` is not a name: {_RULE}", tidy(name)
    if better[:1].isdigit():
        owner = next(iter(at.loc[1:-3]), "name")  # of an option, its question
        return Problem("bad-name", message, place, f"Begin it with a letter, e.g. `{owner}-{better}`.")
    if not re.match("[a-z]", better):
        return Problem("bad-name", message, place, "Write it in letters from a to z, e.g. `name-1`.")
    if better in keys_at(at.root, at.loc[:-2]):
        first = key_span(at.root, (*at.loc[:-2], better)).line + 1
        remedy = f"`{better}` stands in line {first} already: keep one of them, or choose another name."
        return Problem("bad-name", message, place, remedy)
    has_title = "title" in fields_at(at.model, at.loc[:-1])
    wording = ", and the wording for people as its `title`" if has_title else ""
    return Problem("bad-name", message, place, f"Write `{better}`{wording}.", Edit(place, better))


def _joint(at: At, name: str) -> Problem | None:
    """Tell a name and its title that stand together because the space or the colon is missing."""
    found = re.match(r"([\w-]+)(:|\s*=\s*)(?=\S)", name)
    node = node_at(at.root, at.loc[:-1])
    if found is None or node is None:
        return None
    place, better = key_span(at.root, at.loc[:-1]), f"{found[1]}: {name[found.end() :]}"
    message = f"`{name}` is not a name: {wrong_joint(found[1], found[2])}"
    return Problem("bad-name", message, place, f"Write `{better}`.", Edit(place, better))
