"""How the answer to a question follows from others, as an author writes it, and what it comes to for the rules.

Annotations are evaluated as in ``guideline``.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from guidelint.validation.criteria.criteria import Way
from guidelint.validation.derivation import (
    Band,
    ChangeBand,
    ChangeOf,
    ChangeOfObject,
    Derivation,
    Followed,
    Part,
    ToldSource,
)
from guidelint.validation.follows_from import FollowsFrom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.change import ChangeLimits
    from guidelint.language.form.derive import Derive
    from guidelint.language.form.written import WrittenAttribute
    from guidelint.validation.derivation import How
    from guidelint.validation.measured_in import Measured


def derivations_of(questions: Mapping[str, WrittenAttribute]) -> Mapping[str, Derivation]:
    """Write out everything from which answers follow, of each question after those that its own follows from."""
    derived = {name: part.derive for name, part in questions.items() if part.derive is not None}
    found: dict[str, Derivation] = {}
    for name in TopologicalSorter({name: derive.questions for name, derive in derived.items()}).static_order():
        if name in derived:
            found[name] = _derivation(derived[name], questions[name], questions, found)
    return found


def _derivation(
    derive: Derive,
    own: WrittenAttribute,
    questions: Mapping[str, WrittenAttribute],
    others: Mapping[str, Derivation],
) -> Derivation:
    of_where = derive.questions_of_where
    return Derivation(
        how=_how(derive),
        terms=tuple(
            _term(questions[name], name, derive, others.get(name))
            for name in derive.questions
            if name in questions and name not in of_where
        ),
        parts=tuple(_parts(derive.ratio.of if derive.ratio else derive.measured)),
        divided_by=next(_parts(derive.ratio.to)) if derive.ratio else None,
        times=derive.times,
        take=derive.take,
        which=derive.where,
        asked=tuple(_asked(questions[name], name, others.get(name)) for name in of_where if name in questions),
        per=derive.per,
        among=derive.among,
        per_mm2_of=derive.per_mm2_of,
        bands=tuple(Band(option=option, limits=limits) for option, limits in derive.bands.items()),
        cells=derive.table.cells if derive.table else {},
        first_of=tuple(Way(option=option, criteria=criteria) for option, criteria in derive.first_of.items()),
        steps=tuple(own.options),
        unit=own.number.unit if own.number else derive.unit,
        step=own.number.step if own.number else None,
        tolerance=derive.tolerance,
        is_entered=derive.is_entered,
        is_helper=not derive.told,
        left_open=derive.left_open or "",
    )


def change_of(derive: Derive, derivations: Mapping[str, Derivation]) -> ChangeOf | None:
    """Write out of what it is the change, and how that follows at each time point; None: it is no change."""
    of = derive.change_of[0] if derive.change_of else ""
    if of not in derivations:
        return None
    return ChangeOf(
        question=of,
        derivation=derivations[of],
        bands=tuple(_changes(derive)),
        left_open=derive.left_open or "",
    )


def change_of_object(
    derive: Derive, questions: Mapping[str, WrittenAttribute], derivations: Mapping[str, Derivation]
) -> ChangeOfObject:
    """Write out which numbers of an object are followed, and which changes lead to which answer."""
    followed = (
        Followed(
            asked=_number(name, questions[name]),
            derivation=_never_entered(derivations.get(name)),
            steps=tuple(questions[name].options),
            helpers=_helpers(name, derivations),
        )
        for name in derive.change_of
        if name in questions
    )
    return ChangeOfObject(numbers=tuple(followed), bands=tuple(_changes(derive)))


def _helpers(name: str, derivations: Mapping[str, Derivation]) -> tuple[ToldSource, ...]:
    """Write out the questions that nobody enters from which one that nobody enters follows, each after its own."""
    found: dict[str, ToldSource] = {}

    def reach(one: str) -> None:
        if one in found or (derivation := _never_entered(derivations.get(one))) is None:
            return
        for other in derivation.terms:
            reach(other.question)
        found[one] = ToldSource(question=one, derivation=derivation)

    reach(name)
    return tuple(source for source in found.values() if source.question != name)


def _never_entered(derivation: Derivation | None) -> Derivation | None:
    return derivation if derivation is not None and not derivation.is_entered else None


def _changes(derive: Derive) -> Iterator[ChangeBand]:
    """Give each option with its limits; one of several alternatives once for each of them."""
    for option, limits in derive.changes.items():
        for given in _alternatives(limits) if limits else ({},):
            yield ChangeBand(option=option, **given)


def _alternatives(limits: ChangeLimits) -> Iterator[dict[str, Any]]:
    given = {name: getattr(limits, name) for name in type(limits).model_fields if name != "any_of"}
    if not limits.any_of:
        yield given
    for branch in limits.any_of:
        for one in _alternatives(branch):
            yield {**given, **{name: value for name, value in one.items() if value not in (None, (), {})}}


def is_over_time(name: str, questions: Mapping[str, WrittenAttribute]) -> bool:
    """Whether a question is told at each time point of a patient: it follows from a change, or from one that does."""
    if questions[name].over != "patient":
        return False
    reached = (questions[one].derive for one in (name, *_reached(name, questions, set())))
    return any(derive.change_of or derive.names_times for derive in reached if derive)


def is_told_once(name: str, questions: Mapping[str, WrittenAttribute]) -> bool:
    """Whether a question that follows from time points has one answer for the patient: it asks of no one of them."""
    derive = questions[name].derive
    if derive is None or derive.change_of or not is_over_time(name, questions):
        return False
    if any(one.names_other_times for one in derive.criteria):
        return False
    of_criteria = [one for criteria in derive.criteria for one in criteria.questions_now]
    now = of_criteria if derive.first_of else derive.questions
    return all(one in questions and is_told_once(one, questions) for one in now)


def sources_of(
    name: str, questions: Mapping[str, WrittenAttribute], derivations: Mapping[str, Derivation]
) -> tuple[ToldSource, ...]:
    """Write out the questions told of several tasks from which one follows, each after those that its own does."""
    return tuple(
        ToldSource(question=one, derivation=derivations[one], change=change_of(derive, derivations))
        for one in _reached(name, questions, set())
        if (derive := questions[one].derive) is not None
    )


def _reached(name: str, questions: Mapping[str, WrittenAttribute], seen: set[str]) -> Iterator[str]:
    """Yield the questions told of several tasks from which one follows, through others or not, those first."""
    seen.add(name)
    derive = questions[name].derive
    for one in derive.questions if derive else ():
        if one in questions and questions[one].over and one not in seen:
            yield from _reached(one, questions, seen)
            yield one


def _how(derive: Derive) -> How:
    ways: Mapping[How, object] = {
        "points": derive.points,
        "product": derive.product,
        "ratio": derive.ratio,
        "rank": derive.rank_of,
        "table": derive.table,
        "first-of": derive.first_of,
        "worst-of": derive.worst_of,
    }
    found: list[How] = [how for how, is_it in ways.items() if is_it]
    return found[0] if found else "sum"


def _parts(measured: Mapping[Measured, tuple[str, ...]]) -> Iterator[Part]:
    return (Part(measured=one, classes=classes) for one, classes in measured.items())


def _number(name: str, question: WrittenAttribute) -> FollowsFrom:
    """Write out a question whose number counts."""
    asked = _asked(question, name, None)
    return asked.model_copy(update={"unit": question.number.unit if question.number else ""})


def _term(question: WrittenAttribute, name: str, derive: Derive, derivation: Derivation | None) -> FollowsFrom:
    points = {key: option.points or 0.0 for key, option in question.options.items()} if derive.points else {}
    unit = question.number.unit if derive.product and question.number else ""
    return _asked(question, name, derivation).model_copy(update={"points": points, "unit": unit})


def _asked(question: WrittenAttribute, name: str, derivation: Derivation | None) -> FollowsFrom:
    required, forbidden = question.required, question.forbidden
    return FollowsFrom(
        question=name,
        of=() if question.per_image else question.of,
        on=() if question.per_image else question.on,
        required=required is not None or _always_follows(question, derivation),
        when=required.when if required else {},
        when_number=required.when_number if required else {},
        open_when=forbidden.when if forbidden else {},
        open_when_number=forbidden.when_number if forbidden else {},
        where=required.where if required else None,
        open_where=forbidden.where if forbidden else None,
    )


def _always_follows(question: WrittenAttribute, derivation: Derivation | None) -> bool:
    """Whether a question that nobody answers has an answer wherever nothing is missing."""
    if derivation is None or derivation.is_entered or question.forbidden is not None:
        return False
    return not derivation.may_not_follow(per_region=not question.per_image)
