"""What a guideline says of its answers becomes checks, and annotators read it before they begin."""

from __future__ import annotations

import re
from dataclasses import replace

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan

PART = """\
attributes:
  finding:
    title: Finding
    of: image
    choose_many: {none: {title: No finding, exclusive: true}, nodule: Nodule, effusion: Effusion}
    required: true
  count: {title: Number of lesions, of: image, number: {min: 0}, required: {when: {finding: nodule}}}
  follow-up:
    title: Follow-up
    of: image
    choose_one: {short: 3 months, long: 12 months}
    required: {when_number: {count: {at_least: 3}}}
    forbidden: {when: {finding: none}}
rules:
  entered-matches-measured: {attribute: count, measured: count, of_regions: [lesion]}
  answer-requires: {attribute: finding, values: [nodule], marked: [lesion]}
  answer-excludes: {attribute: finding, values: [effusion], answers: {follow-up: [long]}}
"""
GUIDELINE = load(with_part(PART))
PLAN = compile_plan(GUIDELINE, catalogue())


def told(**answers: str | float | tuple[str, ...]) -> list[str]:
    """Judge what is answered about an image without a mark, by the plan as a vendor reads it."""
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    said = {name: Answer(name, value if isinstance(value, tuple) else (value,)) for name, value in given.items()}
    submission = replace(Submission("1", "1", "ann", ImageFacts()), answers=said)
    plan = Plan.from_json(PLAN.to_json(), catalogue())
    assert plan.digest == PLAN.digest
    return [finding.message for finding in judge(plan, submission).to_change]


def test_answers_that_go_together_are_accepted() -> None:
    assert told(finding="none") == []


def test_what_one_answer_says_of_others_is_told_in_the_words_of_the_guideline() -> None:
    assert told(finding=("none", "effusion"), follow_up="long", count=3.0) == [
        "Finding is answered No finding, which excludes every other answer, and Effusion as well",
        "Follow-up is answered 12 months, and is not to be answered here",
        "Finding is answered Effusion, and Follow-up 12 months, which it excludes",
        "Number of lesions is 3, and 0 of Lesion marked: 3 apart, where 0 may be",
    ]


def test_a_number_asks_for_another_answer() -> None:
    assert "Follow-up is not answered for this image" not in told(finding="nodule", count=2.0)
    assert "Follow-up is not answered for this image" in told(finding="nodule", count=3.0)


def test_annotators_read_it_and_the_editor_insists_on_nothing_that_depends_on_a_number() -> None:
    made = outputs(GUIDELINE, PLAN)
    read = re.sub("<[^>]+>", "", made["instructions.html"])
    assert "Asked when Number of lesions is at least 3." in read
    assert "Not answered when Finding is No finding." in read
    assert 'requiredMessage="Please answer: Number of lesions."' in made["label_config.xml"]
    assert "Please answer: Follow-up." not in made["label_config.xml"]


NARROWED = """\
attributes:
  treated:
    title: Treated
    of: image
    choose_one: {no: No, grown: 'Yes, progression was shown', not-grown: 'Yes, no progression was shown'}
  seen: {title: Lesion seen, of: image, choose_one: {no: No, yes: Yes}}
rules:
  no-target: {rule: attribute-in-range, attribute: treated, options: [no, grown]}
  answer-matches-regions: {attribute: seen, present: [yes], classes: [lesion]}
"""


def test_an_option_that_is_not_allowed_here_is_no_spelling_of_one_that_is() -> None:
    answers = {"treated": Answer("treated", ("not-grown",)), "seen": Answer("seen", ("yes",))}
    submission = replace(Submission("1", "1", "ann", ImageFacts()), answers=answers)
    found = judge(compile_plan(load(with_part(NARROWED)), catalogue()), submission).to_change
    assert [finding.message for finding in found] == [
        "Lesion seen is answered Yes, but no Lesion is marked",
        "Treated is answered “Yes, no progression was shown”, which is not one of: No, Yes, progression was shown",
    ]
