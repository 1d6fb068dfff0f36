"""What is written once counts wherever it is used; what is wrong with it is told once, where it is written."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft7Validator
from tests.language.mistakes import problems

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.tree import as_json
from guidelint.rules.catalogue import catalogue
from locks import ROOT

PAGE = ROOT / "docs/reuse.md"
OPTIONS = "{smooth: Smooth, spiculated: Spiculated}"
REUSED = f"""\
vocabularies:
  margin: {OPTIONS}
families:
  lesion: {{title: Lesions, draw: polygon, border: outer, asks: ratings, rules: {{area-limits: {{min_mm2: 3}}}}}}
classes:
  nodule: {{title: Nodule, definition: A round one., kind_of: lesion, rules: {{area-limits: {{max_mm2: 700}}}}}}
  mass: {{title: Mass, definition: A large one., kind_of: lesion, draw: brush}}
  part-solid: {{title: Part-solid, definition: A nodule with a solid part., kind_of: nodule}}
attribute_sets:
  ratings:
    margin: {{title: Margin, choose_one: margin}}
attributes:
  doubt: {{title: Doubt, of: lesion, choose_one: {{yes: In doubt, no: Sure}}}}
escalation:
  routes: {{senior: {{who: Senior reader}}}}
  when: {{large: {{class: nodule, area-limits: {{max_mm2: 500}}, to: senior}}}}
"""
WRITTEN_OUT = f"""\
classes:
  nodule:
    {{title: Nodule, definition: A round one., draw: polygon, border: outer, group: Lesions,
      rules: {{area-limits: {{min_mm2: 3, max_mm2: 700}}}}}}
  mass:
    {{title: Mass, definition: A large one., draw: brush, border: outer, group: Lesions,
      rules: {{area-limits: {{min_mm2: 3}}}}}}
  part-solid:
    {{title: Part-solid, definition: A nodule with a solid part., draw: polygon, border: outer, group: Lesions,
      rules: {{area-limits: {{min_mm2: 3, max_mm2: 700}}}}}}
attributes:
  doubt: {{title: Doubt, of: [nodule, mass, part-solid], choose_one: {{yes: In doubt, no: Sure}}}}
  margin: {{title: Margin, of: [nodule, mass, part-solid], choose_one: {OPTIONS}}}
escalation:
  routes: {{senior: {{who: Senior reader}}}}
  when: {{large: {{class: [nodule, part-solid], area-limits: {{max_mm2: 500}}, to: senior}}}}
"""


def told(part: str) -> list[tuple[str, str]]:
    """Code of everything that is told of a part, with the words in the place that it is told of."""
    text = with_part(part)
    lines = text.splitlines()
    return [(one.code, lines[one.span.line][one.span.column : one.span.end_column]) for one in problems(text)]


def test_it_means_what_it_means_written_out() -> None:
    reused, written_out = load(with_part(REUSED)), load(with_part(WRITTEN_OUT))
    assert reused.model_copy(update={"text_digest": ""}) == written_out.model_copy(update={"text_digest": ""})
    assert compile_plan(reused, catalogue()).digest == compile_plan(written_out, catalogue()).digest


def test_nothing_is_unwise_about_it() -> None:
    assert loaded(with_part(REUSED)).warnings.problems == ()


@pytest.mark.parametrize("part", re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE))
def test_the_examples_of_the_page_are_sound(part: str) -> None:
    whole = part if "extends:" in part else with_part(part)
    assert loaded(whole).warnings.problems == ()


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("choose_one: margin", "choose_one: margn", [("unknown-vocabulary", "margn"), ("unused-vocabulary", "margin")]),
        ("asks: ratings", "asks: rating", [("unknown-attribute-set", "rating")]),
        ("kind_of: lesion, draw", "kind_of: leison, draw", [("unknown-family", "leison")]),
        ("kind_of: lesion, rules", "kind_of: leison, rules", [("unknown-family", "leison")]),
        ("kind_of: lesion, rules", "kind_of: part-solid, rules", [("circle", "part-solid")]),
        ("kind_of: lesion, rules", "kind_of: nodule, rules", [("circle", "nodule")]),
        ("  doubt:", "  margin:", [("name-taken", "margin")]),
        (
            "  lesion: {",
            "  mass: {",
            [("name-taken", "mass"), *[("unknown-family", "lesion")] * 2, ("unknown-class", "lesion")],
        ),
        ("draw: polygon", "draw: poligon", [("unknown-value", "poligon")]),
        ("min_mm2: 3", "min_mm2: -3", [("out-of-range", "-3")]),
        ("min_mm2: 3", "min_mm2: 800", [("empty-range", "800")]),
        ("spiculated: Spiculated", "spiculated: ", [("empty", "")]),
        ("smooth: Smooth", "Smooth: Smooth", [("bad-name", "Smooth")]),
        ("title: Margin", "titel: Margin", [("unknown-key", "titel")]),
        ("title: Margin, choose_one", "title: Margin, of: mass, choose_one", [("unknown-key", "of")]),
        ("Doubt, of: lesion", "Doubt, of: lesoin", [("unknown-class", "lesoin")]),
        ("draw: brush", "draw: polygon", [("said-by-its-family", "draw")]),
        ("max_mm2: 700", "min_mm2: 3", [("said-by-its-family", "rules")]),
    ],
)
def test_a_mistake_is_told_once_where_it_is_written(right: str, wrong: str, expected: list[tuple[str, str]]) -> None:
    found = told(REUSED.replace(right, wrong, 1))
    errors = [one for one in found if one[0] not in {"unused-vocabulary", "unused-attribute-set"}]
    assert errors == [one for one in expected if one[0] != "unused-vocabulary"]


def test_a_relation_that_names_a_family_is_told_its_kinds() -> None:
    part = f"{REUSED}relations:\n  apart: {{separate: {{pairs: [[lesion, mass]]}}}}\n"
    (problem,) = problems(with_part(part))
    assert problem.message == "`lesion` is a family, of which nothing is drawn"
    assert problem.help == "Name its kinds: `nodule`, `mass`, `part-solid`."


def test_a_use_of_another_rule_under_the_name_of_an_inherited_one_takes_none_of_its_parameters() -> None:
    part = REUSED.replace("area-limits: {min_mm2: 3}", "size: {rule: area-limits, min_mm2: 3}").replace(
        "rules: {area-limits: {max_mm2: 700}}", "rules: {size: {rule: diameter-limits, longest_min_mm: 3}}"
    )
    classes = load(with_part(part)).classes
    assert {name: part.rules["size"].rule.id() for name, part in classes.items()} == {
        "nodule": "diameter-limits",
        "mass": "area-limits",
        "part-solid": "diameter-limits",
    }


def test_a_rule_of_a_family_need_not_suit_the_tools_of_every_kind() -> None:
    part = REUSED.replace("{min_mm2: 3}", "{min_mm2: 3}, closed-outline: {}")
    assert told(part) == []
    assert ("rule-never-applies", "closed-outline") in told(part.replace("draw: polygon", "draw: brush"))


def test_steps_of_a_scale_may_be_a_vocabulary() -> None:
    part = """\
