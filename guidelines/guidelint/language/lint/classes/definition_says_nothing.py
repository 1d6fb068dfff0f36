"""A definition only repeats the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the words of every definition with those of the title and the name."""
    for name, part in draft.written.classes.items():
        words = {*_words(part.definition)} - _SMALL
        if words <= {*_words(part.title), *_words(name)}:
            message = f"the definition of `{name}` only repeats its title"
            yield Flaw(message, ("classes", name, "definition"), "Say how it is told from what is not one.")


def _words(text: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())]


_SMALL: Final = frozenset({"a", "an", "the", "this", "i", "is", "all", "any", "every", "region", "area", "of"})


LINT = Lint(
    code="definition-says-nothing",
    level="warning",
    means="A definition only repeats the title.",
    why=(
        "Annotators look up a definition when they are in doubt. It says how a structure is told from what looks "
        "like one."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A lesion., draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot that is darker than the tissue around it., draw: polygon}
""",
    find=find,
)
