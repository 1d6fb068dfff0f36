"""One series: all slices that one annotator has read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.refs import task_called
from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts

REMEDY = remedy("Series Instance UID (0020,000E)", "series_uid")


def _no_series(image: ImageFacts) -> str:
    return f"the series of the image is not known: {image.series_problem or NOT_SAID}; {REMEDY}"


def _shares(submission: Submission) -> Iterator[Share]:
    """Give each series its regions; of an image of which that is not known, it is told with its task."""
    yield from series_shares(submission)
    images = (*submission.images, *map(submission.image_of, submission.regions))
    nowhere = Subject("series", task=submission.task, series="not known", annotator=submission.annotator or "")
    for problem in dict.fromkeys(_no_series(image) for image in images if not image.series_uid):
        yield Share(nowhere, submission, (), problem)


def series_shares(submission: Submission) -> Iterator[Share]:
    """Give each series its regions; an image without a series belongs to none."""
    for uid in dict.fromkeys(image.series_uid for image in (submission.image, *submission.images)):
        if uid:
            regions = tuple(one for one in submission.regions if submission.image_of(one).series_uid == uid)
            yield Share(Subject("series", series=uid, annotator=submission.annotator or ""), submission, regions)


def slices_of(share: Share) -> Iterator[tuple[str, ImageFacts, tuple[Region, ...]]]:
    """Give each image of the submission that lies in the series: how people name it, its facts, its regions."""
    submission = share.submission
    task = task_called(submission.task)
    if not submission.item_images:
        yield task, submission.image, share.regions
        return
    for index in sorted({*submission.item_images, *(region.image_index for region in share.regions)}):
        image = submission.item_images.get(index, submission.image)
        if image.series_uid == share.subject.series:
            regions = tuple(region for region in share.regions if region.image_index == index)
            yield f"image {index + 1} of {task}", image, regions


SERIES = Scope(
    name="series",
    judges="all slices of a series that one annotator has read",
    moment="over time",
    per_class=True,
    of_one_reader=True,
    shares=_shares,
)
ANSWERED_SERIES = replace(SERIES, per_class=False)
"""The same for rules on answers: they stand at a question, and at no class."""
