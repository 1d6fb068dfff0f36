"""What was observed as parts of a guideline, each proposal under a comment that tells how far it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.checking.observed.every_proposal import proposals
from guidelint.checking.observed.proposal import Outcome, held
from guidelint.checking.observed.proposals.answers import asked_of
from guidelint.language.sketch.names import Names
from guidelint.language.sketch.yaml_text import TO_DO, Noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.observed.facts import Observed, QuestionSeen

_FEWEST = 2
_MOST_OPTIONS = 40
"""A control with more answers than these is no choice."""


def as_parts(observed: Observed) -> dict[str, Any]:
    """Write classes, questions and controls as they were seen, and into them what surely holds."""
    parts: dict[str, Any] = {
        "classes": {
            key: {"title": seen.title, "definition": TO_DO, "draw": _listed(seen.tools)}
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
        parts["classes"][key] = Noted(
            parts["classes"][key], [f"observed: {_counted(len(observed.by_class[key]), 'region')}"]
        )
    if observed.controls:
        parts["control_aliases"] = dict(observed.controls)
    empty = held(Outcome(one.place, not one.counts, one.group) for one in observed.submissions)
    means = [f"observed: {empty.share.count} of {empty.share.of} submissions mark nothing {empty}"]
    parts["empty_reading"] = {"means": Noted(TO_DO, means)}
    return {key: part for key, part in parts.items() if part}


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _listed(items: tuple[str, ...]) -> str | list[str]:
    return items[0] if len(items) == 1 else list(items)


def _of_objects(part: Mapping[str, Any], *, is_named: bool) -> dict[str, Any]:
    """Say what the size of a class is measured on, where it is limited."""
    limits = part.get("rules", {}).get("diameter-limits")
    if limits is None:
        return {}
    return {"rules": {**part["rules"], "diameter-limits": {"of": "object" if is_named else "region", **limits}}}


def _question(observed: Observed, key: str, seen: QuestionSeen) -> dict[str, Any]:
    of = asked_of(observed, key)
    answer = _answer(seen)
    aliases = {} if seen.control == key else {"aliases": [seen.control]}
    return {"title": seen.title, "of": _listed(of) if of else "image", **answer, **aliases}


def _answer(seen: QuestionSeen) -> dict[str, Any]:
    if seen.kind == "number":
        return {"number": {}}
    if seen.kind == "text" or len(seen.values) > _MOST_OPTIONS:
        return {"text": {"max_length": 500}}
    if seen.kind == "scale":
        steps = range(1, max([int(value) for value in seen.values if value.isdecimal()], default=5) + 1)
        return {"scale": {str(step): str(step) for step in steps}, "higher_means": TO_DO}
    names = Names("option")
    options: dict[str, Any] = {names.name(value): value for value in seen.values}
    while len(options) < _FEWEST:
        options[f"other-{len(options) + 1}"] = f"{TO_DO} {len(options) + 1}"
    return {"choose_one" if seen.kind == "choice" else "choose_many": options}
