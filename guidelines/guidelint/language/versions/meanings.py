"""What a change under each key of a guideline means. One table: whoever adds a key to the language adds it here.

A path stands for whatever is beneath it, unless a longer one says otherwise; ``*`` is a name of the author's.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.language.versions.effect import ADDS, BREAKS, JUDGES, RETURNS, WORDS, Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.text.tree import KeyPath


@dataclass(frozen=True, slots=True)
class Meaning:
    """What it means that something is added under a key, is taken away, or is another."""

    added: Effect
    removed: Effect
    changed: Effect
    is_limit: bool = False
    """Whether the types of values tell which of two asks for more."""
    noun: str = ""
    """What one of the names beneath it is: a class, a question."""
    is_empty_all: bool = False
    """Whether an empty list allows everything."""
    is_order_meant: bool = False
    """Whether a list means something else in another order."""


def _always(effect: Effect) -> Meaning:
    return Meaning(effect, effect, effect)


def _named(noun: str, added: Effect, removed: Effect, changed: Effect) -> Meaning:
    return Meaning(added, removed, changed, noun=noun)


PROSE: Final = _always(WORDS)
ASKED: Final = _always(JUDGES)
"""People go by it, or the service does; no work that was accepted is returned for it."""
MEASURED: Final = _always(RETURNS)
LIMITS: Final = Meaning(RETURNS, JUDGES, RETURNS, is_limit=True)
RULE: Final = Meaning(RETURNS, JUDGES, RETURNS, is_limit=True, noun="rule")
READ_AS: Final = Meaning(ADDS, BREAKS, BREAKS)
"""Names under which work is read."""
DRAWN: Final = Meaning(ADDS, BREAKS, BREAKS)
ALLOWED: Final = Meaning(JUDGES, RETURNS, RETURNS, is_empty_all=True)
OPTION: Final = _named("option", ADDS, BREAKS, BREAKS)
STEP: Final = _named("step", ADDS, BREAKS, BREAKS)
ANOTHER_NAME: Final = _always(BREAKS)
ANOTHER_KIND: Final = _always(BREAKS)
TITLE_OF_ANOTHER: Final = _always(BREAKS)
"""Who reads the title that another part had means that part; stored work means this one."""
CALLED_OTHERWISE: Final = _named("rule", WORDS, WORDS, WORDS)
"""The same rule with the same limits, under another name of the author's."""
RELEASE: Final = None
"""It says which version this is and who answers for it, and is no change of what is asked."""
ELSEWHERE: Final = None
"""It counts where it is used, and is compared there."""

