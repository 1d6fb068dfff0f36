"""An exam that was taken, read from an export of its project in Label Studio."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import msgspec

from guidelint.checking.exam.error import ExamError
from guidelint.checking.exam.grading import Grader, HandedIn
from guidelint.checking.exam.item import EXAM_KEY, ITEM_KEY
from guidelint.checking.exam.read_whole import read_whole
from guidelint.checking.exam.result import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.result import Result


@dataclass(slots=True)
class _Sheet:
    """What an export holds of one exam."""

    items: list[str] = field(default_factory=list[str])
    handed: list[HandedIn] = field(default_factory=list[HandedIn])


def results_of(exam: Exam, exports: Sequence[Path], earlier: Sequence[Result] = ()) -> tuple[Result, ...]:
    """Grade exports, each with the tasks of one exam or several. Raises ExamError.

    ``earlier``: what came of exams before these, which count as attempts.
    """
    found: list[Result] = []
    for name, sheet in _sheets(exports).items():
        before = _attempts(exam, name, (*earlier, *found))
        grader = Grader(exam)
        found += Taken(exam, name, sheet.items).results(map(grader.graded, sheet.handed), before)
    return tuple(found)


def _sheets(exports: Sequence[Path]) -> Mapping[str, _Sheet]:
    sheets: dict[str, _Sheet] = {}
    for path in exports:
        for task in _tasks(path):
            data = cast("Mapping[str, Any]", task["data"])
            if ITEM_KEY in data:
                sheet = sheets.setdefault(str(data.get(EXAM_KEY, "")), _Sheet())
                item, number = str(data[ITEM_KEY]), str(task.get("id", ""))
                if item not in sheet.items:
                    sheet.items.append(item)
                sheet.handed += [HandedIn(item, annotation, number) for annotation in _annotations(task, path)]
    if not sheets:
        raise ExamError(
            f"{exports[0]} holds no task of an exam: none has `{ITEM_KEY}` in its data. Export the project of the exam"
            " from Label Studio as JSON"
        )
    return sheets


def _tasks(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        content = msgspec.json.decode(read_whole(path))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExamError(
            f"{path} is no JSON: {error}. Export the project of the exam from Label Studio again"
        ) from error
    tasks: list[Any] = content if isinstance(content, list) else [content]
    for task in tasks:
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise ExamError(f"{path} is no list of tasks. Export the project of the exam from Label Studio as JSON")
        yield task


def _annotations(task: Mapping[str, Any], path: Path) -> Iterator[Mapping[str, Any]]:
    told: list[Any] | None = task["annotations"] if isinstance(task.get("annotations"), list) else None
    if told is None or not all(isinstance(one, dict) for one in told):
        which = f"task {task.get('id', '')} of {path}"
        raise ExamError(f"{which} has no list of annotations. Export it as JSON, and not as JSON-MIN")
    yield from told


def _attempts(exam: Exam, name: str, earlier: Sequence[Result]) -> Mapping[str, int]:
    """Count for each annotator the other exams that they finished for this role under this version."""
    guideline = exam.runner.plan.guideline
    taken = {
        (one.annotator, one.exam)
        for one in earlier
        if (one.guideline, one.version, one.role) == (guideline.name, guideline.version, exam.role_name)
        and one.exam != name
        and one.outcome != "unfinished"
    }
    who = [annotator for annotator, _ in taken]
    return {annotator: who.count(annotator) for annotator in who}
