"""A definition leaves to the reader how much is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.colleague.texts import definitions
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for such words in definitions that have neither a number nor a picture."""
    for path, text in definitions(draft):
        words = list(dict.fromkeys(match[0].lower() for match in _VAGUE.finditer(text)))
        if words and not _MEASURED.search(text):
            said = " and ".join(f"“{word}”" for word in words)
            remedy = "Give a number with its unit, name what is seen, or list what is meant."
            yield Flaw(f"{said} may mean something else to every reader", path, remedy)


_VAGUE: Final = re.compile(
    r"\b(?:clearly|obvious(?:ly)?|approximately|roughly|significant(?:ly)?|substantial(?:ly)?|considerabl[ey]"
    r"|sufficient(?:ly)?|adequate(?:ly)?|appropriate(?:ly)?|reasonabl[ey]|relevant|typical(?:ly)?|usual(?:ly)?"
    r"|if (?:necessary|needed|possible|appropriate)|as (?:needed|appropriate)|large enough|and so on|etc"
    r"|deutlich|ungefähr|signifikant|gegebenenfalls|ggf|falls nötig|usw|circa|ca"
    r"|nettement|environ|significatif|si nécessaire)\b(?:\.(?=\W|$))?",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(r"\d|!\[|\b(?:two|three|four|five|half|twice|zwei|drei|halb|deux|trois)\b", re.IGNORECASE)


LINT = Lint(
    code="vague-word",
    level="note",
    means="A definition leaves to the reader how much is meant.",
    why=(
        "“Clearly larger”, “if necessary”, “significant”, “etc.”: each reader draws the line elsewhere, and both have "
        "followed the guideline. A number, or what is seen on either side of the line, makes it one line."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A spot that is clearly darker than what surrounds it., draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot at least 20 HU darker than what surrounds it., draw: polygon}
""",
    find=find,
)
