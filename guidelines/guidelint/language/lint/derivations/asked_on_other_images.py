"""An answer about regions follows from what only regions on other images of the task are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the images on which each question is told with those on which its sources are asked."""
    for one in following(draft):
        question = one.question
        if question.per_image or question.over is not None:
            continue
        told_on = _images(question, draft)
        common = told_on
        strange: list[str] = []
        for name in one.derive.questions_beside:
            other = draft.written.attributes.get(name)
            if other is None or not other.on or (other.required is None and other.derive is None):
                continue  # where it is not asked it was left open, and nothing follows
            common = tuple(image for image in common if image in other.on)
            strange += [name] * (not {*told_on} <= {*other.on})
        if strange:
            message = f"`{one.name}` is told of regions on {_listed(told_on)}, and {_listed(strange)} {_asked(strange)}"
            remedy = f"Write `on: [{', '.join(common)}]`." if common else _JOINS_NOTHING
            yield Flaw(message, one.path, remedy, "key")


def _images(question: WrittenAttribute, draft: Draft) -> tuple[str, ...]:
    """Name the images of a task whose regions are asked: those that it names, or where its classes may be drawn."""
    every = tuple(draft.written.images.of_task)
    classes = [part for name in question.of if (part := draft.written.classes.get(name)) is not None]
    drawn = {image for part in classes for image in part.on or every}
    return question.on or tuple(image for image in every if image in drawn)


def _asked(strange: list[str]) -> str:
    return f"from which it follows {'is' if len(strange) == 1 else 'are'} not asked on all of them"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return both(f"`{name}`" for name in names)


_JOINS_NOTHING = (
    "Ask all that it follows from of one image: what is answered about one object on several images is not joined."
)

LINT = Lint(
    code="asked-on-other-images",
    level="warning",
    means="An answer about regions follows from what only regions on other images of the task are asked.",
    why=(
        "What is answered about a region goes by that region alone, and its answers on one image are not joined with"
        " those on another. Where a source is not asked, nothing can follow, and the work stays unverified."
    ),
    wrong="""\
images: {modality: US, of_task: {across: {title: Across}, along: {title: Along}}}
attributes:
  width: {title: Width, of: lesion, on: across, number: {min: 1, max: 99, unit: mm}, required: true}
  length: {title: Length, of: lesion, on: along, number: {min: 1, max: 99, unit: mm}, required: true}
  size:
    title: Size
    of: lesion
    number: {min: 0, unit: mm2}
    derive: {product: [width, length], entered: never}
""",
    right="""\
images: {modality: US, of_task: {across: {title: Across}, along: {title: Along}}}
attributes:
  width: {title: Width, of: lesion, on: across, number: {min: 1, max: 99, unit: mm}, required: true}
  length: {title: Length, of: lesion, on: across, number: {min: 1, max: 99, unit: mm}, required: true}
  size:
    title: Size
    of: lesion
    on: across
    number: {min: 0, unit: mm2}
    derive: {product: [width, length], entered: never}
""",
    find=find,
)
