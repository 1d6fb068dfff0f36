"""What is only worded, ordered or written otherwise means the same; whatever is meant otherwise has another digest."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.validation.test_any_submission import SUBMISSIONS

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.plan import Plan

pytestmark = pytest.mark.many

GUIDELINE: dict[str, Any] = {
    "guidelint": 1,
    "guideline": "many-things",
    "version": "1.2.3",
    "title": "Many things",
    "summary": "Everything of which the order or the words could count.",
    "instructions": "Look.\n\nThen mark.",
    "images": {"modality": ["CT", "MR"], "pixel_spacing": {"min_mm": 0.1, "max_mm": 2.0}, "keys": {"rows": "height"}},
    "empty_reading": {"say": {"quality": ["nothing"]}},
    "classes": {
        "lesion": {
            "title": "Lesion",
            "definition": "A change.",
            "includes": ["what is round"],
            "draw": ["polygon", "brush"],
            "aliases": ["spot", "mark"],
            "count": {"min": 1, "max": 2},
            "rules": {
                "area-limits": {"min_mm2": 3, "max_mm2": 90, "note": "Draw it anew."},
                "closed-outline": {"max_gap_mm": 0.5},
                "inside-image": {"tolerance_px": 2, "level": "warning"},
            },
        },
        "core": {"title": "Core", "definition": "Its middle.", "draw": ["polygon", "brush"], "border": "outer"},
        "cell": {"title": "Cell", "definition": "A cell.", "draw": ["keypoint", "rectangle"], "color": "#112233"},
    },
    "attributes": {
        "malignancy": {
            "title": "Malignancy",
            "definition": "How likely?",
            "of": ["lesion", "core"],
            "scale": {1: "Unlikely", 2: "Perhaps", 3: "Likely"},
            "higher_means": "worse",
            "required": True,
        },
        "margin": {
            "title": "Margin",
            "of": "lesion",
            "choose_one": {"sharp": {"title": "Sharp", "aliases": ["clear"]}, "blurred": "Blurred"},
            "required": {"when": {"malignancy": [2, 3]}},
        },
        "quality": {"title": "Quality", "of": "image", "choose_many": {"good": "Good", "nothing": "Nothing there"}},
        "dose": {"title": "Dose", "of": "image", "number": {"min": 0, "max": 9, "unit": "mGy"}, "aliases": ["amount"]},
    },
    "control_aliases": {"outline": "polygon", "shape": "polygon"},
    "rules": {
        "separate": {"pairs": [["lesion", "cell"]]},
        "count-limits": {"classes": ["core", "cell"], "max": 4, "note": "Not so many."},
        "answer-matches-regions": {"attribute": "quality", "absent": ["nothing"]},
        "clean-vertices": {"level": "warning"},
    },
    "relations": {"core-in-lesion": {"inside": {"child": "core", "parent": "lesion"}}},
    "returned_work": {"mode": "requeue", "requeue_after_minutes": 20},
    "escalation": {
        "routes": {"senior": {"who": "senior reader", "within_hours": 24}, "board": {"who": "board", "readers": 3}},
        "when": {
            "large": {"class": "lesion", "diameter-limits": {"longest_max_mm": 5}, "to": "senior", "because": "Rare."},
            "bad": {"answer-escalates": {"attribute": "malignancy", "values": [3]}, "to": "board"},
        },
    },
}
WORDING = {"title", "definition", "note", "because", "summary", "instructions", "includes", "higher_means"}
"""Keys whose values are read by people alone."""
OPTIONS = {"choose_one", "choose_many", "scale"}
"""Keys beneath which a text is a title."""


class Dumper(yaml.SafeDumper):
    """Writes a guideline without anchors, as a guideline may not have any."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - every mapping stands for itself
        return True


