"""Compile: a guideline becomes the plan that judges submissions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.language.compile.conditions import when_of
from guidelint.language.compile.filled_in import completed
from guidelint.language.compile.implied_checks import derived_checks
from guidelint.language.compile.of_several import as_told
from guidelint.language.compile.vocabulary import vocabulary_of
from guidelint.language.form.places.clauses import clause, clause_of_all, clause_of_class
from guidelint.language.form.places.places import (
    ESCALATION,
    RELATIONS,
    class_place,
    matter,
    place,
    section_place,
    submission_place,
    use_place,
)
from guidelint.language.form.uses.own_classes import own_classes
from guidelint.validation.judging.plan import Check, GuidelineRef, Plan, ReturnOfWork, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import Criterion, Guideline, RuleUse
    from guidelint.validation.rule.rule import Catalogue, Rule


@dataclass(frozen=True, slots=True)
class _Where:
    clause: str
    heading: str
    """The same for people."""
    name: str = ""
    """What the author calls this use."""


def compile_plan(guideline: Guideline, catalogue: Catalogue) -> Plan:
    """Gather the rules to run, the names to accept and the routes to take; sealed with a digest."""
    return Plan(
        guideline=GuidelineRef(name=guideline.name, version=guideline.version, title=guideline.title),
        checks=(*derived_checks(guideline, catalogue), *_authored(guideline, catalogue)),
        vocabulary=vocabulary_of(guideline),
        routes=_routes(guideline),
        return_of_work=ReturnOfWork(
            mode=guideline.returned_work.mode, requeue_after_minutes=guideline.returned_work.requeue_after_minutes
        ),
        formats=tuple(dict.fromkeys(guideline.formats)),
        text_digest=guideline.text_digest,
    ).sealed()


def _authored(guideline: Guideline, catalogue: Catalogue) -> Iterator[Check]:
    for name, part in guideline.classes.items():
        for key, use in _asked_for(part.rules):
            heading = use_place(class_place(use.rule, part.title), key, use, guideline)
            where = _Where(clause_of_class(name, key), heading, _own(key, use))
            yield _check(completed(use.rule, guideline, (name,)), use, where, guideline, frozenset({name}))
    for key, use in _asked_for(guideline.rules):
        heading = use_place(submission_place(use.rule, guideline), key, use, guideline)
        where = _Where(clause_of_all(key), heading, _own(key, use))
        yield _check(completed(as_told(use.rule, guideline, catalogue), guideline), use, where, guideline)
    for section, uses in guideline.sections.items():
        for key, use in uses.items():
            heading = use_place(section_place(section, use.rule, guideline), key, use, guideline)
            where = _Where(clause(section, "rules", key), heading, _own(key, use))
            yield _check(completed(use.rule, guideline), use, where, guideline)
    for name, use in guideline.relations.items():
        heading = use_place(place(RELATIONS, matter(use.rule, guideline)), name, use, guideline)
        where = _Where(clause("relations", name, use.rule.id()), heading)
        yield _check(completed(use.rule, guideline), use, where, guideline)
    for name, criterion in guideline.escalation.when.items():
        yield _escalating(name, criterion, guideline, catalogue)


def _asked_for(uses: Mapping[str, RuleUse]) -> Iterator[tuple[str, RuleUse]]:
    """Leave out the rules that every guideline has; those are derived, as they are set."""
    return ((key, use) for key, use in uses.items() if not use.rule.always)


def _own(key: str, use: RuleUse) -> str:
    """Give the name of a use, where it stands under another key than its rule's id."""
    return key if use.is_named else ""


def _check(
    rule: Rule, use: RuleUse, where: _Where, guideline: Guideline, classes: frozenset[str] | None = None
) -> Check:
    when = None if use.when is None else when_of(use.when, guideline)
    asked_of = own_classes(rule) if when is not None and when.of_region else ()
    return Check(
        rule,
        where.clause,
        classes or frozenset(asked_of) or None,
        level=use.level or rule.level,
        note=use.note,
        heading=where.heading,
        name=where.name,
        when=when,
    )


def _escalating(name: str, criterion: Criterion, guideline: Guideline, catalogue: Catalogue) -> Check:
    written = criterion.use.rule
    rule = completed(as_told(written, guideline, catalogue), guideline, criterion.classes)
    about = place(ESCALATION, matter(rule, guideline, criterion.classes))
    heading = use_place(about, name, criterion.use, guideline)
    where = _Where(clause("escalation", "when", name, written.id()), heading)
    check = _check(rule, criterion.use, where, guideline, frozenset(criterion.classes) or None)
    return replace(check, escalates_to=criterion.to, note=criterion.because or check.note)


def _routes(guideline: Guideline) -> dict[str, Route]:
    return {
        name: Route(
            who=route.who,
            within_hours=route.within_hours,
            readers=route.readings,
            persons=tuple(sorted(route.person)),
            message=route.message or "",
            hold=route.hold,
        )
        for name, route in guideline.escalation.routes.items()
    }
