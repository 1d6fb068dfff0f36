"""An empty submission is an answer, and is returned all the same for what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.on_every_image import asked_on_every_image, shown_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for a least number of regions where none is an answer; what only escalates returns nothing."""
    empty = draft.written.empty_reading
    if empty is None or empty.means is None:
        return
    for end in asked_on_every_image(draft):
        asks = f"{end.shown} asks for a region on {shown_images(end)}"
        message = f"{asks}, and `empty_reading:` says what it means to mark none"
        yield Flaw(message, end.path, "Delete it, or let a question `say:` in place of `means:` that there is nothing.")


LINT = Lint(
    code="empty-contradicted",
    means="An empty submission is an answer, and a class must be marked on every image.",
    why=(
        "Whoever hands in nothing, as `empty_reading` allows, has the work returned. Either every image shows the "
        "structure, or it may be empty."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {min: 1}}
empty_reading: {means: There is no lesion.}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {max: 9}}
empty_reading: {means: There is no lesion.}
""",
    find=find,
)
