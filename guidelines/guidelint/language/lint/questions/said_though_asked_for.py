"""An answer may say that there is nothing, and a class must be marked on every image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.on_every_image import asked_on_every_image, shown_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for a least number of regions where an answer says why none is marked."""
    empty = draft.written.empty_reading
    if empty is None or empty.means is not None or not empty.say:
        return
    for end in asked_on_every_image(draft):
        asks = f"{end.shown} asks for a region on {shown_images(end)}"
        message = f"{asks}, and `empty_reading:` lets an answer say there is none"
        remedy = "Ask for it where the answer is another, `required-class` with `when:`, or delete one of the two."
        yield Flaw(message, end.path, remedy)


LINT = Lint(
    code="said-though-asked-for",
    level="note",
    means="An answer may say that there is nothing, and a class must be marked on every image.",
    why=(
        "Whoever answers so and marks nothing has the work returned, so that the answer helps nobody. Either every "
        "image shows the structure, or it is asked for under a condition."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {min: 1}}
attributes:
  readable: {title: Readable, of: image, choose_one: {yes: Yes, no: No}, required: true}
empty_reading: {say: {readable: no}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
attributes:
  readable: {title: Readable, of: image, choose_one: {yes: Yes, no: No}, required: true}
empty_reading: {say: {readable: no}}
rules: {a-lesion: {rule: required-class, classes: [lesion], when: {answer: {readable: yes}}}}
""",
    find=find,
)
