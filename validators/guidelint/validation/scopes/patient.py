"""One patient: everything that one annotator has read of them, over studies and time points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.scope import Scope
from guidelint.validation.scopes.named import shares_of_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.scope import Share

REMEDY = remedy("Patient ID (0010,0020), or the pseudonym that stands for it", "patient")


def _no_patient(image: ImageFacts) -> str:
    return f"the patient of the image is not known: {image.patient_problem or NOT_SAID}; {REMEDY}"


def _shares(submission: Submission) -> Iterator[Share]:
    return shares_of_named("patient", lambda image: image.patient, _no_patient, submission)


PATIENT = Scope(
    name="patient",
    judges="everything one annotator has read of one patient",
    moment="over time",
    per_class=True,
    of_one_reader=True,
    shares=_shares,
)
ANSWERED_PATIENT = replace(PATIENT, per_class=False)
"""The same for rules on answers: they stand at a question, and at no class."""
