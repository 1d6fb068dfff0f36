"""How what was handed in of an item agrees with what is expected, by the rules that compare two readers of a task."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.annotation.each_once import each_once
from guidelint.checking.exam.as_areas import LEAST_IOU, with_areas
from guidelint.language.compile.filled_in import completed
from guidelint.rules.agreement.answer_agreement import AnswerAgreement
from guidelint.rules.agreement.overlap_agreement import OverlapAgreement
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.plan import Check
from guidelint.validation.rule.parameters.naming import CHOSEN, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Answer
    from guidelint.annotation.submission import Submission
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan

MATCH_IOU: Final = 0.5
"""Where a guideline says nothing else, two regions are one that overlap by so much, as is usual in detection; all that
is expected is asked for then, and nothing else."""
_WITHOUT_AREA: Final = frozenset({"keypoint", "vector"})


@dataclass(frozen=True, slots=True)
class Compared:
    """How two annotations of one item agree."""

    differs: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    """What could not be compared, and why."""


def comparing(guideline: Guideline, plan: Plan) -> Plan:
    """Make the plan of the rules by which what is handed in is held against what is expected."""
    own = tuple(check for check in plan.checks if isinstance(check.rule, OverlapAgreement | AnswerAgreement))
    asked = {check.rule.attribute for check in own if isinstance(check.rule, AnswerAgreement)}
    answers = tuple(_of_answers(name, guideline) for name in _compared_questions(guideline) if name not in asked)
    areas = tuple(_of_class(name, guideline, own) for name in guideline.classes)
    kept = tuple(check for check in own if isinstance(check.rule, AnswerAgreement))
    return replace(plan, checks=(*(check for checks in areas for check in checks), *kept, *answers))


def compared(plan: Plan, expected: Submission, handed_in: Submission) -> Compared:
    """Compare two annotations of one task; ``plan``: that of ``comparing``."""
    fold = Fold(plan)
    one = _by(expected, "expected", "the guideline")
    other = replace(_by(handed_in, "handed in", "the annotator"), task=expected.task)
    fold.add(one)
    fold.add(other)
    found = [finding for verdict in fold.verdicts() for finding in verdict.findings]
    return Compared(
        tuple(
            dict.fromkeys([*(one.message for one in found if one.outcome == "departs"), *_left_open(one, other, plan)])
        ),
        tuple(dict.fromkeys(one.message for one in found if one.outcome != "departs")),
    )


def _by(submission: Submission, annotation: str, annotator: str) -> Submission:
    """Name it as messages of rules read on: annotation expected by the guideline."""
    return replace(with_areas(submission), annotation=annotation, annotator=annotator, annotator_name="")


def _of_class(name: str, guideline: Guideline, own: tuple[Check, ...]) -> tuple[Check, ...]:
    """Give the checks of a class: its own targets, else what is asked of the readers of every task, else as usual."""
    targets = guideline.readers.regions.get(name)
    where = f"readers.regions.{name}"
    has_area = not {*guideline.classes[name].draw} <= _WITHOUT_AREA
    if targets is not None and has_area:
        asked = {
            "min_dice": targets.min_dice,
            "max_hd95_mm": targets.max_hd95_mm,
            "min_matched": targets.min_detection_f1,
        }
        given = {key: value for key, value in asked.items() if value is not None}
        if given:
            return (Check(OverlapAgreement.model_validate(given), where, frozenset({name})),)
    of_readers = tuple(check for check in own if isinstance(check.rule, OverlapAgreement) and _concerns(check, name))
    if of_readers and has_area:
        return tuple(
            replace(check, classes=frozenset({name}), escalates_to=None, level="error") for check in of_readers
        )
    rule = OverlapAgreement(min_matched=1, match_iou=MATCH_IOU if has_area else LEAST_IOU)
    return (Check(rule, where, frozenset({name})),)


def _concerns(check: Check, name: str) -> bool:
    return name not in check.but_for and (check.classes is None or name in check.classes)


def _compared_questions(guideline: Guideline) -> Iterator[str]:
    """Name the questions whose answers can be compared, and that somebody answers."""
    for name, question in guideline.attributes.items():
        if question.kind in CHOSEN | NUMBER and question.over is None:
            yield name


def _of_answers(name: str, guideline: Guideline) -> Check:
    rule = completed(AnswerAgreement(attribute=name), guideline)
    return Check(rule, f"readers.answers.{name}")


def _left_open(expected: Submission, handed_in: Submission, plan: Plan) -> Iterator[str]:
    """Name what is answered in what is expected and was not."""
    asked, given = _answered(expected), _answered(handed_in)
    for name, count in asked.items():
        if given[name] < count:
            yield f"{plan.vocabulary.attributes[name].title}: {given[name]} of {count} answers are given"


def _answered(submission: Submission) -> Counter[str]:
    every: list[Answer] = [*submission.answers.values()]
    every += [answer for answers in submission.item_answers.values() for answer in answers.values()]
    every += [answer for region in each_once(submission.regions) for answer in region.answers.values()]
    return Counter(answer.attribute for answer in every if answer.said)
