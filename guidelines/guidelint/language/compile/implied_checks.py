"""Checks that follow from a guideline without being written as rules, as the rules themselves say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.language.compile.along import Ways, parted
from guidelint.language.compile.taken import taken
from guidelint.language.form.places.clauses import clause, clause_of_all
from guidelint.language.form.places.headings import heading_of
from guidelint.language.form.settings import as_set
from guidelint.validation.judging.plan import Check
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.on_demand import unasked
from guidelint.validation.rule.parameters.naming import QuestionOf
from guidelint.validation.rule.parameters.said import fields_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.compile.along import Bound
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.rule import Catalogue, Rule


def derived_checks(guideline: Guideline, catalogue: Catalogue) -> Iterator[Check]:
    """Derive what every submission is judged by, and what counts, questions, images and empty readings ask for."""
    found = Ways(guideline)
    for rule in unasked(catalogue):
        if rule.always:
            check = _check(rule, found, {}, clause_of_all(rule.id()))
            yield from _once(as_set(check, guideline), rule, found)
        else:
            yield from _following(rule, found)


def _once(checks: Iterable[Check], rule: type[Rule], found: Ways) -> Iterator[Check]:
    """Leave out the classes that ask for a stricter rule, which tells the same."""
    asking = frozenset(_asking(rule.left_to.rpartition(".")[2], found.guideline)) if rule.left_to else frozenset[str]()
    for check in checks:
        yield replace(check, but_for=check.but_for | asking) if check.classes is None and asking else check


def _asking(stricter: str, guideline: Guideline) -> Iterator[str]:
    """Name the classes that ask for a rule whatever the circumstances, under its id or a name of their own."""
    for name, part in guideline.classes.items():
        if any(use.rule.id() == stricter and use.when is None for use in part.rules.values()):
            yield name


def _following(rule: type[Rule], found: Ways) -> Iterator[Check]:
    """Make a check for each part of the guideline that asks for the rule."""
    part, rest = parted(rule.follows)
    if not part:
        if found.at(rule.follows, {}) not in (None, ()):
            yield _check(rule, found, {}, clause(*rule.follows.split(".")))
        return
    for name in found.entries(part, {}):
        bound = _bound(rule, part, name)
        if (
            found.at(rule.follows, bound) not in (None, ())
            and _answers_fit(rule, found, bound)
            and _is_asked(rule, found, name)
        ):
            yield _check(rule, found, bound, clause(*filter(None, (part, name, rest))))


def _bound(rule: type[Rule], part: str, name: str) -> Bound:
    """Bind the part that asks for the rule, and the questions where its names are theirs."""
    asked = (sources(rule).get(field) for field in fields_of(rule, QuestionOf))
    of_questions = {parted(source.path)[0]: (name,) for source in asked if source and source.how == "name"}
    return {**of_questions, part: (name,)}


def _is_asked(rule: type[Rule], found: Ways, name: str) -> bool:
    """Whether a rule on answers has somebody who gives one: what is told of several is entered by nobody."""
    asks = parted(rule.follows)[0] == "attributes" and not issubclass(rule, GatheringRule)
    return not asks or found.guideline.attributes[name].over is None


def _answers_fit(rule: type[Rule], found: Ways, bound: Bound) -> bool:
    """Whether the question that asks for the rule is of a kind that the rule is about."""
    asked = ((sources(rule).get(name), question) for name, question in fields_of(rule, QuestionOf).items())
    named = ((source.path, question) for source, question in asked if source and source.how == "name")
    return all(found.at(f"{path}.kind", bound) in question.kinds for path, question in named)


def _check(rule: type[Rule], found: Ways, bound: Bound, where: str) -> Check:
    made = rule.model_validate(taken(rule, found, bound, sources(rule)))
    to = found.at(f"{rule.follows}.{rule.escalates_by}", bound) if rule.escalates_by else None
    heading = heading_of(rule.follows, bound, found.guideline)
    return Check(made, where, level=rule.level, heading=heading, escalates_to=to if isinstance(to, str) else None)
