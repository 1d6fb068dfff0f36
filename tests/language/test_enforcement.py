"""Every statement of a guideline has an answer to where it is enforced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel
from tests.labelstudio.guidelines import EVERYTHING

from guidelint.labelstudio.config.abilities import ABILITIES, LabelStudio
from guidelint.labelstudio.config.tags import TAGS
from guidelint.labelstudio.project.settings import ProjectSettings
from guidelint.language.enforcement.statements import said_of, statements
from guidelint.language.form.enforced import Ability, EnforcedBy
from guidelint.language.form.rule_fields import forms
from guidelint.language.form.written import WrittenRules
from guidelint.language.library import released
from guidelint.language.load import loaded
from guidelint.language.reference.problem_explanations import explanations, with_part
from guidelint.language.text.tree import Branch, Entry, Row, walk
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.parameters.said import meaning
from guidelint.validation.rule.parameters.shape import Shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.enforcement.statements import Statement

TEXTS = {
    "everything": EVERYTHING,
    **{item.label: item.text for item in released()},
    **{item.code: with_part(item.right) for item in explanations().values() if item.right and item.level == "error"},
}
NOT_OF_THE_TARGET = {"maxUsages", "maximum_annotations"}
"""What Label Studio has and a config does not write, which is why it does not hold anybody to it."""


def told(text: str) -> tuple[Statement, ...]:
    return statements(loaded(text), catalogue(), LabelStudio())


def places(part: str) -> dict[str, list[tuple[str, str]]]:
    return {".".join(map(str, one.path)): [(place, by) for place, by in one.answers] for one in told(with_part(part))}


def inner(shape: Shape) -> Iterator[type[BaseModel]]:
    if isinstance(shape.bare, type) and issubclass(shape.bare, BaseModel):
        yield shape.bare
    for part in (*shape.items, *([shape.value] if shape.value else [])):
        yield from inner(part)


def unanswered(model: type[BaseModel]) -> Iterator[str]:
    """Keys of a part that say nothing of where they are enforced, and hold nothing that does."""
    for name in model.model_fields:
        if meaning(model, name, EnforcedBy) is None:
            parts = [part for part in inner(shape_of(model, name)) if not issubclass(part, WrittenRules)]
            if not parts and not any(issubclass(part, WrittenRules) for part in inner(shape_of(model, name))):
                yield f"{model.__name__}.{name}"
            for part in parts:
                yield from unanswered(part)


def test_every_key_of_the_language_says_where_it_is_enforced() -> None:
    rules = {rule.replace("-", "_") for rule in catalogue()}
    assert [key for key in unanswered(forms(catalogue()).guideline) if key.rpartition(".")[2] not in rules] == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_statement_has_an_answer_and_none_is_missing(text: str) -> None:
    found = told(text)
    assert [one.path for one in found if not one.answers] == []
    paths = {one.path for one in found}
    for path, part in walk(loaded(text).root):
        is_said = isinstance(part, Entry) and not isinstance(part.value, Branch | Row)
        if is_said and all(isinstance(step, str) for step in path):
            assert any(path[:length] in paths for length in range(1, len(path) + 1)), path


def test_every_rule_that_a_key_names_is_one() -> None:
    named = {rule for key in said(forms(catalogue()).guideline) for rule in key.rules}
    assert len(named) > 8
    assert named <= set(catalogue())


def said(model: type[BaseModel], within: frozenset[type] = frozenset()) -> Iterator[EnforcedBy]:
    for name in model.model_fields if model not in within else ():
        found = meaning(model, name, EnforcedBy)
        yield from () if found is None else (found,)
        for part in inner(shape_of(model, name)):
            yield from () if issubclass(part, WrittenRules) else said(part, within | {model})


def test_what_a_rule_follows_names_the_rule() -> None:
    model = forms(catalogue()).guideline
    for rule in catalogue().values():
        path = tuple(rule.follows.split("."))
        said = said_of(model, path) if rule.follows and path[0] != "names" and path[-1] != "*" else None
        assert said is None or rule.id() in said.rules, rule.id()


def test_the_table_of_the_tool_is_whole_and_names_what_there_is() -> None:
    assert set(ABILITIES) == set(get_args(Ability))
    known = {attribute for tag in TAGS.values() for attribute in tag.attributes} | set(
        ProjectSettings.__struct_fields__
    )
    named = {word for able in ABILITIES.values() for word in re.findall(r"`(\w+)`", able.how)}
    assert named - known == NOT_OF_THE_TARGET


def test_what_the_tool_cannot_do_is_told_with_the_reason() -> None:
    part = """
