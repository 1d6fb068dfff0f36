"""A class is segmented, and nothing says whether its outline belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.annotation.tool import ENCLOSING
from guidelint.language.lint.colleague.whole import each_or_all
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.flaw import Flaw

_FOLLOWS_A_BORDER: Final = ENCLOSING - {"rectangle"}
"""Tools that go along a border; a box goes around."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes of which `border` is left out."""
    silent = [
        name
        for name, part in draft.written.classes.items()
        if "border" not in part.model_fields_set and not _FOLLOWS_A_BORDER.isdisjoint(part.draw)
    ]
    remedy = "Say which: `border: inner` (the outline belongs to it, as it is read now) or `border: outer`."
    yield from each_or_all(silent, "does not say whether its outline belongs to it", remedy)


LINT = Lint(
    code="border-not-said",
    level="note",
    means="A class is segmented, and nothing says whether its outline belongs to it.",
    why=(
        "Two readers who see the same edge draw it a line apart, and of a small structure that line is a good part. "
        "Some protocols draw just outside the edge, others on it. Annotators are told what `border` says."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, border: inner}
""",
    find=find,
)
