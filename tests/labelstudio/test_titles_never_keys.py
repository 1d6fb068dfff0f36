"""People read titles: no key of a guideline stands in a banner or a column, whatever is found under it.

The guideline's keys all begin with ``kx``, which no title does. What is delivered names things by their keys, as the
compiled labeling config has Label Studio store them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.labelstudio.decoding.decoder import decode
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.labelstudio.writeback.summary import what_to_change
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Verdict

GUIDELINE = """\
title: Findings of the chest
images: {modality: CT, pixel_spacing: {max_mm: 1}}
classes:
  kx-mass:
    title: Mass
    definition: d
    draw: [polygon, rectangle]
    count: {min: 1, max: 1}
    rules: {closed-outline: {max_gap_mm: 1}, area-limits: {min_px: 900}}
  kx-nodule: {title: Nodule, definition: d, draw: [polygon, rectangle], rules: {diameter-limits: {longest_max_px: 9}}}
  kx-lung: {title: Lung, definition: d, draw: brush}
attributes:
  kx-risk: {title: Malignancy, of: kx-mass, scale: {1: Unlikely, 2: Likely}, higher_means: worse, required: true}
  kx-edge: {title: Margin, of: [kx-mass, kx-nodule], choose_one: {kx-sharp: Sharp, kx-dull: Blurred}, required: true}
  kx-sure: {title: Confidence, of: image, choose_one: {kx-yes: Sure, kx-no: Possible}, required: true}
  kx-none: {title: Nothing to mark, of: image, choose_one: {kx-empty: Nothing seen, kx-some: Something seen}}
  kx-dose: {title: Dose, of: image, number: {min: 1, max: 2, unit: mg}}
rules:
  answer-matches-regions: {attribute: kx-none, absent: [kx-empty], present: [kx-some]}
  separate: {pairs: [[kx-mass, kx-mass], [kx-mass, kx-nodule]]}
  no-duplicate-regions: {across_classes: true}
relations:
  kx-in: {inside: {child: kx-nodule, parent: kx-lung}}
empty_reading: {say: {kx-none: kx-empty}}
escalation:
  routes: {kx-route: {who: Thoracic radiologist, within_hours: 1}}
  when:
    kx-likely: {answer-escalates: {attribute: kx-risk, values: ['2']}, to: kx-route}
    kx-unsure: {uncertain-escalates: {attribute: kx-sure, values: [kx-no]}, to: kx-route}
    kx-many: {class: kx-nodule, count-limits: {max: 0}, to: kx-route}
