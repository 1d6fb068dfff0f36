"""A class has no code of a terminology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.colleague.whole import each_or_all
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.flaw import Flaw


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes without codes."""
    without = [name for name, part in draft.written.classes.items() if not part.codes]
    remedy = "Add `codes: [{scheme: SCT, value: …, meaning: …}]`, of SNOMED CT, RadLex or another terminology."
    yield from each_or_all(without, "has no code of a terminology", remedy)


LINT = Lint(
    code="class-without-code",
    level="note",
    means="A class has no code of a terminology.",
    why=(
        "Names differ between houses and languages, codes do not: with one, data sets can be merged and found, and "
        "deliveries in DICOM are recognised. Where no terminology has the concept, allow the note and say so."
    ),
    source=(
        "Wilkinson MD et al. The FAIR Guiding Principles for scientific data management and stewardship, principle I2. "
        "Scientific Data 3 (2016), https://doi.org/10.1038/sdata.2016.18"
    ),
    wrong="""\
classes:
  nodule: {title: Nodule, definition: A round spot., draw: keypoint}
""",
    right="""\
classes:
  nodule:
    title: Nodule
    definition: A round spot.
    draw: keypoint
    codes: [{scheme: SCT, value: '27925004', meaning: Nodule}]
""",
    find=find,
)
