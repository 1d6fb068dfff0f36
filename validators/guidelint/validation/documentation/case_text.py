"""Cases of a rule in words: what was drawn, under which circumstances, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.documentation.image_text import image_words
from guidelint.validation.drawing.text import drawings, drawn_by, several
from guidelint.validation.rule.case import ONE_MM
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.qualification import Qualification
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.geometry.spacing import Spacing
    from guidelint.validation.cases.run import CaseResult
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.rule.case import Answers, Case, Drawn, Handed, Painted

ORIGINS_IN_WORDS = {"prediction": "proposed by a model", "prediction-changed": "proposed by a model, and changed"}


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One drawing and what there is to say of it."""

    caption: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseText:
    """One case in words."""

    title: str
    why: str
    given: str
    """The rule with its parameters, as an author writes it."""
    drawings: tuple[DrawnText, ...]
    circumstances: tuple[str, ...]
    outcome: tuple[str, ...]
    """What was found, in the words of the findings; one line when nothing was."""


def case_text(result: CaseResult, given: str) -> CaseText:
    """Put a case and what was found on it into words."""
    case = result.case
    return CaseText(
        title=case.title,
        why=case.why,
        given=given,
        drawings=tuple(_handed(case) if several(case) else _alone(case)),
        circumstances=tuple(_circumstances(case)),
        outcome=tuple(_outcome(finding) for finding in result.findings) or ("Passes.",),
    )


def _alone(case: Case) -> Iterator[DrawnText]:
    if case.pixels is not None:
        yield _painted(case.pixels)
    place = "slice" if case.over_slices else "region"
    yield from (_drawn(drawn, f"{place} {number}") for number, drawn in enumerate(drawings(case), 1))


def _painted(pixels: Painted) -> DrawnText:
    unit = "\N{NO-BREAK SPACE}HU" if pixels.unit == "HU" else ""
    values = (f"{sign} is {value:g}{unit}" for sign, value in pixels.values.items())
    return DrawnText(f"pixels of the image, {', '.join(values)}", tuple(pixels.text.split("\n")))


def _handed(case: Case) -> Iterator[DrawnText]:
    """Show what was handed in one after another, with nothing drawn too."""
    for one in several(case):
        head = ", ".join(_submitted(case, one))
        regions = drawn_by(one)
        yield from (_drawn(drawn, f"{head}: region {number}") for number, drawn in enumerate(regions, 1))
        if not regions:
            yield DrawnText(f"{head}: nothing is drawn", ())


def _submitted(case: Case, one: Handed) -> Iterator[str]:
    """Say who handed in what on which task, as far as that tells one from another."""
    annotation = f"annotation {one.annotation} " if one.annotation else ""
    called = f" ({one.annotator_name})" if one.annotator_name else ""
    yield f"{annotation}by {one.annotator or 'nobody that is told'}{called}"
    if len({other.task for other in several(case)}) > 1:
        yield f"task {one.task}"
    if one.skipped:
        yield "skipped"
    if one.lead_time_s is not None:
        yield f"in {one.lead_time_s:g} s"
    if one.submitted_at is not None:
        yield f"at {one.submitted_at:%Y-%m-%d %H:%M}"
    yield from map(_passed, one.qualifications or ())
    if one.image is not None and one.image.spacing != case.spacing:
        yield _spacing(one.image.spacing)
    if one.image is not None:
        yield from image_words(one.image)
    for item, image in enumerate(one.images, 1):
        yield from (f"{word} of image {item}" for word in image_words(image))
    yield from _answered_of_all(one)


def _passed(one: Qualification) -> str:
    """Say who passed what, when, and until when it holds."""
    called = f" ({one.annotator_name})" if one.annotator_name else ""
    until = "" if one.valid_until is None else f", valid until {one.valid_until:%Y-%m-%d %H:%M}"
    classes = f" for {both(one.classes)}" if one.classes else ""
    but_for = f" but for {both(one.not_for)}" if one.not_for else ""
    exam = f"{one.guideline} {one.version}{classes}{but_for}"
    return f"{one.annotator}{called} passed {exam} at {one.passed_at:%Y-%m-%d %H:%M}{until}"


def _drawn(drawn: Drawn, place: str) -> DrawnText:
    return DrawnText(", ".join((place, drawn.as_, *_facts(drawn))), tuple(drawn.text.split("\n")))


