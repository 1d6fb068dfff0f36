"""The items of an exam, and what came of it, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.terminal.visible import visible
from guidelint.validation.rule.wording import both, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.result import Result


def page(results: Iterable[Result]) -> str:
    """Tell of each attempt what came of it, and why."""
    return "".join(f"{visible(line)}\n" for one in results for line in _lines(one))


def items_page(exam: Exam) -> str:
    """Tell which examples can be drawn, which cannot, and why."""
    return "".join(f"{visible(line)}\n" for line in _items(exam))


def _lines(one: Result) -> Iterator[str]:
    who = one.annotator_name or (f"annotator {one.annotator}" if one.annotator else "nobody that is told")
    minutes = f" in {measure(round(one.minutes, 1), 'min')}" if one.minutes is not None else ""
    counted = f"{one.right} of {one.items} items right{minutes}"
    yield f"{who}: {one.outcome}, {counted} ({one.guideline} {one.version}, {one.role}, attempt {one.attempt})"
    if one.qualification is not None:
        until = one.qualification.valid_until
        classes = both(one.qualification.classes) or "every class"
        but_for = f" but for {both(one.qualification.not_for)}" if one.qualification.not_for else ""
        yield f"  may mark {classes}{but_for}{f' until {until:%Y-%m-%d}' if until else ''}"
    yield from (f"  {reason}" for reason in one.reasons)
    for name, share in one.classes.items():
        yield f"  {name}: {share.right} of {share.items}"
    for item in one.graded:
        if item.standing != "right":
            yield f"  task {item.task or 'without a number'} is {item.standing}: {'; '.join(item.reasons)}"


def _items(exam: Exam) -> Iterator[str]:
    pictures, asked = len(exam.pictures), exam.asked.tasks
    lack = f": {asked - pictures} lack" if pictures < asked else ""
    yield f"{exam.guideline}, {exam.role_name}: {asked} items are drawn of {pictures}{lack}"
    for name in exam.classes:
        yield f"  {name}: {sum(name in item.classes for item in exam.items)}"
    yield from (f"  {item.found.name} {item.id}" for item in exam.items)
    yield from (f"  {one.name} is not taken: {one.reason}" for one in exam.unusable)
