"""What of a submission a use of a rule is asked of, where it stands under a condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation import question
from guidelint.validation.judging.ask import in_words
from guidelint.validation.judging.of_image import narrowed
from guidelint.validation.rule.condition import Situation
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.settled import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.condition import When

UNTOLD = "whether it is asked for here cannot be told: "
"""Stands before the reason why a condition cannot be told."""
NOT_OF_A_TASK = "it depends on what is drawn or answered, and the rule also asks for tasks that nobody has annotated"
NO_IMAGES = "nothing is known of the images of the task"
DIFFER = "the condition holds on one image of the task and not on another"


@dataclass(frozen=True, slots=True)
class Untold:
    """A region, or with none the whole submission, of which the condition cannot be told."""

    reason: str
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked of."""

    submission: Submission
    regions: tuple[Region, ...]
    applies: bool = True
    """Whether it is asked at all."""
    untold: tuple[Untold, ...] = ()


def asked_of(check: Check, submission: Submission, regions: tuple[Region, ...]) -> Asked:
    """Find out what a check is asked of.

    A condition on regions keeps those for which it holds; one on the image decides whether the rule is asked at all.
    """
    when = check.when
    if when is None:
        return Asked(submission, regions)
    if when.of_region or check.rule.scope.of_regions:
        return _regions(when, submission, regions)
    try:
        return Asked(submission, regions, _same(when, _images(when, submission)))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is reported, never passed over
        return Asked(submission, (), applies=False, untold=(Untold(f"{UNTOLD}{_why(error)}"),))


def asked_of_share(check: Check, submission: Submission, regions: tuple[Region, ...]) -> Asked:
    """Find out what a check is asked of that gathers what one reader reads: of several images each by itself."""
    when, scope = check.when, check.rule.over() if isinstance(check.rule, GatheringRule) else None
    is_each = scope is not None and scope.of_one_reader and not check.rule.scope.of_regions
    if when is None or when.of_region or not is_each or len(submission.item_images) < 2:  # noqa: PLR2004 - several
        return asked_of(check, submission, regions)
    kept: set[int] = set()
    untold: list[Untold] = []
    for item, it in _by_item(when, submission):
        try:
            if when.condition.holds(it):
                kept.add(item)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is reported, never passed over
            untold.append(Untold(f"{UNTOLD}{_why(error)}"))
    own = tuple(region for region in regions if region.image_index in kept)
    return Asked(narrowed(submission, kept), own, bool(kept), tuple(untold))


def asked_of_task(when: When | None, task: TaskFacts) -> bool:
    """Whether a check is asked of a task by itself. Raises NotMeasurable when that cannot be told.

    Nobody need have annotated it, so only its images can say.
    """
    if when is None:
        return True
    if not task.facts:
        raise NotMeasurable(f"{UNTOLD}{NO_IMAGES}")
    try:
        return _same(when, (Situation({}, image, titles=when.titles) for image in task.facts))
    except NotMeasurable as error:
        raise NotMeasurable(f"{UNTOLD}{error if when.condition.of_image_alone else NOT_OF_A_TASK}") from error


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, NotMeasurable) else in_words(error)


def _regions(when: When, submission: Submission, regions: tuple[Region, ...]) -> Asked:
    kept: list[Region] = []
    untold: list[Untold] = []
    for region in regions:
        try:
            if when.condition.holds(_of_region(when, submission, region)):
                kept.append(region)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is reported, never passed over
            untold.append(Untold(f"{UNTOLD}{_why(error)}", (region,)))
    left_out = {*regions} - {*kept}
    others = tuple(region for region in submission.regions if region not in left_out)
    return Asked(replace(submission, regions=others), tuple(kept), untold=tuple(untold))


def _of_region(when: When, submission: Submission, region: Region) -> Situation:
    answers = question.Asked.of(region, submission).in_sight
    image, marked = submission.image_of(region), submission.marked_on(region.image_index)
    return Situation(answers, image, region, when.optional, when.titles, marked=marked)


def _same(when: When, situations: Iterable[Situation]) -> bool:
    return same(map(when.condition.holds, situations), NotMeasurable(DIFFER))


def _images(when: When, submission: Submission) -> Iterator[Situation]:
    """Ask the task as a whole, or each of its images where it has several."""
    by_item = dict(_by_item(when, submission))
    yield from by_item.values()
    if not by_item:
        marked = submission.marked_on(None)
        yield Situation(submission.answers, submission.image, None, when.optional, when.titles, marked=marked)


def _by_item(when: When, submission: Submission) -> Iterator[tuple[int, Situation]]:
    for item in sorted({*submission.item_images, *submission.item_answers}):
        answers = {**submission.answers, **submission.item_answers.get(item, {})}
        image = submission.item_images.get(item, submission.image)
        marked = submission.marked_on(item)
        yield item, Situation(answers, image, None, when.optional, when.titles, marked=marked)
