"""Whatever is submitted, every rule gives an answer."""

from __future__ import annotations

import json
from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Raster, Rectangle, Shape
from guidelint.annotation.submission import Relation, Submission, UnknownItem, UnreadableItem
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

pytestmark = pytest.mark.many

PLAN = plan_of(
    *(
        rule.model_validate_json(json.dumps(dict(case.given)))
        for rule in catalogue().values()
        for case in {json.dumps(dict(case.given)): case for case in rule.cases}.values()
    )
)
"""Every rule with every set of parameters of its cases."""

NAMES = st.sampled_from(["lesion", "core", "tumour", "liver", "kidney", "cell", "", "☃"])
NUMBERS = st.sampled_from([0.0, 1.0, 1.5, -3.0, 7.0, 1e-9, 1e4, nan, inf, -inf]) | st.floats(-20, 20)
SIZES = st.sampled_from([(8, 8), (8, 9), (0, 0), (0, 8), (1, 1)])
VALUES = st.text(max_size=3) | NUMBERS | st.sampled_from(["sharp", "5 (undefined)", "5", "not-sure", " "])
ANSWERS = st.dictionaries(
    st.sampled_from(["margin", "malignancy", "quality", "dose", "note", "lesions", "confidence"]),
    st.builds(Answer, st.just("margin"), st.lists(VALUES, max_size=3).map(tuple)),
    max_size=3,
)


def raster(rows: list[list[bool]], size: tuple[int, int], fault: str) -> Raster:
    def decode() -> Mask:
        if fault:
            raise MaskError(fault)
        return Mask.from_crop(np.array(rows, np.bool_), 0, 0, size)

    return Raster(decode)


ROWS = st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=8, max_size=8)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8).map(lambda points: np.array(points, float).reshape(-1, 2))
SHAPES: st.SearchStrategy[Shape] = (
    st.builds(Polygon, POINTS, st.booleans(), st.sampled_from(["polygon", "vector"]))
    | st.builds(Rectangle, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
    | st.builds(Ellipse, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
    | st.builds(KeyPoint, NUMBERS, NUMBERS)
    | st.builds(raster, ROWS, st.sampled_from([(8, 8), (8, 9)]), st.sampled_from(["", "cut off"]))
    | st.builds(Malformed, st.sampled_from(["polygon", "brush", "keypoint"]), st.text(max_size=3))
)
SPACINGS = st.sampled_from([None, Spacing(1.0, 1.0), Spacing(0.3, 3.0)])
PLAIN = st.builds(
    Region,
    id=st.sampled_from(["a", "b", "c", "d", ""]),
    class_name=st.none() | NAMES,
    shape=SHAPES,
    image_shape=SIZES,
    labels=st.lists(NAMES, max_size=2).map(tuple),
    answers=ANSWERS,
    spacing=SPACINGS,
    number=st.integers(0, 9),
    object_name=st.none() | NAMES,
    parent_id=st.none() | st.sampled_from(["a", "b", "z"]),
    image_rotation=st.sampled_from([0.0, 90.0, nan]),
    boundary=st.sampled_from(["inside", "outside"]),
    item_index=st.none() | st.integers(0, 2),
)
EXCLUDING = st.builds(
    Region, id=st.just("e"), class_name=NAMES, shape=SHAPES, image_shape=SIZES, excluded=st.tuples(PLAIN)
)
FACTS = st.builds(
    ImageFacts,
    rows=st.none() | st.integers(0, 9),
    columns=st.none() | st.integers(0, 9),
    spacing=SPACINGS,
    modality=st.sampled_from([None, "", "CT", "MR"]),
    series_uid=st.sampled_from([None, "", "1.2"]),
)
SUBMISSIONS = st.builds(
    Submission,
    task=st.just("1"),
    annotation=st.text(max_size=2),
    annotator=st.none() | st.just("ann"),
    image=FACTS,
    regions=st.lists(PLAIN | EXCLUDING, max_size=4).map(tuple),
    answers=ANSWERS,
    item_answers=st.dictionaries(st.integers(0, 2), ANSWERS, max_size=2),
    item_images=st.dictionaries(st.integers(0, 2), FACTS, max_size=2),
    item_count=st.integers(0, 2),
    relations=st.lists(st.builds(Relation, st.sampled_from("abz"), st.sampled_from("abz")), max_size=2).map(tuple),
    unknown_items=st.lists(st.builds(UnknownItem, st.just(""), st.just(""), st.just(""), st.just("")), max_size=1).map(
        tuple
    ),
    unreadable_items=st.lists(st.builds(UnreadableItem, st.just(0), st.just("")), max_size=1).map(tuple),
    previous=st.none()
    | st.builds(
        Submission, st.just("1"), st.just("1"), st.none(), FACTS, regions=st.lists(PLAIN, max_size=2).map(tuple)
    ),
)
any_submission = settings(
    deadline=None,
    max_examples=examples(60),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def failures(verdict: Verdict) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in verdict.findings if one.outcome == "rule-failed"]


@given(SUBMISSIONS)
@any_submission
def test_no_rule_fails_and_what_cannot_be_told_is_never_accepted(submission: Submission) -> None:
    verdict = judge(PLAN, submission)
    assert failures(verdict) == []
    if any(finding.outcome == "cannot-evaluate" for finding in verdict.findings):
        assert verdict.decision in {"unverified", "returned"}


@given(st.lists(SUBMISSIONS, max_size=3))
@any_submission
def test_no_object_rule_fails_on_any_series(submissions: list[Submission]) -> None:
    ledger = Fold(PLAN)
    for submission in submissions:
        ledger.add(submission)
    assert [failures(verdict) for verdict in ledger.verdicts() if failures(verdict)] == []


@given(SUBMISSIONS)
@any_submission
def test_judging_twice_gives_the_same_verdict(submission: Submission) -> None:
    assert repr(judge(PLAN, submission)) == repr(judge(PLAN, submission))
