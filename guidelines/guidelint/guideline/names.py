"""Names that have a form which names cannot have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.guideline.outline import fields_at
from guidelint.guideline.problem import Edit, Problem
from guidelint.guideline.slips.line import wrong_joint
from guidelint.guideline.suggest import tidy
from guidelint.guideline.tree import key_span, keys_at, node_at

if TYPE_CHECKING:
    from guidelint.guideline.at import At
    from guidelint.guideline.span import Span

_RULE = "names are lower-case words joined by hyphens"


def bad_name(at: At) -> Problem:
    """Say which form a name must have, and how this one would be written."""
    name, place = str(at.loc[-2]), key_span(at.root, at.loc[:-1])
    if at.loc[-3:-2] == ("scale",):
        message = f"a step of a scale is a whole number, not `{name}`"
        return Problem("bad-name", message, place, "Write e.g. `1: Title`.")
    if (joint := _joint(at, name)) is not None:
        return joint
    return _tidied(at, name, place)


def _tidied(at: At, name: str, place: Span) -> Problem:
    message, better = f"`{name}` is not a name: {_RULE}", tidy(name)
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