classes:
  lesion: {title: Lesion, definition: d, draw: polygon, count: {max: 3}}
attributes:
  margin: {title: Margin, of: lesion, choose_one: {sharp: Sharp, vague: Vague}, required: true}
  why: {title: Why, of: lesion, text: {}, required: {when: {margin: vague}}}
"""
    found = {".".join(map(str, one.path)): one for one in told(with_part(part))}
    assert found["classes.lesion.count"].answers == (("on submit", "count-limits"),)
    assert "maxUsages" in found["classes.lesion.count"].not_by_tool
    assert [answer.place for answer in found["attributes.margin.required"].answers] == ["before submit", "on submit"]
    assert found["attributes.why.required.when"].answers == (("on submit", "required-attribute"),)
    assert "whatever was answered" in found["attributes.why.required.when"].not_by_tool


def test_what_is_counted_over_several_images_is_judged_over_time() -> None:
    found = places("""
classes:
  lesion: {title: Lesion, definition: d, draw: polygon, count: {max: 3, per: patient}}
rules: {count-limits: {max: 9, per: study}}
""")
    assert found["classes.lesion.count"] == [("over time", "count-limits")]
    assert found["rules.count-limits"] == [("over time", "count-limits")]


def test_rules_judge_when_their_scope_does_and_say_what_a_departure_does() -> None:
    found = places("""
rules: {inside-image: {tolerance_px: 3, level: warning}}
readers: {rules: {enough-readers: {min: 2}}}
annotators: {rules: {minimum-time: {min_s: 5}}}
escalation:
  routes: {board: {who: Expert board}}
  when: {many: {class: lesion, count-limits: {max: 5}, to: board}}
""")
    assert found["rules.inside-image"] == [("on submit", "inside-image, pointed out only")]
    assert found["readers.rules.enough-readers"] == [("over readers", "enough-readers")]
    assert found["annotators.rules.minimum-time"] == [("over time", "minimum-time")]
    assert found["escalation.when.many.count-limits"] == [("on submit", "count-limits, escalates")]
    assert found["escalation.routes.board.who"][0][0] == "by people only"


def test_a_question_of_a_set_says_what_judges_it_where_it_is_asked() -> None:
    found = places(
        """\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, asks: ratings}
attribute_sets:
  ratings:
    size: {title: Size, scale: {1: Small, 2: Large}, higher_means: larger, required: true}
    rim: {title: Rim, scale: {1: Sharp, 2: Faint}, higher_means: worse, required: {when: {size: "2"}}}
    worst:
      title: Worst
      scale: {1: Good, 2: Bad}
      higher_means: worse
      derive: {worst_of: [size, rim], entered: never}
  unused:
    sum: {title: Sum, number: {min: 0}, derive: {sum: size}}
"""
    )
    assert ("on submit", "derived-answer") in found["attribute_sets.ratings.worst.derive"]
    assert [by for _, by in found["attribute_sets.ratings.worst.derive"] if by.startswith("derived-")] == [
        "derived-answer"
    ]
    assert ("on submit", "required-attribute") in found["attribute_sets.ratings.rim.required.when"]
    assert "attribute-in-range" not in str(found["attribute_sets.ratings.worst.scale"])
    assert found["attribute_sets.unused.sum.derive"] == [("nothing", "nobody is asked it")]
