"""A class would cover itself, or one that it must not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import parted
from guidelint.validation.rule.parameters.naming import PartOf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every part with its whole, and with the pairs that share no pixel."""
    apart = {pair.classes for pair in parted(draft)}
    for one, of in draft.saying(PartOf):
        part, whole = str(one.value), str(getattr(one.owner, of.whole, ""))
        if part == whole:
            message = f"`{part}` would cover itself, which it always does"
            yield Flaw(message, one.path, "Name the classes that it consists of.")
        elif frozenset({part, whole}) in apart:
            message = f"`{part}` covers a part of `{whole}` here, and must not overlap it by another rule"
            yield Flaw(message, one.path, "Take it out here, or the pair there.")


LINT = Lint(
    code="part-covers-nothing",
    means="A class would cover itself, or one that it must not overlap.",
    why="Whatever covers itself is never left open, and what must not overlap covers nothing.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  core: {title: Core, definition: The bright part of it., draw: polygon}
relations:
  all-of-it: {covered-by-parts: {whole: lesion, parts: [core, lesion]}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  core: {title: Core, definition: The bright part of it., draw: polygon}
  rim: {title: Rim, definition: The dark part of it., draw: polygon}
relations:
  all-of-it: {covered-by-parts: {whole: lesion, parts: [core, rim]}}
""",
    find=find,
)