vocabularies:
  grade: {1: Low, 2: Middle, 3: High}
attributes:
  grade: {title: Grade, of: lesion, scale: grade, higher_means: worse}
"""
    assert list(load(with_part(part)).attributes["grade"].options) == ["1", "2", "3"]
    assert told(part.replace("1: Low", "low: Low")) == [("bad-name", "low")]


def test_a_chain_of_kinds_inherits_from_the_last_to_the_first() -> None:
    classes = "".join(
        f"  spot-{n}: {{title: Spot {n}, definition: Number {n}., kind_of: spot-{n + 1}}}\n" for n in range(40)
    )
    last = "  spot-40: {title: Last spot, definition: The last., draw: ellipse, asks: ratings}\n"
    sets = "attribute_sets:\n  ratings:\n    sure: {title: Sure, choose_one: {yes: Sure, no: Unsure}}\n"
    guideline = load(with_part(f"classes:\n{classes}{last}{sets}"))
    assert {part.draw for part in guideline.classes.values()} == {("ellipse",)}
    assert len(guideline.attributes["sure"].of) == 41


@pytest.mark.parametrize(
    "part",
    [
        f"vocabularies:\n  v: {{{', '.join(f'o{n}: Option {n}' for n in range(400))}}}\nattributes:\n"
        + "".join(f"  q{n}: {{title: Question {n}, of: lesion, choose_one: v}}\n" for n in range(400)),
        "classes:\n"
        + "".join(f"  c{n}: {{title: C {n}, definition: d, draw: polygon, kind_of: c{n + 1}}}\n" for n in range(600)),
    ],
    ids=["a vocabulary used often", "a long chain of kinds"],
)
def test_what_would_grow_beyond_reading_is_refused(part: str) -> None:
    assert [code for code, _ in told(part)] == ["too-large"]


def test_the_schema_takes_a_kind_without_tools_and_no_other_class() -> None:
    schema = Draft7Validator(guideline_schema(catalogue()))
    for text, is_sound in (
        (with_part(REUSED), True),
        (with_part(REUSED).replace("kind_of: nodule", "group: x"), False),
    ):
        root = parse(text).root
        assert root is not None
        assert schema.is_valid(as_json(root)) == is_sound


def test_a_class_without_family_says_how_it_is_drawn() -> None:
    with pytest.raises(GuidelineProblems) as caught:
        load(with_part(REUSED.replace(", kind_of: nodule", "")))
    assert [problem.code for problem in caught.value.problems] == ["missing"]


QUALITY = """\
images: {asks: quality}
attribute_sets:
  quality:
    blur: {title: Blur, choose_one: {none: None, some: Some}, required: true}
    noise: {title: Noise, choose_one: {none: None, some: Some}, required: {when: {blur: some}}}
"""


def test_a_set_is_asked_of_the_whole_image() -> None:
    asked = loaded(with_part(QUALITY))
    assert asked.warnings.problems == ()
    assert {name: part.per_region for name, part in asked.guideline.attributes.items()} == {
        "blur": False,
        "noise": False,
    }


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("asks: quality", "asks: qualty", [("unknown-attribute-set", "qualty"), ("unused-attribute-set", "quality")]),
        ("images: {asks: quality}\n", "", [("unused-attribute-set", "quality")]),
    ],
)
def test_a_set_for_the_image_is_looked_for_and_looked_at(
    right: str, wrong: str, expected: list[tuple[str, str]]
) -> None:
    assert told(QUALITY.replace(right, wrong)) == expected


def test_a_set_is_not_asked_of_the_image_and_of_classes() -> None:
    part = "classes:\n  mass: {title: Mass, definition: A large one., draw: polygon, asks: quality}\n" + QUALITY
    assert {code for code, _ in told(part)} == {"image-among-classes"}
