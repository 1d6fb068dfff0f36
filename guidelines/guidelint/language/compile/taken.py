"""What a rule takes from other parts of a guideline, as the types of its parameters say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from guidelint.language.compile.along import EVERY, parted
from guidelint.language.form.places.titles import answered
from guidelint.validation.rule.parameters.naming import AnswerOf
from guidelint.validation.rule.parameters.said import meaning, sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.compile.along import Bound, Ways
    from guidelint.validation.rule.parameters.source import From, How
    from guidelint.validation.rule.rule import Rule

NOTHING: Mapping[str, object] = {}
Take = Callable[["Ways", "From", "Bound"], object]


def taken(
    rule: type[Rule], ways: Ways, bound: Bound, names: Iterable[str], given: Mapping[str, object] = NOTHING
) -> dict[str, object]:
    """Take these parameters from a guideline, beside those that are given; what it does not give is left out."""
    found: dict[str, object] = {}
    for name in names:
        source = sources(rule).get(name)
        if source is not None and _concerns(rule, name, ways, bound):
            here = _named_beside(source, {**given, **found}) if source.of else bound
            value = None if here is None else _from(ways, source, here)
            if value not in (None, (), {}, ""):
                found[name] = value
    return found


def _from(ways: Ways, source: From, bound: Bound) -> object:
    return _by(ways, source, bound) if source.by else _TAKE[source.how](ways, source, bound)


def _named_beside(source: From, given: Mapping[str, object]) -> Bound | None:
    """Bind the part that a parameter beside it names; None: it names none."""
    name = given.get(source.of)
    return {parted(source.path)[0]: (name,)} if isinstance(name, str) and name else None


def bound_by(rule: type[Rule], given: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Tell for which names of the guideline a rule is used: those that its parameters give."""
    found: dict[str, tuple[str, ...]] = {}
    for name, source in sources(rule).items():
        part, rest = parted(source.path)
        value = given.get(name)
        if source.how in {"name", "names"} and not source.by and part and not rest and value:
            found[part] = (value,) if isinstance(value, str) else tuple(cast("Sequence[str]", value))
    return found


def _concerns(rule: type[Rule], name: str, ways: Ways, bound: Bound) -> bool:
    """Whether a limit on answers of some kinds concerns the question that the rule is about."""
    limit, source = _question_of(rule, name)
    return limit is None or source is None or ways.at(f"{source.path}.kind", bound) in limit.kinds


@cache
def _question_of(rule: type[Rule], name: str) -> tuple[AnswerOf | None, From | None]:
    """Tell of a parameter whether it is a limit on answers, and where the question that is answered comes from."""
    limit = meaning(rule, name, AnswerOf)
    return limit, sources(rule).get(limit.question) if limit else None


def _value(ways: Ways, source: From, bound: Bound) -> object:
    return ways.at(source.path, bound)


def _name(ways: Ways, source: From, bound: Bound) -> object:
    names = _names(ways, source, bound)
    return names[0] if names else None


def _names(ways: Ways, source: From, bound: Bound) -> tuple[str, ...]:
    """Give the names that the last ``*`` stands for."""
    part = source.path.removesuffix(f".{EVERY}")
    return tuple(ways.entries(part, bound))


def _joined(ways: Ways, source: From, bound: Bound) -> object:
    part, _ = parted(source.path)
    found = ways.at(source.path, bound)
    titles = [found] if isinstance(found, str) else [*cast("Mapping[str, str]", found or {}).values()]
    return " or ".join(titles) if part in bound else None


def _spellings(ways: Ways, source: From, bound: Bound) -> tuple[str, ...]:
    found = cast("Mapping[str, Sequence[str]]", ways.at(source.path, bound) or {})
    return tuple(name for names in found.values() for name in names if name not in found)


def _is_given(ways: Ways, source: From, bound: Bound) -> bool:
    return ways.at(source.path, bound) is not None


def _answered(ways: Ways, source: From, bound: Bound) -> str:
    said = cast("Mapping[str, Sequence[str]]", ways.at(source.path, bound))
    answers = (answered(ways.guideline.attributes[name], options) for name, options in said.items())
    words = " or ".join(answers)
    return f"answer {words}" if words else ""


def _united(ways: Ways, source: From, bound: Bound) -> tuple[str, ...]:
    """Join lists; one that is empty stands for everything, and so do all together then."""
    part, _ = parted(source.path)
    found = ways.at(source.path, bound)
    lists = list(cast("Mapping[str, Sequence[str]]", found).values()) if isinstance(found, dict) else [found or ()]
    if part not in bound or not all(lists):
        return ()
    return tuple(dict.fromkeys(item for one in lists for item in cast("Sequence[str]", one)))


def _by(ways: Ways, source: From, bound: Bound) -> dict[str, object]:
    """Lead from each item of the lists to the value, or to the name, to which its list belongs."""
    lists = cast("Mapping[str, Sequence[str]]", ways.at(source.by, bound))
    values = cast("Mapping[str, object]", ways.at(source.path, bound))
    is_name = source.how == "name"
    return {item: name if is_name else values[name] for name, items in lists.items() for item in items}


_TAKE: Mapping[How, Take] = {
    "value": _value,
    "name": _name,
    "names": _names,
    "joined": _joined,
    "spellings": _spellings,
    "is-given": _is_given,
    "answered": _answered,
    "united": _united,
}
