"""One annotation judged by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, refusals
from guidelint.api.given import of_task
from guidelint.checking.asked.adjustment import Run
from guidelint.checking.delivery import Delivery
from guidelint.checking.exam.passed import known_qualifications
from guidelint.checking.plain.from_record import plain
from guidelint.checking.plain.verdict import Unreadable
from guidelint.checking.record import is_shown
from guidelint.imaging.given import NOTHING_GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from guidelint.api.given import Task
    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.plain.verdict import Verdict
    from guidelint.imaging.given import Given
    from guidelint.validation.judging.plan import Plan

_NONE = "the task has no annotation: nothing is to be judged. Export it with its `annotations`"


def judged(
    plan: Plan, task: Task, annotation: str | int | None, given: Given = NOTHING_GIVEN, passed: Path | None = None
) -> Verdict:
    """Judge an annotation of a task. Raises GuidelintError when there is none, or it cannot be read."""
    with refusals():
        run = Run(plan, qualifications=known_qualifications(passed))
        records = Delivery(plan, (of_task(task),), run=run, given=given).records()
        found = [plain(record, plan.routes) for record in records if is_shown(record)]
    if len({one.record for one in found if one.record}) > 1:
        raise GuidelintError("these are several tasks. Judge them together: check(tasks)")
    return _chosen([one for one in found if _is_of_annotation(one)], annotation)


def _is_of_annotation(one: Plain) -> bool:
    return isinstance(one, Unreadable) or one.subject == "submission"


def _chosen(found: Sequence[Plain], annotation: str | int | None) -> Verdict:
    for one in found:
        if isinstance(one, Unreadable) and not one.annotation_number:
            raise GuidelintError(f"the task cannot be judged: {one.reason}")
    wanted = [one for one in found if annotation is None or _id(one) == str(annotation)]
    if not wanted or len(wanted) > 1:
        raise GuidelintError(_which(found, annotation) if found else _NONE)
    if isinstance(wanted[0], Unreadable):
        raise GuidelintError(f"annotation {wanted[0].annotation_number} of the task cannot be read: {wanted[0].reason}")
    return wanted[0]


def _id(one: Plain) -> str:
    return "" if isinstance(one, Unreadable) else one.annotation


def _which(found: Iterable[Plain], annotation: str | int | None) -> str:
    ids = [_id(one) or f"{one.annotation_number} of its list, which cannot be read" for one in found]
    has = f"the task has {len(ids)} annotation{'s' * (len(ids) != 1)}: {', '.join(ids)}"
    if annotation is None:
        return f"{has}. Say which: judge(task, annotation={ids[0]!r}); or judge all of them: check(task)"
    return f"{has}. There is not one annotation {annotation}"
