"""A code that means something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.terms.terminology import meanings, terms, wrong_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.flaw import Flaw

_STEM = 4
"""Letters by which words of one stem are known."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Hold the meaning that is written against the one that the tables have."""
    for path, term in terms(draft):
        known = meanings(term.scheme, term.value)
        if known and term.meaning.isascii() and not _fits(term.meaning, known):
            message = f"`{term.value}` is `{known[0]}` in {term.scheme}, not `{term.meaning}`"
            yield wrong_code(message, path, term)


def _fits(written: str, known: Sequence[str]) -> bool:
    """Whether any word is of one stem with a word of what the code means."""
    stems = _stems(written)
    return any(stems & _stems(meaning) for meaning in known)


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[a-z0-9]+", words.lower())}


LINT = Lint(
    code="other-meaning",
    level="warning",
    means="A code means something else in its terminology.",
    why=(
        "Programs go by the code and people by the meaning: where the two differ, one of them is misled. The meaning "
        "is held against the tables of pydicom, and fits where a word of it does."
    ),
    source="DICOM PS3.16, https://dicom.nema.org/medical/dicom/current/output/html/part16.html",
    wrong="""\
classes:
  lesion:
    title: Cyst
    definition: A cavity filled with fluid.
    draw: polygon
    codes: [{scheme: SCT, value: '27925004', meaning: Cyst}]
""",
    right="""\
classes:
  lesion:
    title: Nodule
    definition: A round opacity.
    draw: polygon
    codes: [{scheme: SCT, value: '27925004', meaning: Nodule}]
""",
    find=find,
)
