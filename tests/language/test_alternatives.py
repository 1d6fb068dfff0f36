"""Conditions as alternatives: whatever a condition holds for, and nothing else, is as one of them says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.region import Answer
from guidelint.imaging.facts import ImageFacts
from guidelint.language.form.rule_fields import forms
from guidelint.language.lint.conditions.alternatives import Others, alternatives
from guidelint.language.lint.numbers.interval import Interval
from guidelint.language.reading import reading
from guidelint.language.text.parse import parse
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.condition import Condition, Situation

if TYPE_CHECKING:
    from guidelint.language.lint.conditions.alternatives import Alternative, Thing, Values

ROOT = parse("""\
attributes:
  level: {title: Level, of: image, choose_one: {low: Low, mid: Mid, high: High}, required: true}
  open: {title: Open, of: image, choose_one: {a: A, b: B}}
  score: {title: Score, of: image, number: {min: 0, max: 4}}
""").root
assert ROOT is not None
WRITTEN = reading(forms(catalogue()).body, ROOT).whole
LIMITS = st.sampled_from([{"at_least": 2}, {"above": 2}, {"at_most": 1}, {"below": 2}, {"above": 0, "at_most": 2}])
PARTS = st.one_of(
    st.sampled_from([("level", ["low"]), ("level", ["low", "mid"]), ("open", ["a"]), ("open", ["a", "b"])]).map(
        lambda said: {"answer": {said[0]: said[1]}}
    ),
    LIMITS.map(lambda limits: {"number": {"score": limits}}),
    LIMITS.map(lambda limits: {"image": {"rows": limits}}),
    st.sampled_from([["CT"], ["CT", "MR"]]).map(lambda codes: {"image": {"modality": codes}}),
    st.sampled_from([["cyst"], ["cyst", "node"]]).map(lambda classes: {"marked": classes}),
)
Written = dict[str, Any]


def around(within: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    """Write conditions around others, as alternatives or behind `not`."""
    several = st.lists(within, min_size=1, max_size=2).map(tuple)
    return st.builds(written, PARTS, within, several, st.booleans())


def written(own: Written, one: Written, several: tuple[Written, ...], is_not: bool) -> Written:  # noqa: FBT001 - drawn
    return {**own, **({"not": one} if is_not else {"any_of": several})}


def together(parts: list[Written]) -> Written:
    return {key: value for part in parts for key, value in part.items()}


CONDITIONS = st.recursive(st.lists(PARTS, min_size=1, max_size=3).map(together), around, max_leaves=4)


@given(
    CONDITIONS,
    st.sampled_from(["low", "mid", "high"]),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, 0.0, 1.0, 2.0, 3.0]),
    st.sampled_from(["CT", "MR"]),
    st.integers(1, 3),
    st.sets(st.sampled_from(["cyst", "node"])),
)
def test_a_condition_holds_where_one_of_its_alternatives_does(  # noqa: PLR0917 - one for each thing
    given_: Written,
    level: str,
    open_: str | None,
    score: float | None,
    modality: str,
    rows: int,
    marked: set[str],
) -> None:
    condition = Condition.model_validate(given_)
    said = {"level": level, "open": open_, "score": score}
    answers = {name: Answer(name, (value,)) for name, value in said.items() if value is not None}
    image = ImageFacts(modality=modality, rows=rows)
    optional = frozenset({"open", "score"})
    holds = condition.holds(Situation(answers, image, optional=optional, marked=frozenset(marked)))
    is_so: dict[Thing, str | float | None] = {
        ("answer", "level"): level,
        ("answer", "open"): open_,
        ("number", "score"): score,
        ("image", "modality"): modality,
        ("image", "rows"): float(rows),
        **{("count", name): float(name in marked) for name in ("cyst", "node")},
        **{("open", name): name if said[name] is None else None for name in optional},
    }
    assert holds is any(_is(one, is_so) for one in alternatives(condition, WRITTEN))


def _is(one: Alternative, is_so: dict[Thing, str | float | None]) -> bool:
    return all(_lies_in(values, is_so[thing]) for thing, values in one.items())


def _lies_in(values: Values, value: str | float | None) -> bool:
    if isinstance(values, Interval):
        return isinstance(value, float) and values.covers(Interval(value, value))
    if isinstance(values, Others):
        return value is not None and value not in values.than
    return value in values
