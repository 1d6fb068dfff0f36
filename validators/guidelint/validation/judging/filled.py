"""A submission with the answers that follow from others and that nobody enters; what was handed in is not changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.each_once import drawing_of
from guidelint.annotation.region import Answer, Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.filled import Filled


def with_derived(
    filling: Sequence[Check], submission: Submission
) -> tuple[Submission, tuple[tuple[Check, Exception], ...]]:
    """Fill in what follows, in as many rounds as it takes: one may follow from another.

    Gives checks that raised as well, to be reported: what they answer is not filled in.
    """
    failed: dict[str, tuple[Check, Exception]] = {}
    for _ in filling:
        before = submission
        for check in filling:
            try:
                answers = [*check.rule.filled(submission)]
            except Exception as error:  # noqa: BLE001 - a rule that raises is reported, never passed over
                failed[check.clause] = check, error
                continue
            submission = _filled(submission, str(check.rule.filled_question), answers)
        if submission is before:
            break
    return submission, tuple(failed.values())


def _filled(submission: Submission, question: str, answers: list[Filled]) -> Submission:
    """Fill in the answers to one question where there is none."""
    of_regions = {
        drawing_of(region): value
        for region, _, value in answers
        if region is not None and question not in region.answers
    }
    of_images = {item: value for region, item, value in answers if region is None}
    whole, by_item = submission.answers, dict(submission.item_answers)
    for item, value in of_images.items():
        if item is None and question not in whole:
            whole = {**whole, question: _answer(question, value)}
        elif item is not None and question not in by_item.get(item, {}):
            by_item[item] = {**by_item.get(item, {}), question: _answer(question, value, item)}
    if not of_regions and whole is submission.answers and by_item == submission.item_answers:
        return submission
    regions = tuple(_answered(region, question, of_regions) for region in submission.regions)
    return replace(submission, regions=regions, answers=whole, item_answers=by_item)


def _answered(region: Region, question: str, values: Mapping[int, Value]) -> Region:
    drawn = drawing_of(region)
    if drawn not in values:
        return region
    answers = {**region.answers, question: _answer(question, values[drawn])}
    return msgspec.structs.replace(region, answers=answers)


def _answer(question: str, value: Value, item: int | None = None) -> Answer:
    return Answer(question, (value,), item=item)
