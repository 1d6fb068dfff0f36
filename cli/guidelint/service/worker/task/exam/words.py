"""What whoever took an exam reads of how it went; nothing of it tells which items were right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.wording import both, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.exam.result import Result
    from guidelint.checking.exam.sheet import Sheet


def told_lines(sheet: Sheet, result: Result) -> Iterator[str]:
    """Tell how many are right, of which classes, how long it took, and what to do next."""
    asked = sheet.asked
    yield f"{result.right} of {result.items} images are right; {_share(asked.min_share)} asked for."
    if len(sheet.titles) > 1:
        yield from _of_classes(sheet, result)
    if result.not_graded:
        yield f"{result.not_graded} of them could not be graded here; whoever leads the project looks at them."
    if result.minutes is not None:
        most = "" if asked.max_minutes is None else f"; {number(asked.max_minutes)} may be taken"
        minutes = round(result.minutes)
        yield f"It took {'1 minute' if minutes == 1 else f'{minutes} minutes'}{most}."
    yield from _next(sheet, result)


def _of_classes(sheet: Sheet, result: Result) -> Iterator[str]:
    for name, one in result.classes.items():
        said = f"{sheet.titles.get(name, name)}: {one.right} of {one.items} are right"
        asked = "" if one.min_share is None else f"; {_share(one.min_share)} asked for"
        yield f"{said}{asked}."


def _share(least: float) -> str:
    return "all are" if least == 1 else f"{percent(least)} are"


def _next(sheet: Sheet, result: Result) -> Iterator[str]:
    if result.qualification is not None:
        held = result.qualification
        not_for = [sheet.titles.get(name, name) for name in held.not_for]
        but = f", but for {both(not_for)}" if not_for else ""
        until = "" if held.valid_until is None else f" until {held.valid_until:%Y-%m-%d}"
        yield f"You may work as {sheet.role.title} under {sheet.guideline}{until}{but}."
    elif result.outcome == "undecided":
        yield "You are told when it is decided. Until then please do not begin with the work."
    else:
        yield "Read the guideline and its examples again before you take another exam."
        yield _attempts_left(sheet.asked.attempts, result.attempt)


def _attempts_left(attempts: int | None, attempt: int) -> str:
    if attempts is None:
        return "Ask whoever leads the project for another exam."
    left = max(attempts - attempt, 0)
    if not left:
        return "No attempt is left under this version of the guideline."
    return (
        f"{left} {'attempt is' if left == 1 else 'attempts are'} left: ask whoever leads the project for another exam."
    )
