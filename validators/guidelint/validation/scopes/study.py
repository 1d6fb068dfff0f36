"""One study: everything that one annotator has read of it, over its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts

REMEDY = remedy("Study Instance UID (0020,000D)", "study_uid")


def _no_study(image: ImageFacts) -> str:
    return f"the study of the image is not known: {image.study_problem or NOT_SAID}; {REMEDY}"


def _shares(submission: Submission) -> Iterator[Share]:
    """Give each study the regions on its images; of an image of which that is not known, it is told with its task."""
    by = submission.annotator or ""
    for study in filter(None, dict.fromkeys(image.study_uid for image in submission.images)):
        regions = tuple(one for one in submission.regions if submission.image_of(one).study_uid == study)
        yield Share(Subject("study", name=study, annotator=by), submission, regions)
    nowhere = Subject("study", task=submission.task, name="not known", annotator=by)
    for problem in dict.fromkeys(_no_study(image) for image in submission.images if not image.study_uid):
        yield Share(nowhere, submission, (), problem)


STUDY = Scope(
    name="study",
    judges="everything one annotator has read of one study",
    moment="over time",
    per_class=True,
    of_one_reader=True,
    shares=_shares,
)
