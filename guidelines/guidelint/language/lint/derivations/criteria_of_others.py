"""Criteria ask for what whoever is asked does not have: an answer, a size, a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.size_of_points import sizes_in
from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.asked import whom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.criteria.criteria import Criteria
    from guidelint.validation.rule.condition import Condition


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare whom criteria are asked of with what they ask for."""
    for one in following(draft):
        counted = {name for classes in one.derive.measured.values() for name in classes}
        for name in sorted(counted) if one.derive.where is not None else ():
            yield from _of_where(name, one.derive.where, (*one.path, "where"), draft)
        is_of_image = one.question.per_image and one.question.over is None  # of several, another lint tells
        for option, criteria in one.derive.first_of.items():
            if criteria is not None:
                for part, path in _branches(criteria, (*one.path, "first_of", option)):
                    yield from _of_image(part, path, draft) if is_of_image else ()
                    yield from _of_counted(part, path, draft)


def _branches(criteria: Criteria, path: KeyPath) -> Iterator[tuple[Criteria, KeyPath]]:
    """Yield criteria, and those within them, each with its place."""
    yield criteria, path
    for at, branch in criteria.parts:
        yield from _branches(branch, (*path, *at))


def _of_image(criteria: Criteria, path: KeyPath, draft: Draft) -> Iterator[Flaw]:
    """Find what only regions have."""
    for key in ("answer", "number"):
        for name in getattr(criteria, key):
            question = draft.written.attributes.get(name)
            if question is not None and not question.per_image:
                message = f"the whole image is asked, and `{name}` asks {whom(question)}"
                yield Flaw(message, (*path, key, name), _COUNT, "key")
    for key in ("size", "distance"):
        if getattr(criteria, key) is not None:
            remedy = _COUNT if key == "size" else "Write `nearest: {CLASS: {to: LANDMARK, …}}`."
            yield Flaw(f"the whole image is asked, and it has no {key}", (*path, key), remedy, "key")


def _of_counted(criteria: Criteria, path: KeyPath, draft: Draft) -> Iterator[Flaw]:
    """Look at the conditions on regions that are counted."""
    for key in ("count", "quadrants"):
        for class_name, part in getattr(criteria, key).items():
            yield from _of_where(class_name, part.where, (*path, key, class_name, "where"), draft)


def _of_where(class_name: str, where: Condition | None, path: KeyPath, draft: Draft) -> Iterator[Flaw]:
    """Find what regions that are counted do not have: an answer to a question that they are not asked, a size."""
    for name in sorted(where.questions) if where else ():
        question = draft.written.attributes.get(name)
        if question is not None and not question.per_image and class_name not in question.of:
            message = f"`{class_name}` is counted by its answer to `{name}`, which asks {whom(question)}"
            yield Flaw(message, path, f"Name a question that asks `{class_name}`.", "key")
    part = draft.written.classes.get(class_name)
    if where is not None and part is not None and not part.has_area and any(sizes_in(where)):
        message = f"`{class_name}` is counted by its size, and is only drawn as a point, which has none"
        yield Flaw(message, path, "Write a condition on something else, or change `draw:`.", "key")


_COUNT = "Count the regions of which it is so: `count: {CLASS: {where: {…}}}`."

LINT = Lint(
    code="criteria-of-others",
    means="Criteria ask for what whoever is asked does not have: an answer, a size, a distance.",
    why="It could never be told whether they hold. Of an image, regions are counted of which something is so.",
    wrong="""\
attributes:
  sure: {title: Sure, of: lesion, choose_one: {yes: Sure, no: In doubt}, required: true}
  grade:
    title: Grade
    of: image
    choose_one: {some: Some, none: None}
    derive: {first_of: {some: {answer: {sure: yes}}, none: otherwise}}
""",
    right="""\
attributes:
  sure: {title: Sure, of: lesion, choose_one: {yes: Sure, no: In doubt}, required: true}
  grade:
    title: Grade
    of: image
    choose_one: {some: Some, none: None}
    derive: {first_of: {some: {count: {lesion: {where: {answer: {sure: yes}}}}}, none: otherwise}}
""",
    find=find,
)
