"""An abbreviation is used, and nothing says what it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.colleague.texts import definitions, instructions, titles
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import Leaf, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for words in capitals that no title has and no brackets spell out; each is told once."""
    texts = [*definitions(draft), instructions(draft)]
    summary = node_at(draft.root, ("summary",))
    whole = [text for _, text in texts] + [str(summary.value) if isinstance(summary, Leaf) else ""]
    known = {*_COMMON, *draft.written.images.modality, *(word for title in titles(draft) for word in _words(title))}
    known |= {word for text in whole for bracketed in _SPELLED_OUT.finditer(text) for word in _words(bracketed[0])}
    for path, text in texts:
        for word in dict.fromkeys(_words(text)):
            if word not in known:
                known.add(word)
                remedy = f"Spell it out where it first stands, in brackets: `… ({word})`; or say it in words."
                yield Flaw(f"`{word}` is used, and nothing says what it stands for", path, remedy)


def _words(text: str) -> list[str]:
    return [word for word in _ABBREVIATION.findall(text) if not _ROMAN.fullmatch(word)]


_ABBREVIATION: Final = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*\b(?![-@./])")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_SPELLED_OUT: Final = re.compile(r"\([^)]*\)|\b[A-Z][A-Z0-9]+ (?=\()")
"""What stands in brackets, and what stands before them: `ground-glass opacity (GGO)`, `GGO (ground-glass opacity)`."""
_COMMON: Final = frozenset(
    [
        "CT",
        "MR",
        "MRI",
        "US",
        "PET",
        "PT",
        "MG",
        "CR",
        "DX",
        "OCT",
        "ECG",
        "RGB",
        "HU",
        "DICOM",
        "PNG",
        "JPEG",
        "JPG",
        "SVG",
        "PDF",
        "CSV",
        "JSON",
        "ID",
        "OK",
        "NO",
        "NOT",
        "AND",
        "OR",
        "ALL",
        "ONLY",
        "YES",
        "AI",
        "UV",
        "DNA",
        "RNA",
        "HIV",
        "WHO",
    ]
)
"""Words that whoever reads images knows, and those that are written large to be read."""


LINT = Lint(
    code="undefined-term",
    level="note",
    means="An abbreviation is used, and nothing says what it stands for.",
    why=(
        "Half of them have two meanings, and nobody asks. Spell it out once; where it is the title of a class or of an "
        "answer, its definition does."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A spot with a GGO around it., draw: keypoint}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot with a ground-glass opacity (GGO) around it., draw: keypoint}
""",
    find=find,
)
