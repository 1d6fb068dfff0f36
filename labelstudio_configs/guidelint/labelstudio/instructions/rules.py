"""What work is judged by, told at the places that findings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.language.compile.filled_in import completed
from guidelint.language.compile.implied_checks import derived_checks
from guidelint.language.compile.of_several import as_told
from guidelint.language.form.places.places import (
    ESCALATION,
    EVERY_SUBMISSION,
    RELATIONS,
    class_place,
    matter,
    place,
    rule_words,
    section_place,
    submission_place,
    use_place,
)
from guidelint.language.form.places.titles import titles
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.wording import either, full_stop, measure, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Criterion, Guideline, RouteDefinition, RuleUse
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.rule import Level, Rule

_QUESTIONS: Final = "attributes."
"""Where a guideline asks questions."""
_POINTED_OUT: Final = " This is pointed out; the work is not returned."


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about one place of the guideline."""

    place: str
    words: str
    beside: str = ""
    """What the author says beside it: the next step, or the reason."""


def rules(guideline: Guideline) -> Iterator[Told]:
    """Tell every rule of the guideline, and every escalation."""
    names = titles(guideline)
    yield from _derived(guideline, names)
    for name, item in guideline.classes.items():
        for key, use in item.rules.items():
            where = use_place(class_place(use.rule, item.title), key, use, guideline)
            yield _asked(where, use, names.of((name,)))
    for key, use in guideline.rules.items():
        where = use_place(_place(use.rule, guideline), key, use, guideline)
        yield _asked(where, use, names, as_told(use.rule, guideline, catalogue()))
    for section, uses in guideline.sections.items():
        for key, use in uses.items():
            if use.rule.scope.shown_to != "manager":
                yield _asked(use_place(section_place(section, use.rule, guideline), key, use, guideline), use, names)
    for name, use in guideline.relations.items():
        where = use_place(place(RELATIONS, matter(use.rule, guideline)), name, use, guideline)
        yield _asked(where, use, names)
    for name, criterion in guideline.escalation.when.items():
        yield _escalated(name, criterion, guideline, names)


def _derived(guideline: Guideline, names: Names) -> Iterator[Told]:
    """Tell counts, images and readers; questions tell themselves, and what every guideline asks needs no saying."""
    for check in derived_checks(guideline, catalogue()):
        rule = check.rule
        if rule.always or rule.follows.startswith(_QUESTIONS):
            continue
        if check.escalates_to is None:
            yield Told(check.heading, rule.told(names))
        else:
            yield Told(check.heading, _goes(rule.told_if(names), guideline.escalation.routes[check.escalates_to]))


def _place(rule: Rule, guideline: Guideline) -> str:
    if rule.always:
        return place(EVERY_SUBMISSION, rule_words(rule))
    return submission_place(rule, guideline)


def _asked(where: str, use: RuleUse, names: Names, rule: Rule | None = None) -> Told:
    """Tell a use; ``rule``: what asks in place of the rule that is written."""
    returned = "" if _level(use) == "error" else _POINTED_OUT
    return Told(where, f"{_under(use, names, rule or use.rule)}{returned}", f"If not: {use.note}" if use.note else "")


def _under(use: RuleUse, names: Names, rule: Rule) -> str:
    """Say what is asked, after the condition under which it is: "If Composition is Solid: the longest …"."""
    words = rule.told(names)
    return words if use.when is None else f"If {use.when.told(names)}: {words[:1].lower()}{words[1:]}"


def _level(use: RuleUse) -> Level:
    return use.level or use.rule.level


def escalations(guideline: Guideline, names: Names) -> Iterator[tuple[str, str]]:
    """Give for everything that escalates its route, and when it does, after "if"."""
    for check in derived_checks(guideline, catalogue()):
        if check.escalates_to is not None:
            yield check.escalates_to, check.rule.told_if(names)
    for criterion in guideline.escalation.when.values():
        yield criterion.to, _when(criterion, as_told(criterion.use.rule, guideline, catalogue()), names)


def _when(criterion: Criterion, rule: Rule, names: Names) -> str:
    also = "" if criterion.use.when is None else f", and {criterion.use.when.told(names)}"
    return f"{rule.told_if(names.of(criterion.classes))}{also}"


def _escalated(name: str, criterion: Criterion, guideline: Guideline, names: Names) -> Told:
    rule = as_told(criterion.use.rule, guideline, catalogue())
    route = guideline.escalation.routes[criterion.to]
    about = matter(completed(rule, guideline, criterion.classes), guideline, criterion.classes)
    where = use_place(place(ESCALATION, about), name, criterion.use, guideline)
    return Told(where, _goes(_when(criterion, rule, names), route), criterion.because)


def _goes(when: str, route: RouteDefinition) -> str:
    """Say who takes it, and what else is done."""
    who = f"{route.who} ({either(route.person)})" if route.person else route.who
    words = sentence(f"if {when}: {who}{_within(route.within_hours)}")
    return "".join((words, *_also(route)))


def _also(route: RouteDefinition) -> Iterator[str]:
    """Say what else is done."""
    if route.hold:
        yield " Until then the task is held, and nobody is to work on it."
    if route.message:
        yield f" What to do: {route.message}{full_stop(route.message)}"


def _within(hours: float | None) -> str:
    return f", within {measure(hours, 'hour' if hours == 1 else 'hours')}" if hours else ""
