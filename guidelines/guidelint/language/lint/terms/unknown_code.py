"""A code that its terminology cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.terms.terminology import WHOLE, meanings, terms, wrong_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.flaw import Flaw

_SNOMED_CT: Final = "SCT"
_LENGTHS: Final = range(6, 19)
_PRODUCT: Final = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)
"""Table of the dihedral group of order ten, by which Verhoeff's check digits are reckoned."""
_MOVED: Final = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)
"""Where a digit goes, by how far it stands from the end."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Look up codes of which the tables are whole, and reckon the check digit of those of SNOMED CT."""
    for path, term in terms(draft):
        if (term.scheme in WHOLE and not meanings(term.scheme, term.value)) or (
            term.scheme == _SNOMED_CT and not is_identifier(term.value)
        ):
            yield wrong_code(f"`{term.value}` is no code of {term.scheme}", path, term)


def is_identifier(code: str) -> bool:
    """Whether a number can be an identifier of SNOMED CT: its last digit checks the others."""
    if not (code.isascii() and code.isdigit() and len(code) in _LENGTHS and code[0] != "0"):
        return False
    check = 0
    for at, digit in enumerate(reversed(code)):
        check = int(_PRODUCT[check][int(_MOVED[at % 8][int(digit)])])
    return check == 0


LINT = Lint(
    code="unknown-code",
    level="warning",
    means="A code is none that its terminology has.",
    why=(
        "Whoever joins data by a code finds nothing under a wrong one, or something else. Codes of DICOM (DCM) are "
        "looked up in the tables of pydicom; those of SNOMED CT (SCT) have a check digit, which tells a mistyped one."
    ),
    source="SNOMED CT Release File Specifications, Check-digit, https://docs.snomed.org",
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: polygon
    codes: [{scheme: SCT, value: '27925040', meaning: Nodule}]
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: polygon
    codes: [{scheme: SCT, value: '27925004', meaning: Nodule}]
""",
    find=find,
)