"""
PLAN = compile_plan(load(with_part(GUIDELINE)), catalogue())
DATA = {"PixelSpacing": [0.5, 0.5], "Modality": "CT"}


def item(type_: str, control: str, value: object, name: str = "r1", **more: object) -> dict[str, object]:
    size = {"original_width": 200, "original_height": 100, "to_name": "image"}
    return {"id": name, "type": type_, "from_name": control, "value": value, **size, **more}


def box(class_name: str, name: str, left: float, *more: str) -> dict[str, object]:
    value = {"x": left, "y": 10, "width": 10, "height": 10, "rectanglelabels": [class_name, *more]}
    return item("rectanglelabels", "rectangle", value, name)


def choices(control: str, *chosen: str, name: str = "a1", **more: object) -> dict[str, object]:
    return item("choices", control, {"choices": list(chosen)}, name, **more)


SUBMISSIONS: dict[str, tuple[list[dict[str, object]], set[tuple[str, str]]]] = {
    "nothing": (
        [],
        {
            ("something-marked-or-said", "empty"),
            ("count-limits", "too-few"),
            ("required-attribute", "image-unanswered"),
        },
    ),
    "unanswered, too many, too small, upon each other": (
        [box("kx-mass", "r1", 10), box("kx-mass", "r2", 10), box("kx-nodule", "r3", 15)],
        {
            ("required-attribute", "unanswered"),
            ("count-limits", "too-many"),
            ("area-limits", "too-small-px"),
            ("diameter-limits", "too-large-px"),
            ("separate", "overlap-at-all"),
            ("inside", "no-parent"),
            ("no-duplicate-regions", "same-area"),
        },
    ),
    "answers that escalate": (
        [
            box("kx-mass", "r1", 10),
            item("rating", "kx-risk", {"rating": 2, "x": 10, "y": 10, "width": 10, "height": 10}, "r1"),
            choices("kx-sure", "kx-no"),
        ],
        {("answer-escalates", "listed"), ("uncertain-escalates", "uncertain")},
    ),
    "answers against what is marked": (
        [box("kx-mass", "r1", 10), choices("kx-none", "kx-empty")],
        {("answer-matches-regions", "absent-but-marked")},
    ),
    "answers without what they say": (
        [choices("kx-none", "kx-some")],
        {("answer-matches-regions", "present-but-unmarked")},
    ),
    "wrong answers": (
        [
            choices("kx-sure", "kx-yes", "kx-no"),
            choices("kx-none", "kx-empty ", name="a2"),
            item("number", "kx-dose", {"number": 3}, "a3"),
            item("rating", "kx-risk", {"rating": 7, "x": 10, "y": 10, "width": 10, "height": 10}, "r1"),
            box("kx-mass", "r1", 10),
        ],
        {
            ("choose-one", "several"),
            ("attribute-in-range", "resembles"),
            ("attribute-in-range", "not-an-option"),
            ("attribute-in-range", "above"),
        },
    ),
    "labels and tools": (
        [
            box("kx-mass", "r1", 10, "kx-nodule"),
            box("Mass ", "r2", 40),
            box("KX-MASS", "r3", 60),
            box("kx-lung", "r4", 80),
        ],
        {("known-label", "several"), ("known-label", "resembles"), ("drawn-with-allowed-tool", "other-tool")},
    ),
    "controls": (
        [
            choices("KX-sure", "kx-yes", name="a1"),
            item("brushlabels", "kx-dose", {"brushlabels": ["b"]}, "a2"),
            item("choices", "other", {"choices": ["b"]}, "a3"),
        ],
        {("known-control", "resembles"), ("known-control", "other-form"), ("known-control", "unknown")},
    ),
}


def verdict_on(items: list[dict[str, object]]) -> Verdict:
    raw = msgspec.json.encode({"id": 7, "task": 3, "completed_by": 5, "result": items})
    return judge(PLAN, decode(raw, DATA, PLAN.vocabulary))


def told(finding: Finding) -> str:
    """Everything that people read of a finding, without what it quotes as it was delivered."""
    regions = " ".join(region.title for region in finding.regions)
    text = f"{regions} {finding.message} {finding.do} {finding.do_offline} {finding.heading}"
    quoted = [str(finding.evidence.get(name, "")) for name in ("label", "answer", "control")]
    for quote in quoted if finding.kind in {"resembles", "unknown"} else ():
        text = text.replace(quote, "")
    return text.lower()


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_no_key_of_the_guideline_is_read_by_people(name: str) -> None:
    items, kinds = SUBMISSIONS[name]
    verdict = verdict_on(items)
    assert kinds <= {(finding.rule, finding.kind) for finding in verdict.findings}
    assert [told(finding) for finding in verdict.findings if "kx" in told(finding)] == []


@pytest.mark.parametrize(
    "name", [name for name in SUBMISSIONS if name not in {"wrong answers", "labels and tools", "controls"}]
)
def test_no_key_stands_in_the_banner_or_in_a_column(name: str) -> None:
    told = verdict_on(SUBMISSIONS[name][0])
    assert "kx" not in f"{banner_of(told, PLAN.routes)} {what_to_change(told, PLAN.routes)}".lower()


def test_an_answer_is_told_as_it_was_given_and_who_takes_it() -> None:
    said = banner_of(verdict_on(SUBMISSIONS["answers that escalate"][0]), PLAN.routes)
    assert "<b>Malignancy</b> is answered <b>Likely</b>" in said
    assert "<b>Confidence</b> is answered <b>Possible</b>" in said


def test_who_hands_in_nothing_is_told_which_answer_says_so() -> None:
    said = banner_of(verdict_on([]), PLAN.routes)
    assert "If there is nothing to mark, answer Nothing to mark with Nothing seen." in said
