"""Every rule that a guideline may set tells annotators what it asks and when it departs, in titles and not in keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from guidelint.language.lint.unknown_names import (
    ANSWER_PARAMETERS,
    CLASS_PARAMETERS,
    OPTION_PARAMETERS,
    QUESTION_PARAMETERS,
)
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.names import Names, QuestionNames, plain
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SETTABLE = tuple(rule for rule in catalogue().values() if rule.settable())
KEYS = CLASS_PARAMETERS | QUESTION_PARAMETERS | OPTION_PARAMETERS | ANSWER_PARAMETERS
SET = [pytest.param(rule, name, id=f"{rule.id()}: {name}") for rule in SETTABLE for name in rule.parameters()]
of_every_rule = pytest.mark.parametrize("rule", SETTABLE, ids=lambda rule: rule.id())
Told = tuple[str, ...]


def given_to(rule: type[Rule]) -> Iterator[Mapping[str, object]]:
    """What the cases of a rule give it as an author may, every key of a guideline as ``key-of-…``."""
    for case in rule.cases:
        given = {name: value for name, value in case.given.items() if name in rule.parameters()}
        yield {name: keyed(value) if name in KEYS else value for name, value in given.items()}


def keyed(value: object) -> object:
    """Keys that nobody takes for a title."""
    return each(value, lambda key: key if key.startswith("key-of-") else f"key-of-{key}")


def each(value: object, change: Callable[[str], str]) -> object:
    """Change every text within a value."""
    match value:
        case str():
            return change(value)
        case dict():
            return {each(key, change): each(item, change) for key, item in value.items()}
        case list() | tuple():
            return [each(item, change) for item in value]
        case _:
            return value


def texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for pair in value.items() for item in pair for text in texts(item))
        case list():
            yield from (text for item in value for text in texts(item))
        case _:
            pass


def titles(given: Mapping[str, object]) -> tuple[Names, list[str]]:
    """Names for the keys in there, and the titles that they give."""
    keys = [key for name, value in given.items() if name in KEYS for key in texts(value)]
    title = {key: f"Title {key.removeprefix('key-of-')}" for key in keys}
    questions = {key: QuestionNames(title[key], title) for key in keys}
    return Names(title, questions), list(title.values())


def tell(rule: type[Rule], given: Mapping[str, object]) -> Told:
    names, _ = titles(given)
    return told(rule, given, names)


def told(rule: type[Rule], given: Mapping[str, object], names: Names) -> Told:
    """What is asked, and when it escalates where it may: a rule that every guideline has is no criterion."""
    made = rule.model_validate_json(json.dumps(dict(given)))
    return (plain(made.told(names)), *([] if rule.always else [plain(made.told_if(names))]))


def another(name: str, value: object) -> object:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return value / 2 if value else 0.5
        case "object" | "region":
            return "region" if value == "object" else "object"
        case _ if name == "bands":
            return [{"below_mm": 77.0, "tools": ["keypoint"]}, {"tools": ["ellipse"]}]
        case _:
            return each(value, lambda text: f"{text}-other")


@of_every_rule
def test_it_is_told_in_words_of_its_own(rule: type[Rule]) -> None:
    assert rule.told is not Rule.told
    assert (rule.told_if is not Rule.told_if) is not rule.always


@of_every_rule
def test_it_is_told_as_a_sentence_and_as_a_condition(rule: type[Rule]) -> None:
    for given in given_to(rule):
        asked, *escalating = tell(rule, given)
        assert re.fullmatch(r"[A-Z].*[^.]\.", asked), asked
        assert [words for words in escalating if words.endswith(".") or not words] == []
        assert "  " not in asked + "".join(escalating)


@of_every_rule
def test_it_is_told_without_keys_and_names_of_parameters(rule: type[Rule]) -> None:
    for given in given_to(rule):
        for words in tell(rule, given):
            assert "key-of-" not in words
            assert "_" not in words
            assert rule.id() not in words or "-" not in rule.id()


@of_every_rule
def test_everything_that_it_is_about_is_named_by_its_title(rule: type[Rule]) -> None:
    for given in given_to(rule):
        untitled = {name: value for name, value in given.items() if name != "title"}
        _, wanted = titles(untitled)
        for words in tell(rule, untitled):
            assert [title for title in wanted if title not in words] == []


@pytest.mark.parametrize(("rule", "name"), SET)
def test_what_a_guideline_sets_is_told(rule: type[Rule], name: str) -> None:
    default = {name: rule.model_fields[name].default}
    given = next((given for given in given_to(rule) if name in given), {**next(given_to(rule)), **default})
    before = tell(rule, given)
    after = tell(rule, {**given, name: another(name, given[name])})
    assert all(one != other for one, other in zip(before, after, strict=True)), before


@of_every_rule
def test_the_classes_that_it_is_used_on_are_named(rule: type[Rule]) -> None:
    if not rule.scope.per_class and ("classes" not in rule.parameters() or rule.always):
        return
    names = Names({"key-of-mass": "Mass", "key-of-node": "Lymph node"}, concerned=("key-of-mass", "key-of-node"))
    given = {name: value for name, value in next(given_to(rule)).items() if name != "classes"}
    for words in told(rule, given, names):
        assert "Mass or Lymph node" in words
