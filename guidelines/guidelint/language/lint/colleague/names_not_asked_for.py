"""Objects are counted by their names, and nobody is told to name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.language.text.tree import Leaf, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_NAMED: Final = re.compile(r"\b(name|names|named|naming)\b", re.IGNORECASE)


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for counts over several images, and in the instructions and the procedure for a word of names."""
    several = [one for one in counting(draft) if one.over != "image"]
    if several and not any(map(_NAMED.search, _told(draft))):
        one = several[0]
        message = f"objects of one {one.over} are counted by their names, and nothing tells annotators to name them"
        remedy = (
            "Write it into `instructions:` or a step of the procedure: which names, that they are written into the "
            "text of the region (in Label Studio under Info), and that one object has one name on all of its images."
        )
        yield Flaw(message, one.path, remedy, "key")


def _told(draft: Draft) -> Iterator[str]:
    """Yield what annotators are told to do."""
    for path, part in draft.parts:
        leaf = value_of(part)
        if path[:1] in {("instructions",), ("procedure",)} and isinstance(leaf, Leaf) and isinstance(leaf.value, str):
            yield leaf.value


LINT = Lint(
    code="names-not-asked-for",
    level="note",
    means="Objects are counted over several images by their names, and nothing tells annotators to name them.",
    why=(
        "What bears no name counts anew on every image: a lesion on four slices is four lesions then, and two lesions "
        "of one name are one."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, count: {max: 5, per: patient}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, count: {max: 5, per: patient}}
procedure: {steps: {call: {do: Give each lesion one name on all of its images.}}}
""",
    find=find,
)
