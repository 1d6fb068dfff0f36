"""What the cases of a rule give it, and variations of that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, cast, get_args, get_origin

from guidelint.validation.rule.names import Names, QuestionNames, plain
from guidelint.validation.rule.parameters.free_text import FreeText
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.said import meaning, said, sources
from guidelint.validation.rule.parameters.shape import all_meanings, annotated, stripped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from guidelint.validation.rule.rule import Rule

KEY = "key-of-"
"""What every key begins with, so that nobody takes it for a title."""


def given_to(rule: type[Rule]) -> Iterator[dict[str, object]]:
    """Yield what the cases give as an author may, every name of a part of a guideline as ``key-of-…``."""
    for case in rule.cases:
        given = {name: value for name, value in case.given.items() if name in rule.parameters()}
        yield {name: keyed(value, named) for name, value in given.items() for named in (_named(rule, given, name),)}


def _named(rule: type[Rule], given: Mapping[str, object], parameter: str) -> frozenset[object]:
    """List the texts within a parameter that name a part of a guideline, as their types say."""
    if not names_something(rule, parameter):
        return frozenset()
    made = rule.model_validate_json(json.dumps(dict(given)))
    return frozenset(one.value for one in said(made) if one.path[0] == parameter and one.of(NameOf) is not None)


def names_something(rule: type[Rule], parameter: str) -> bool:
    """Whether a parameter holds names of parts of a guideline, as its type says."""
    return any(isinstance(one, NameOf) for one in all_meanings(annotated(rule, parameter)))


def is_title(rule: type[Rule], parameter: str) -> bool:
    """Whether a parameter holds the words for people that the guideline has elsewhere, as its type says."""
    return meaning(rule, parameter, FreeText) is not None and parameter in sources(rule)


def keyed(value: object, named: frozenset[object]) -> object:
    """Mark every text within a value that names something as a key."""
    return each(value, lambda text: f"{KEY}{text}" if text in named and not text.startswith(KEY) else text)


def each(value: object, change: Callable[[str], str]) -> object:
    """Change every text within a value."""
    match value:
        case str():
            return change(value)
        case dict():
            entries = cast("Mapping[object, object]", value)
            return {each(key, change): each(item, change) for key, item in entries.items()}
        case list() | tuple():
            return [each(item, change) for item in cast("list[object]", value)]
        case _:
            return value


def texts(value: object) -> Iterator[str]:
    """Yield every text within a value."""
    match value:
        case str():
            yield value
        case dict():
            for pair in cast("Mapping[object, object]", value).items():
                yield from (text for item in pair for text in texts(item))
        case list():
            yield from (text for item in cast("list[object]", value) for text in texts(item))
        case _:
            pass


def titled(rule: type[Rule], given: Mapping[str, object]) -> tuple[Names, list[str]]:
    """Give every key in there a title; also list the titles."""
    keys = [
        key
        for name, value in given.items()
        if names_something(rule, name)
        for key in texts(value)
        if key.startswith(KEY)
    ]
    titles = {key: f"Title {key.removeprefix(KEY)}" for key in keys}
    questions = {key: QuestionNames(titles[key], titles) for key in keys}
    return Names(titles, questions, titles), list(titles.values())


def told(rule: type[Rule], given: Mapping[str, object], names: Names) -> tuple[str, ...]:
    """Tell what is asked, and when it escalates where it may: a rule that every guideline has is no criterion."""
    made = rule.model_validate_json(json.dumps(dict(given)))
    return (plain(made.told(names)), *([] if rule.always else [plain(made.told_if(names))]))


def another(rule: type[Rule], parameter: str, value: object) -> object:
    """Find another value of the same kind: a number beside it, else what another case gives, else other words."""
    _, bare = stripped(annotated(rule, parameter))
    match value:
        case _ if get_origin(bare) is Literal:
            return next(one for one in get_args(bare) if one != value)
        case bool():
            return not value
        case () | [] if names_something(rule, parameter):
            return [f"{KEY}other"]
        case int():
            return value + 1
        case float():
            return value / 2 if value else 0.5
        case _:
            others = [given[parameter] for given in given_to(rule) if given.get(parameter, value) != value]
            is_named = names_something(rule, parameter)
            words = each(value, lambda text: text if is_named and not text.startswith(KEY) else f"{text}-other")
            return others[0] if others and (words == value or not is_named) else words
