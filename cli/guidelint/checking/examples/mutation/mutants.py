"""Every small change of a plan: limits moved, rules dropped, classes swapped, conditions loosened, answers left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from guidelint.checking.examples.mutation.mutant import Change, changed, every, put, taken_out
from guidelint.checking.examples.mutation.reach import is_beyond, reaches
from guidelint.checking.examples.outcome import NEVER
from guidelint.validation.derivation import Derivation
from guidelint.validation.rule.condition import Between, Condition
from guidelint.validation.rule.parameters.bound import Bound, Lower
from guidelint.validation.rule.parameters.naming import NameOf, OptionOf
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import said, sources
from guidelint.validation.rule.rule import Rule
from guidelint.validation.told_of_several import ToldOfSeveral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.checking.examples.mutation.mutant import Mutant
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.condition import When
    from guidelint.validation.rule.parameters.said import Said

_TINY: Final = 1e-6
"""By so much of itself a limit is moved so that it is no longer met."""
_FRACTION_STEP: Final = 0.05
_OTHER_END: Final = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}


def mutants(plan: Plan) -> tuple[Mutant, ...]:
    """List every small change of what an example can tell of."""
    reached = reaches(plan)

    def changes(check: Check) -> Iterator[Change]:
        for one in _changes(check) if is_of_examples(check) else ():
            if not is_beyond(check.rule, one.check.rule if one.check else None, reached):
                yield one

    return tuple(every(plan, changes))


def is_of_examples(check: Check) -> bool:
    """Whether an example can tell of a check: not of who did it, nor of all work of an annotator or a delivery."""
    return check.rule.scope.name not in NEVER and not check.rule.of_people


def _changes(check: Check) -> Iterator[Change]:
    if _is_asked_for(check):
        yield Change("is not asked any more", "rule", None)
    values = said(check.rule)
    yield from _limits(check, values)
    yield from _answers(check, values)
    yield from _classes(check, values)
    if check.when is not None:
        yield from _conditions(check)


def _is_asked_for(check: Check) -> bool:
    """Whether an author may leave it out, and keep the question or the class that it is about."""
    follows = check.rule.follows
    return not check.rule.always and follows != "names.classes" and (follows != "attributes.*" or _has_limit(check))


def _has_limit(check: Check) -> bool:
    return any(one.of(Amount) and one.value is not None for one in said(check.rule))


def _limits(check: Check, values: list[Said]) -> Iterator[Change]:
    for one, amount, value in numbers_in(values):
        if _is_filled_in(one) or _is_copied(check.rule, one):
            continue
        name, step = _named(one), step_of(value, amount)
        for by in (step, *((-step,) if not _would_overlap(one) else ())):
            if made := _moved(check, one, value, by):
                yield Change(f"`{name}: {value:g}` is {value + by:g}", "limit", made(1), name, made)
        if amount.exact and isinstance(value, float) and value and isinstance(one.of(Bound), Bound):
            tiny = value * (_TINY if isinstance(one.of(Bound), Lower) else -_TINY)
            if made := _moved(check, one, value, tiny):
                yield Change(f"`{name}: {value:g}` itself departs", "strictness", made(1), name, made)
        is_end = isinstance(one.owner, Between) and not _would_overlap(one, "above")
        if is_end and (rule := _other_end(check.rule, one)):
            told = f"`{name}: {value:g}` is `{_OTHER_END[str(one.path[-1])]}`"
            yield Change(told, "strictness", replace(check, rule=rule))


def _moved(check: Check, one: Said, value: float, by: float) -> Callable[[int], Check | None] | None:
    """Give what moves a limit so many times as far; None where it cannot be moved at all."""

    def moved(times: int) -> Check | None:
        rule = _rule(check, one, value + by * times)
        return replace(check, rule=rule) if rule else None

    return moved if moved(1) else None


def _is_filled_in(one: Said) -> bool:
    """Whether nobody wrote it: what follows has no tolerance unless an author gives one."""
    return isinstance(one.owner, Derivation) and one.path[-1] == "tolerance" and not one.value


def _is_copied(rule: Rule, one: Said) -> bool:
    """Whether it stands in a plan for what another question says, which is changed there."""
    if not isinstance(rule, ToldOfSeveral):
        return False
    return (
        bool(rule.values)
        or one.path[0] == "sources"
        or one.path[:2] in {("change", "derivation"), ("change", "numbers")}
    )


def _would_overlap(one: Said, *ends: str) -> bool:
    """Whether the band before would hold what it then holds, too, which no guideline may say."""
    return "bands" in one.path and one.path[-1] in (ends or ("at_least", "above"))


def numbers_in(values: Iterable[Said]) -> Iterator[tuple[Said, Amount, float]]:
    """Give each number that counts or measures something, with what that is."""
    for one in values:
        amount, value = one.of(Amount), one.value
        if amount is None or one.at == "key" or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        yield one, amount, value


def step_of(value: float, amount: Amount) -> float:
    """Give one unit of the last digit that is written of a limit; of a share, a twentieth at most."""
    if isinstance(value, int):
        return 1
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    step = 10.0 ** min(exponent if isinstance(exponent, int) else 0, 0)
    return min(step, _FRACTION_STEP) if amount.most == 1 else step


def _rule(check: Check, one: Said, value: float) -> Rule | None:
    rounded = value if isinstance(value, int) else float(f"{value:.12g}")
    made = changed(check.rule, one.path, put(rounded))
    return made if isinstance(made, Rule) else None


def _other_end(rule: Rule, one: Said) -> Rule | None:
    def edit(holder: dict[Any, Any], key: Any) -> None:
        holder[_OTHER_END[key]] = holder.pop(key)

    made = changed(rule, one.path, edit)
    return made if isinstance(made, Rule) else None


def _answers(check: Check, values: list[Said]) -> Iterator[Change]:
    """Leave out one of several options."""
    for one in values:
        is_own = one.path[0] not in sources(type(check.rule))
        if is_own and one.of(OptionOf) and one.at == "value" and isinstance(one.path[-1], int):
            made = changed(check.rule, one.path, taken_out)
            if isinstance(made, Rule) and made != check.rule and _has_more(check.rule, one):
                yield Change(f"`{_named(one)}: {one.value}` is left out", "answer", replace(check, rule=made))


def _has_more(rule: Rule, one: Said) -> bool:
    found: Any = rule
    for step in one.path[:-1]:
        found = found[step] if isinstance(found, dict) else getattr(found, str(step), ())
    return len(found) > 1


def _classes(check: Check, values: list[Said]) -> Iterator[Change]:
    """Ask it of another class, or of classes the other way round."""
    named = [one for one in values if (of := one.of(NameOf)) and of.kind == "class" and len(one.path) == 1]
    if len(named) == 2 and named[0].value != named[1].value:  # noqa: PLR2004 - one within the other
        first, second = named
        once = changed(check.rule, first.path, put(second.value))
        made = changed(once, second.path, put(first.value)) if once else None
        if isinstance(made, Rule) and made != check.rule:
            yield Change(f"`{first.value}` and `{second.value}` are swapped", "class", replace(check, rule=made))


def _conditions(check: Check) -> Iterator[Change]:
    assert check.when is not None  # noqa: S101 - narrows the type
    yield Change("is asked whatever its condition", "condition", replace(check, when=None))
    for one, amount, value in numbers_in(said(check.when.condition)):
        name, step = _named(one), step_of(value, amount)
        for by in (step, -step):
            if made := _under(check, check.when, one, value, by):
                yield Change(f"`when: {name}: {value:g}` is {value + by:g}", "condition", made(1), carried=made)


def _under(check: Check, when: When, one: Said, value: float, by: float) -> Callable[[int], Check | None] | None:
    """Give what moves a limit of the condition so many times as far; None where it cannot be moved at all."""

    def moved(times: int) -> Check | None:
        condition = changed(when.condition, one.path, put(value + by * times))
        return replace(check, when=replace(when, condition=condition)) if isinstance(condition, Condition) else None

    return moved if moved(1) else None


def _named(one: Said) -> str:
    """Name a value by the last word of its path, with what it is of where that is a name of the author's."""
    words = [str(step) for step in one.path if isinstance(step, str)]
    question = str(getattr(one.owner, "question", ""))
    return ".".join((*filter(None, (question,)), *words[-2:]))


def swapped(plan: Plan) -> Iterator[Mutant]:
    """Ask each check of a class of another class in its place."""
    names = tuple(plan.vocabulary.classes)

    def changes(check: Check) -> Iterator[Change]:
        if check.classes is None or len(check.classes) != 1 or not is_of_examples(check):
            return
        (name,) = check.classes
        tools = set(plan.vocabulary.classes[name].tools)
        for other in names:
            if other != name and tools & set(plan.vocabulary.classes[other].tools):
                asked = replace(check, classes=frozenset({other}))
                yield Change(f"is asked of `{other}` in place of `{name}`", "class", asked)
                return

    yield from every(plan, changes)
