"""A terminology that DICOM knows by another designator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.terms.terminology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_CALLED = {
    "SCT": ("snomed", "snomedct", "sct", "sctid", "snomedclinicalterms"),
    "DCM": ("dicom", "dcm"),
    "RADLEX": ("radlex",),
    "LN": ("loinc", "ln"),
    "NCIt": ("ncit", "ncithesaurus"),
    "UCUM": ("ucum",),
    "MSH": ("mesh", "msh"),
    "RXNORM": ("rxnorm",),
    "I10": ("icd10", "i10"),
    "FMA": ("fma",),
    "UMLS": ("umls",),
}
"""Designator → what people write for it, in letters and digits alone."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Find designators that are spelt otherwise than in files."""
    for path, term in terms(draft):
        plain = "".join(letter for letter in term.scheme.lower() if letter.isalnum())
        meant = next((name for name, others in _CALLED.items() if plain in others), None)
        if meant and meant != term.scheme:
            message = f"files call this terminology `{meant}`, not `{term.scheme}`"
            yield Flaw(message, (*path, "scheme"), f"Write `{meant}`.", better=meant, fix="better")


LINT = Lint(
    code="other-designator",
    level="warning",
    means="A terminology is called otherwise than in files.",
    why=(
        "DICOM files name a terminology by its Coding Scheme Designator (0008,0102): `SCT` for SNOMED CT, `DCM` for "
        "DICOM, `LN` for LOINC. Under another name a code is not found in them."
    ),
    source="DICOM PS3.16, chapter 8, https://dicom.nema.org/medical/dicom/current/output/html/part16.html#chapter_8",
    wrong="""\
classes:
  lesion:
    title: Nodule
    definition: A round opacity.
    draw: polygon
    codes: [{scheme: SNOMED-CT, value: '27925004', meaning: Nodule}]
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
