"""What whoever takes an exam is told before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.labelstudio.instructions.elements import listed, told
from guidelint.language.form.places.titles import titles
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.wording import both, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.staff import Exam, Role


def told_of_exam(guideline: Guideline, role: Role, exam: Exam) -> Iterator[ET.Element]:
    """Say that it is an exam, how it is passed, and when the result is told."""
    yield told("h3", "This is an exam")
    yield told("p", f"Whoever passes it may work as {titled(role.title)}. Work as you would on real cases.")
    yield from listed(told("li", line) for line in _lines(guideline, role, exam))


def _lines(guideline: Guideline, role: Role, exam: Exam) -> Iterator[str]:
    names = titles(guideline)
    images = "1 image" if exam.tasks == 1 else f"{exam.tasks} images"
    yield f"There are {images}. Do every one; you may correct it until the last one is handed in."
    least = "all" if exam.min_share == 1 else f"at least {percent(exam.min_share)}"
    yield f"You pass when {least} of them are right."
    for name, share in exam.min_share_of.items():
        yield f"Of those that ask for {names.class_(name)}, {percent(share)} must be right as well."
    if role.of:
        yield f"It is about {both([names.class_(name) for name in role.of])}."
    if exam.max_minutes is not None:
        yield f"You have {exam.max_minutes:g} minutes for all of it, from when you open the first image."
    if exam.attempts is not None:
        tries = "once" if exam.attempts == 1 else f"{exam.attempts} times"
        yield f"It may be taken {tries}."
    yield "Until the last one is handed in you read nothing of how it went; then you read the result above the image."
