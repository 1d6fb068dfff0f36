"""How an answer follows from others, for annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.criteria.told import criteria_told
from guidelint.validation.measured_in import PERCENT, in_words
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.wording import both, either, measure, number, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.language.form.guideline import Option
    from guidelint.validation.criteria.criteria import Way
    from guidelint.validation.derivation import ChangeBand, ChangeOf, ChangeOfObject, Derivation
    from guidelint.validation.rule.condition import Between
    from guidelint.validation.rule.names import Names

_HOW = {
    "points": "The points of {} are added up",
    "sum": "It is the sum of {}",
    "product": "It is the product of {}",
    "ratio": "It is {} divided",
    "table": "It follows from {}",
    "worst-of": "It is the highest of {}",
}


def counted(points: float) -> str:
    """Say how many points an option counts."""
    return f"{number(points)} {'point' if points == 1 else 'points'}"


def left_open_told(option: str, options: Mapping[str, Option]) -> Iterator[str]:
    """Say which is the answer where nothing follows."""
    if option:
        yield f"{titled(options[option].title)}: where a question is left open that it follows from."


def derivation_told(by: Derivation, names: Names, options: Mapping[str, Option], *, per_region: bool) -> Iterator[str]:
    """Say what it follows from, then which sum, pair or criteria lead to which answer."""
    if by.first_of:
        yield "It is the first of these that holds."
        yield from (f"{titled(options[way.option].title)}: {_when(way, names)}." for way in by.first_of)
        return
    yield _rank_told(by, names) if by.how == "rank" else _terms_told(by, names, per_region=per_region)
    if by.bands:
        unit = by.unit if by.how in ("product", "ratio") or by.take is not None else ""
        yield _each(f"{titled(options[band.option].title)}: {band.limits.told(unit)}" for band in by.bands)
    if by.cells:
        row, column = (term.question for term in by.terms)
        yield _each(
            f"{names.answers(row, [first])} and {names.answers(column, [second])}: {titled(options[found].title)}"
            for first, cells in by.cells.items()
            for second, found in cells.items()
        )
    yield from tolerance_told(by)


def tolerance_told(by: Derivation) -> Iterator[str]:
    """Say by how much an answer may differ that is entered."""
    if by.tolerance and by.is_entered and not by.bands:
        yield f"What you enter may differ by up to {measure(by.tolerance, by.unit)}."
    elif by.tolerance and by.is_entered and by.how == "ratio":
        near = measure(by.tolerance, by.unit)
        yield f"Where the value lies within {near} of a limit, the answers on both sides of it are accepted."


def _terms_told(by: Derivation, names: Names, *, per_region: bool) -> str:
    """Say what is added up, multiplied, divided or looked up."""
    whose = [names.kinds(part.classes) if per_region else names.every(part.classes) for part in by.parts]
    measured = [f"the {in_words(part.measured)} of {of}" for part, of in zip(by.parts, whose, strict=True)]
    terms = (*(names.question(term.question) for term in by.terms), *measured)
    which = f", of those of which {by.which.told(names)}" if by.which is not None else ""
    how, divided = _how(by, per_region=per_region), _divided(by, names, per_region=per_region)
    return sentence(f"{how.format(both(terms))}{which}{divided}")


def _rank_told(by: Derivation, names: Names) -> str:
    """Say what is ranked, and which of it."""
    which = f", of those where {names.conditions(by.among)}" if by.among else ""
    asked = names.question(by.terms[0].question)
    return f"It is the place among all that is marked in the {by.per or 'task'}{which}, by {asked} from the highest on."


def change_told(by: ChangeOf, names: Names, options: Mapping[str, Option]) -> Iterator[str]:
    """Say of what it is the change, then which change leads to which answer."""
    yield f"It follows from the change of {names.question(by.question)} over time; the first that holds counts."
    unit = by.derivation.unit
    yield _each(f"{titled(options[band.option].title)}: {_limits_told(band, unit, names)}" for band in by.bands)


def change_of_object_told(by: ChangeOfObject, names: Names, options: Mapping[str, Option]) -> Iterator[str]:
    """Say of which numbers of each object it is the change, then which change leads to which answer."""
    followed = [one.asked.question for one in by.numbers]
    units = {one.asked.question: one.asked.unit for one in by.numbers}
    numbers = both(map(names.question, followed))
    yield f"It follows from the change of {numbers} of each object over time; the first that holds counts."
    ways: dict[str, list[str]] = {}
    for band in by.bands:
        of = band.of or followed
        told = _limits_told(band, units[of[0]], names)
        where = _in_how_many(band, [names.question(one) for one in of]) if band.has_limits else ""
        ways.setdefault(band.option, []).append(f"{where}{told}")
    yield _each(f"{titled(options[option].title)}: {', or '.join(told)}" for option, told in ways.items())


def _in_how_many(band: ChangeBand, of: Sequence[str]) -> str:
    if band.in_at_least is not None and band.in_at_least < len(of):
        return f"at least {band.in_at_least} of {both(of)} "
    return f"{both(of)} "


def _limits_told(band: ChangeBand, unit: str, names: Names) -> str:
    limits = (
        (band.itself, unit, ""),
        (band.since_baseline, unit, " since the first time point"),
        (band.since_smallest, unit, " since it was smallest"),
        (band.since_last, unit, " since the time point before"),
        (band.since_baseline_percent, PERCENT, " since the first time point"),
        (band.since_smallest_percent, PERCENT, " since it was smallest"),
    )
    given = [(limit, unit_of_it, since) for limit, unit_of_it, since in limits if limit is not None]
    told = [
        f"{_grown(limit, unit_of_it)}{since}" if since else limit.told(unit_of_it) for limit, unit_of_it, since in given
    ]
    objects = [f"the largest {names.class_(name)} {limit.told(unit)}" for name, limit in band.largest.items()]
    return both((*told, *objects)) or "otherwise"


def _grown(limit: Between, unit: str) -> str:
    """Say by how much it grew; what grew by less than nothing shrank."""
    low = limit.above if limit.at_least is None else limit.at_least
    high = limit.below if limit.at_most is None else limit.at_most
    if all(end is None or end > 0 for end in (low, high)):
        return f"grown by {limit.told(unit)}"
    ends = (
        _end(limit.at_least, unit, ("not shrunk", "grown by at least", "shrunk by at most")),
        _end(limit.above, unit, ("grown", "grown by more than", "shrunk by less than")),
        _end(limit.at_most, unit, ("not grown", "grown by at most", "shrunk by at least")),
        _end(limit.below, unit, ("shrunk", "grown by less than", "shrunk by more than")),
    )
    around_nothing = low is not None and high is not None and low < 0 < high
    return (either if around_nothing else both)(filter(None, ends))


def _end(value: float | None, unit: str, words: tuple[str, str, str]) -> str:
    """Choose the words for no change, for growing and for shrinking."""
    if value is None:
        return ""
    none, grown, shrunk = words
    return f"{grown if value > 0 else shrunk} {measure(abs(value), unit)}" if value else none


def _how(by: Derivation, *, per_region: bool) -> str:
    """Choose words for the way in which it follows; a sum of one thing is no sum, but for that of many regions."""
    if by.take is not None:
        return f"It is the {by.take} among {{}}"
    if by.how == "sum" and len(by.terms) == 1 and not by.parts and not by.terms[0].of:
        return "It follows from {}"
    if per_region and any(part.measured == "volume" for part in by.parts):
        return "It is {} over the slices of the series"
    return _HOW[by.how]


def _divided(by: Derivation, names: Names, *, per_region: bool) -> str:
    if by.how == "product":
        return f"{f', times {number(by.times)}' if by.times else ''}{f', in {by.unit}' if by.unit else ''}"
    if by.divided_by is not None:
        to, times = by.divided_by, ", times 100" if by.unit == PERCENT else ""
        of = "the same region" if per_region else names.every(to.classes)
        return f" by the {in_words(to.measured)} of {of}{times}"
    return f", divided by the area of {names.kinds(by.per_mm2_of)} in mm²" if by.per_mm2_of else ""


def _when(way: Way, names: Names) -> str:
    return "otherwise" if way.criteria is None else criteria_told(way.criteria, names)


def _each(lines: Iterable[str]) -> str:
    return f"{'; '.join(lines)}."
