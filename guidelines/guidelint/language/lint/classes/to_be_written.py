"""A text is still to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import Entry, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for words that stand in place of a text."""
    for path, part in draft.parts:
        match part:
            case Leaf(value=str(text)) | Entry(value=Leaf(value=str(text))) if found := _OPEN.search(text):
                message = f"`{found[0].strip()}` stands where a text is still to be written"
                yield Flaw(message, path, "Write the text: annotators read what stands here.")
            case _:
                pass


_OPEN: Final = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBA|XXX+)\b"
    r"|(?i:\blorem ipsum\b|^\s*(?:todo|tbd|tba|fixme|placeholder|to be (?:defined|written))\W*$)"
)


LINT = Lint(
    code="to-be-written",
    level="warning",
    means="A text is still to be written.",
    why=(
        "Annotators read definitions, titles and instructions as they stand, and are judged by what is meant. Write "
        "the text before anybody draws."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: TBD, draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot that is darker than the tissue around it., draw: polygon}
""",
    find=find,
)
