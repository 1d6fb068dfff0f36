"""A guideline explains at length, and shows nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.colleague.texts import definitions, instructions
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_PICTURE: Final = "!["
_MOST_OF_INSTRUCTIONS, _MOST_OF_DEFINITION = 400, 60
"""Words that are read without a picture."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Count the words of the instructions and of each definition; a picture stands in the instructions or at a case."""
    where, whole = instructions(draft)
    if _PICTURE in whole or any(case.picture for case in draft.written.edge_cases.values()):
        return
    texts = ((where, whole, _MOST_OF_INSTRUCTIONS), *((*one, _MOST_OF_DEFINITION) for one in definitions(draft)))
    for path, text, most in texts:
        count = len(re.findall(r"\w+", text))
        if count > most:
            remedy = (
                "Show it: `![what it shows](file.png)` in the instructions, with a case on the border line; then cut."
            )
            yield Flaw(f"{count} words, and no picture", path, remedy, "key")


_LONG: Final = "\n".join(
    ["      It may be round or long or have lobes, bright or dark, near the edge or in the middle."] * 4
)


LINT = Lint(
    code="prose-without-picture",
    level="note",
    means="A guideline explains at length, and shows nothing.",
    why=(
        "In 14,040 images that 864 people annotated, example images made annotations much better, and longer texts did "
        "not. A definition of more than 60 words, or instructions of more than 400, say something that a picture shows."
    ),
    source=(
        "Rädsch T et al. Labelling instructions matter in biomedical image analysis. Nature Machine Intelligence 5 "
        "(2023), https://doi.org/10.1038/s42256-023-00625-5"
    ),
    wrong=f"""\
classes:
  lesion:
    title: Lesion
    draw: polygon
    definition: >-
{_LONG}
""",
    right="""\
classes:
  lesion: {title: Lesion, draw: polygon, definition: A spot that two images in sequence show.}
""",
    find=find,
)