class Quoting(Dumper):
    """Writes every text within quotation marks."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


Quoting.add_representer(str, _quoted)


def compiled(guideline: dict[str, Any], **style: Any) -> Plan:
    chosen: dict[str, Any] = {"Dumper": Dumper, "sort_keys": False, "allow_unicode": True, **style}
    text: str = yaml.dump(guideline, **chosen)
    return compile_plan(load(f"# Written by a test.\n{text}\n# The end.\n"), catalogue())


def reworded(draw: st.DrawFn, part: Any, key: object = "", above: object = "") -> Any:
    """Other words, and another order of every mapping but the steps of a scale."""
    if isinstance(part, dict):
        items = list(part.items())
        ordered = items if key == "scale" else draw(st.permutations(items))
        return {name: reworded(draw, value, name, key) for name, value in ordered}
    if key in WORDING and isinstance(part, list):
        return [reworded(draw, value, key) for value in part]
    if key in WORDING or (above in OPTIONS and isinstance(part, str)):
        return draw(st.just(part) | WORDS.map(lambda words: f"{words} {above} {key}"))
    return part


WORDS = st.text("ÄÖÜßabc#:'-", min_size=1, max_size=8).map(lambda text: f"Qx{text}w")
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, False, True]),
        "indent": st.sampled_from([2, 4, 8]),
        "Dumper": st.sampled_from([Dumper, Quoting]),
        "width": st.sampled_from([40, 120, 4000]),
    }
)


@st.composite
def same_meaning(draw: st.DrawFn) -> Plan:
    return compiled(reworded(draw, GUIDELINE), **draw(STYLES))


PLAN = compiled(GUIDELINE)


def ids(plan: Plan, submission: Submission) -> set[str]:
    return {finding.id for finding in judge(plan, submission).findings}


@settings(
    max_examples=examples(30),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
)
@given(same_meaning(), st.lists(SUBMISSIONS, min_size=1, max_size=3))
def test_other_words_order_and_style_leave_digest_and_ids(plan: Plan, submissions: list[Submission]) -> None:
    assert plan.digest == PLAN.digest
    for submission in submissions:
        assert ids(plan, submission) == ids(PLAN, submission)


def test_the_digest_of_the_text_is_of_the_very_text() -> None:
    text = yaml.dump(GUIDELINE, Dumper=Dumper)
    assert compile_plan(load(text), catalogue()).text_digest == hashlib.sha256(text.encode()).hexdigest()


CHANGES: dict[str, Any] = {
    "images.modality": ["CT"],
    "images.pixel_spacing.max_mm": 3.0,
    "images.keys.rows": "Height",
    "empty_reading.say.quality": ["good"],
    "classes.lesion.draw": ["polygon"],
    "classes.lesion.aliases": ["spot"],
    "classes.lesion.count.max": 3,
    "classes.lesion.rules.area-limits.min_mm2": 3.5,
    "classes.lesion.rules.area-limits.level": "note",
    "classes.lesion.rules.inside-image.level": "error",
    "classes.core.border": "inner",
    "classes.core.excluded_from": "lesion",
    "classes.another": {"title": "Another", "definition": "d", "draw": "polygon"},
    "attributes.malignancy.of": ["lesion"],
    "attributes.malignancy.required": False,
    "attributes.malignancy.scale": {1: "Unlikely", 2: "Perhaps", 3: "Likely", 4: "Sure"},
    "attributes.margin.required.when.malignancy": [3],
    "attributes.margin.choose_one.sharp.aliases": ["clearly"],
    "attributes.margin.choose_one.none": "None",
    "attributes.dose.number.max": 10,
    "attributes.dose.number.unit": "Gy",
    "attributes.dose.aliases": [],
    "control_aliases.shape": "brush",
    "rules.separate.max_dice": 0.1,
    "rules.count-limits.max": 5,
    "rules.clean-vertices.level": "error",
    "relations.core-in-lesion.inside.min_fraction": 0.9,
    "returned_work.mode": "keep",
    "returned_work.requeue_after_minutes": 21,
    "escalation.routes.senior.who": "another reader",
    "escalation.routes.senior.within_hours": 25,
    "escalation.routes.board.readers": 4,
    "escalation.when.large.to": "board",
    "escalation.when.large.class": "core",
    "escalation.when.large.diameter-limits.longest_max_mm": 6,
    "escalation.when.bad.answer-escalates.values": [2, 3],
}
"""Path in the guideline → what is written there instead."""


@pytest.mark.parametrize("path", CHANGES)
def test_whatever_is_meant_otherwise_has_another_digest(path: str) -> None:
    changed = deepcopy(GUIDELINE)
    *above, last = path.split(".")
    part = changed
    for key in above:
        part = part[key]
    part[last] = CHANGES[path]
    assert compiled(changed).digest != PLAN.digest
