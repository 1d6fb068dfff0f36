"""One patient: everything that one annotator has read of them, over studies and time points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission

NO_PATIENT = (
    "the task data do not say whose image it is: Patient ID (0010,0020), or the pseudonym that stands for it; deliver "
    "it, or name the key that it stands under in the guideline: `images: keys: patient:`"
)


def _shares(submission: Submission) -> Iterator[Share]:
    """Give each patient the regions on their images; whose an image is, is said or cannot be told."""
    for patient in dict.fromkeys(image.patient for image in submission.images):
        regions = tuple(one for one in submission.regions if submission.image_of(one).patient == patient)
        subject = Subject("patient", name=patient or "not known", annotator=submission.annotator or "")
        yield Share(subject, submission, regions, "" if patient else NO_PATIENT)


PATIENT = Scope(
    name="patient", judges="everything one annotator has read of one patient", of_one_reader=True, shares=_shares
)
