"""Subjects that a fact of the image names: a study, a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts


def shares_of_named(
    kind: str,
    name_of: Callable[[ImageFacts], str | None],
    not_known: Callable[[ImageFacts], str],
    submission: Submission,
) -> Iterator[Share]:
    """Give each subject the regions on its images; of an image that names none, it is told with its task."""
    by = submission.annotator or ""
    for name in filter(None, dict.fromkeys(map(name_of, submission.images))):
        regions = tuple(one for one in submission.regions if name_of(submission.image_of(one)) == name)
        yield Share(Subject(kind, name=name, annotator=by), submission, regions)
    nobody = Subject(kind, task=submission.task, name="not known", annotator=by)
    for problem in dict.fromkeys(not_known(image) for image in submission.images if not name_of(image)):
        yield Share(nobody, submission, (), problem)