def _facts(drawn: Drawn) -> Iterator[str]:
    yield drawn.class_name or "without a class"
    if drawn.labels is not None and drawn.labels:
        yield f"labels {', '.join(drawn.labels)}"
    if not drawn.closed:
        yield "open"
    if drawn.order:
        yield f"vertices in the order {drawn.order}"
    if drawn.id != "":
        yield "without an id" if drawn.id is None else f"id {drawn.id}"
    if drawn.parent_id:
        yield f"parent {drawn.parent_id}"
    if drawn.item_index is not None:
        yield f"on image {drawn.item_index + 1}"
    if drawn.object_name:
        yield f"object {drawn.object_name}"
    if drawn.image_rotation:
        yield f"image turned by {drawn.image_rotation:g}°"
    if drawn.image_shape is not None:
        stated = drawn.size_problem or f"{drawn.image_shape[1]} × {drawn.image_shape[0]} pixels"
        yield f"states {stated}"
    yield from _changes(drawn)
    yield from _answered(drawn.answers)


def _changes(drawn: Drawn) -> Iterator[str]:
    if drawn.origin != "manual":
        yield ORIGINS_IN_WORDS[drawn.origin]
    if drawn.rotation_deg:
        yield f"turned by {drawn.rotation_deg:g}°"
    if any(drawn.shift):
        yield f"moved by {drawn.shift[0]:g}, {drawn.shift[1]:g} pixels"
    if drawn.stretch != (1.0, 1.0):
        yield f"width × {drawn.stretch[0]:g}, height × {drawn.stretch[1]:g}"
    if drawn.undecodable:
        yield f"does not decode ({drawn.undecodable})"
    if drawn.malformed:
        yield f"no shape ({drawn.malformed})"


def _circumstances(case: Case) -> Iterator[str]:
    if not drawings(case) and not several(case) and not case.tasks:
        yield "nothing is drawn"
    if case.spacing != ONE_MM:
        yield _spacing(case.spacing)
    if case.modality != "CT":
        yield f"modality {case.modality or 'not stated'}"
    if case.image_shape is not None:
        yield f"the image has {case.image_shape[1]} × {case.image_shape[0]} pixels"
    yield from _answered_of_all(case)
    if case.of_task:
        yield f"the images of the task are {', '.join(case.of_task.values())}{' of one grid' * case.one_grid}"
    yield from (f"relation from {relation.from_id} to {relation.to_id}" for relation in case.relations)
    yield from (f"an item of the control {item.control}" for item in case.unknown_items)
    yield from (f"an item that cannot be read ({item.reason})" for item in case.unreadable_items)
    yield from (f"a fact that cannot be read: {fact.name}" for fact in case.unread_facts)
    yield from (f"{key} in the task data cannot be read" for key in case.unread_of_image)
    yield from case.contradicted_of_image.values()
    yield from (f"item {item.position + 1} repeats item {item.first + 1}" for item in case.repeated_items)
    if case.items_without_id:
        yield f"{case.items_without_id} items without an id"
    if case.skip_problem:
        yield case.skip_problem
    for drawn in case.previous or ():
        yield f"the last version of {drawn.id} was {drawn.text}"
    yield from (f"task {task.task}: {', '.join(_known_of(task))}" for task in case.tasks)


def _known_of(task: TaskFacts) -> Iterator[str]:
    if task.images:
        yield f"image{'s' * (len(task.images) > 1)} {', '.join(task.images)}"
    counts = {"handed in": task.annotations, "skipped": task.skipped, "unreadable": task.unread}
    counts["counted by the tool and not delivered"] = task.undelivered
    known = [f"{count} {what}" for what, count in counts.items() if count]
    known += ["a draft"] * task.drafted + ["a proposal of a model"] * task.predicted
    yield from known or ["nothing handed in"]


def _spacing(spacing: Spacing | None) -> str:
    if spacing is None:
        return "pixel spacing not known"
    return f"rows {spacing.row_mm:g} mm apart, columns {spacing.column_mm:g} mm apart"


def _answered_of_all(one: Case | Handed) -> Iterator[str]:
    yield from _answered(one.answers)
    for item, answers in one.item_answers.items():
        yield from (f"{said} for image {item + 1}" for said in _answered(answers))


def _answered(answers: Answers) -> Iterator[str]:
    for name, value in answers.items():
        values = value if isinstance(value, tuple) else (value,)
        yield f"{name} answered {' and '.join(str(one) for one in values)}"


def _outcome(finding: Finding) -> str:
    regions = finding.subjects[0].title + ": " if finding.subjects else ""
    if finding.outcome == "cannot-evaluate":
        return f"Cannot be evaluated: {regions}{finding.evidence['reason']}."
    return f"Departs: {regions}{finding.message}."