MEANINGS: Final[Mapping[str, Meaning | None]] = MappingProxyType(
    {
        "guidelint": RELEASE,
        "guideline": _always(BREAKS),
        "version": RELEASE,
        "status": RELEASE,
        "approvals": RELEASE,
        "effective": RELEASE,
        "supersedes": RELEASE,
        "changes": RELEASE,
        "title": PROSE,
        "summary": PROSE,
        "licence": PROSE,
        "sources": PROSE,
        "instructions": PROSE,
        "authors": PROSE,
        "extends": ELSEWHERE,
        "without": ELSEWHERE,
        "families": ELSEWHERE,
        "attribute_sets": ELSEWHERE,
        "vocabularies": ELSEWHERE,
        # images
        "images": ASKED,
        "images.asks": ELSEWHERE,
        "images.modality": ALLOWED,
        "images.pixel_spacing": LIMITS,
        "images.time_points": ALLOWED,
        "images.of_task": _named("image", BREAKS, BREAKS, BREAKS),
        "images.of_task.*.title": PROSE,
        "images.of_task.*.aliases": READ_AS,
        "images.one_grid": MEASURED,
        "images.keys": MEASURED,
        "images.windows": PROSE,
        # classes
        "classes": _named("class", ADDS, BREAKS, RETURNS),
        "classes.*.title": PROSE,
        "classes.*.definition": PROSE,
        "classes.*.includes": PROSE,
        "classes.*.excludes": PROSE,
        "classes.*.draw": DRAWN,
        "classes.*.on": Meaning(ADDS, BREAKS, BREAKS, is_empty_all=True),
        "classes.*.border": MEASURED,
        "classes.*.color": PROSE,
        "classes.*.hotkey": PROSE,
        "classes.*.codes": READ_AS,
        "classes.*.count": LIMITS,
        "classes.*.excluded_from": MEASURED,
        "classes.*.together_with": DRAWN,
        "classes.*.laterality": PROSE,
        "classes.*.laterality.left": MEASURED,
        "classes.*.laterality.right": MEASURED,
        "classes.*.group": PROSE,
        "classes.*.aliases": READ_AS,
        "classes.*.kind_of": ELSEWHERE,
        "classes.*.asks": ELSEWHERE,
        "classes.*.rules": RULE,
        # questions
        "attributes": _named("question", ADDS, BREAKS, BREAKS),
        "attributes.*.title": PROSE,
        "attributes.*.definition": PROSE,
        "attributes.*.higher_means": _always(BREAKS),
        "attributes.*.aliases": READ_AS,
        "attributes.*.of": Meaning(RETURNS, BREAKS, BREAKS),
        "attributes.*.on": Meaning(ADDS, BREAKS, BREAKS),
        **{
            f"attributes.*.{key}{below}": meaning
            for key, one in (("choose_one", OPTION), ("choose_many", OPTION), ("scale", STEP))
            for below, meaning in {
                "": one,
                ".*.title": PROSE,
                ".*.definition": PROSE,
                ".*.points": MEASURED,
                ".*.exclusive": MEASURED,
                ".*.aliases": READ_AS,
            }.items()
        },
        "attributes.*.number": LIMITS,
        "attributes.*.number.unit": _always(BREAKS),
        "attributes.*.text": Meaning(RETURNS, JUDGES, RETURNS),
        "attributes.*.required": Meaning(RETURNS, JUDGES, RETURNS),
        "attributes.*.required.when": MEASURED,
        "attributes.*.required.when_number": MEASURED,
        "attributes.*.forbidden": Meaning(RETURNS, JUDGES, RETURNS),
        "attributes.*.forbidden.when": MEASURED,
        "attributes.*.forbidden.when_number": MEASURED,
        "attributes.*.derive": MEASURED,
        "attributes.*.derive.tolerance": LIMITS,
        # rules on everything, and on what lies above one submission
        "rules": RULE,
        "relations": _named("relation", RETURNS, JUDGES, RETURNS),
        "relations.*": RULE,
        "readers": ASKED,
        "readers.rules": RULE,
        "annotators": ASKED,
        "annotators.rules": RULE,
        "delivery": ASKED,
        "delivery.rules": RULE,
        "delivery.formats": Meaning(JUDGES, RETURNS, RETURNS),
        # escalation, empty readings, returned work
        "escalation": ASKED,
        "escalation.routes": _named("route", ADDS, JUDGES, JUDGES),
        "escalation.routes.*.message": PROSE,
        "escalation.when": _named("criterion", JUDGES, JUDGES, JUDGES),
        "escalation.when.*.because": PROSE,
        "empty_reading": Meaning(JUDGES, RETURNS, RETURNS),
        "empty_reading.means": Meaning(JUDGES, RETURNS, WORDS),
        "empty_reading.say": Meaning(JUDGES, RETURNS, RETURNS),
        "returned_work": ASKED,
        "priority": Meaning(RETURNS, RETURNS, RETURNS, is_order_meant=True),
        "control_aliases": READ_AS,
        "picture_hosts": PROSE,
        # what people see to
        "not_annotated": _named("finding that is not marked", JUDGES, JUDGES, JUDGES),
        "not_annotated.*.title": PROSE,
        "not_annotated.*.definition": PROSE,
        "not_annotated.*.because": PROSE,
        "not_annotated.*.codes": PROSE,
        "procedure": PROSE,
        "edge_cases": PROSE,
        "review": ASKED,
        "calibration": ASKED,
        "ai_assistance": ASKED,
        "balance": ASKED,
        "regulation": ASKED,
    }
)
_PATHS: Final = {tuple(path.split(".")): meaning for path, meaning in MEANINGS.items()}
_ANY: Final = "*"


def meaning_of(path: KeyPath) -> tuple[Meaning | None, int]:
    """Give what a change at a path means, and how many steps of the path the table names. Raises KeyError.

    A scope that is added with its rules has a part of its own, which holds rules.
    """
    steps = tuple(map(str, path))
    for length in range(len(steps), 0, -1):
        found = [known for known in _PATHS if len(known) == length and _fits(known, steps)]
        if found:
            named = max(found, key=lambda known: [step != _ANY for step in known])
            return _PATHS[named], length
    if steps[1:2] == ("rules",):
        return RULE, 2
    raise KeyError(path)


def _fits(known: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    return all(one in (_ANY, step) for one, step in zip(known, steps, strict=False))
