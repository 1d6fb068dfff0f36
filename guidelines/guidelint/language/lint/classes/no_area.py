"""Something asks for the area of a class that is drawn without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import Encloses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import ClassFacts
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes drawn as points where the type asks for an area, and for what is taken out of an area."""
    classes = draft.written.classes
    for one, _ in draft.saying(Encloses):
        if isinstance(one.value, str) and _is_of_points(classes.get(one.value)):
            message = f"`{one.value}` is drawn as a point, which has no area, and an area is wanted here"
            yield Flaw(message, one.path, "Name a class that is drawn with an area, or change its `draw:`.")
    for name, part in classes.items():
        if part.excluded_from is not None and _is_of_points(part):
            message = f"`{name}` is drawn as a point, and takes nothing out of `{part.excluded_from}`"
            yield Flaw(message, ("classes", name, "excluded_from"), "Draw it with an outline or a brush.")


def _is_of_points(part: ClassFacts | None) -> bool:
    return part is not None and not part.has_area


LINT = Lint(
    code="no-area",
    means="Something asks for the area of a class that is drawn without one.",
    why=(
        "Points share no pixels, enclose nothing and take nothing out of anything: the rule would never find "
        "anything, or always the same."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  centre: {title: Centre, definition: The middle of it., draw: keypoint}
relations: {apart: {separate: {pairs: [[lesion, centre]]}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  centre: {title: Centre, definition: The middle of it., draw: keypoint}
relations: {in-lesion: {inside: {child: centre, parent: lesion}}}
""",
    find=find,
)
