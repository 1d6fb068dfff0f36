"""What was observed as parts of a guideline, each proposal under a comment that tells how far it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.checking.observed.every_proposal import proposals
from guidelint.checking.observed.proposal import Outcome, held
from guidelint.checking.observed.proposals.answers import asked_of
from guidelint.language.sketch.names import Names
from guidelint.language.sketch.parts import any_text, filled_up, one_or_all, scale_of, steps_to
from guidelint.language.sketch.yaml_text import TO_DO, Noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.observed.facts import Observed, QuestionSeen

_MOST_OPTIONS = 40
"""A control with more answers than these is no choice."""


def as_parts(observed: Observed) -> dict[str, Any]:
    """Write classes, questions and controls as they were seen, and into them what surely holds."""
    parts: dict[str, Any] = {
        "classes": {
            key: {"title": seen.title, "definition": TO_DO, "draw": one_or_all(seen.tools)}
            for key, seen in observed.classes.items()
        },
        "attributes": {key: _question(observed, key, seen) for key, seen in observed.questions.items()},
    }
    for one in proposals(observed):
        *around, last = one.path
        part = parts
        for step in around:
            part = part.setdefault(step, {})
        part[last] = Noted(one.value, one.comment(observed))
    for key, seen in observed.classes.items():
        parts["classes"][key] |= _of_objects(parts["classes"][key], is_named=seen.is_named)
        count = _counted(len(observed.by_class[key]), "region")
        parts["classes"][key] = Noted(parts["classes"][key], [f"observed: {count}"])
    if observed.controls:
        parts["control_aliases"] = dict(observed.controls)
    empty = held(Outcome(one.place, not one.counts, one.group) for one in observed.submissions)
    means = [f"observed: {empty.share.count} of {empty.share.of} submissions mark nothing {empty}"]
    parts["empty_reading"] = {"means": Noted(TO_DO, means)}
    return {key: part for key, part in parts.items() if part}


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _of_objects(part: Mapping[str, Any], *, is_named: bool) -> dict[str, Any]:
    """Say what the size of a class is measured on, where it is limited."""
    rules = part.get("rules", {})
    of = {"of": "object" if is_named else "region"}
    return {"rules": {rule: {**of, **parameters} for rule, parameters in rules.items()}} if rules else {}


def _question(observed: Observed, key: str, seen: QuestionSeen) -> dict[str, Any]:
    of = asked_of(observed, key)
    answer = _answer(seen)
    aliases = {} if seen.control == key else {"aliases": [seen.control]}
    return {"title": seen.title, "of": one_or_all(of) if of else "image", **answer, **aliases}


def _answer(seen: QuestionSeen) -> dict[str, Any]:
    if seen.kind == "number":
        return {"number": {}}
    if seen.kind == "text" or len(seen.values) > _MOST_OPTIONS:
        return any_text()
    if seen.kind == "scale":
        return scale_of(steps_to(max([int(value) for value in seen.values if value.isdecimal()], default=5)))
    names = Names("option")
    options = {names.name(value): value for value in seen.values}
    return {"choose_one" if seen.kind == "choice" else "choose_many": filled_up(options)}
