"""Objects are counted or ranked by their names, and nobody is told to name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.language.text.tree import Leaf, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

_NAMED: Final = re.compile(r"\b(name|names|named|naming)\b", re.IGNORECASE)

_JOINS_IMAGES: Final = {"object names", "controls"}
"""What a rule needs that joins objects over the images of a task."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for counts over several images, and in the instructions and the procedure for a word of names."""
    told = None if any(map(_NAMED.search, _told(draft))) else next(_joined(draft), None)
    if told is not None:
        message, path = told
        remedy = (
            "Write it into `instructions:` or a step of the procedure: which names, that they are written into the "
            "text of the region (in Label Studio under Info), and that one object has one name on all of its images."
        )
        yield Flaw(f"{message} by their names, and nothing tells annotators to name them", path, remedy, "key")


def _joined(draft: Draft) -> Iterator[tuple[str, KeyPath]]:
    """Say what goes by the names of objects, and where."""
    for one in counting(draft):
        if one.over != "image":
            yield f"objects of one {one.over} are counted", one.path
    for of in following(draft):
        if of.derive.per is not None:
            yield f"objects of one {of.derive.per} are ranked", of.path
    for use in draft.uses:
        if use.rule.needs >= _JOINS_IMAGES:
            yield "what is marked on several images is joined", use.path


def _told(draft: Draft) -> Iterator[str]:
    """Yield what annotators are told to do."""
    for path, part in draft.parts:
        leaf = value_of(part)
        if path[:1] in {("instructions",), ("procedure",)} and isinstance(leaf, Leaf) and isinstance(leaf.value, str):
            yield leaf.value


LINT = Lint(
    code="names-not-asked-for",
    level="note",
    means="Objects are counted, ranked or joined by their names, and nothing tells annotators to name them.",
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
