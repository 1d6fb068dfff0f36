"""One patient: everything that one annotator has read of them, over studies and time points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts

REMEDY = remedy("Patient ID (0010,0020), or the pseudonym that stands for it", "patient")


def _no_patient(image: ImageFacts) -> str:
    return f"the patient of the image is not known: {image.patient_problem or NOT_SAID}; {REMEDY}"


def _shares(submission: Submission) -> Iterator[Share]:
    """Give each patient the regions on their images; of an image of nobody in particular, it is told with its task."""
    by = submission.annotator or ""
    for patient in filter(None, dict.fromkeys(image.patient for image in submission.images)):
        regions = tuple(one for one in submission.regions if submission.image_of(one).patient == patient)
        yield Share(Subject("patient", name=patient, annotator=by), submission, regions)
    nobody = Subject("patient", task=submission.task, name="not known", annotator=by)
    for problem in dict.fromkeys(_no_patient(image) for image in submission.images if not image.patient):
        yield Share(nobody, submission, (), problem)


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
