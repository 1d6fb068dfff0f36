"""A condition on the size of what is drawn as points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.asked_of import asked_of, for_some_only
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.condition import Condition


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for conditions on a size at uses for classes that are only drawn as points."""
    for use in draft.uses:
        if use.when is None or not use.rule.scope.sees_regions:
            continue
        judged = asked_of(use, draft.written)
        points = tuple(name for name in judged if not draft.written.classes[name].has_area)
        for path in sizes_in(use.when, (*use.path, "when")) if points else ():
            message = f"{either(f'`{one}`' for one in points)} is only drawn as a point, which has no size"
            others = for_some_only(use, (name for name in judged if name not in points))
            yield Flaw(message, path, others or "Write a condition on something else, or change `draw:`.", "key")


def sizes_in(condition: Condition, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the place of every condition on a size."""
    if condition.size is not None:
        yield (*path, "size")
    for at, part in condition.parts:
        yield from sizes_in(part, (*path, *at))


LINT = Lint(
    code="size-of-points",
    means="A condition depends on the size of what is only drawn as points.",
    why=(
        "A point has no size, so it could never be told whether the rule is asked for. Write the condition at a class "
        "that is outlined or painted."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: keypoint}
rules: {small: {rule: count-limits, max: 3, when: {size: {longest_mm: {below: 5}}}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon}
rules: {small: {rule: count-limits, max: 3, when: {size: {longest_mm: {below: 5}}}}}
""",
    find=find,
)
