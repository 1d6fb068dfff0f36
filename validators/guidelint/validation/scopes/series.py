"""One series: all slices that one annotator has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission


def series_shares(submission: Submission) -> Iterator[Share]:
    """Give each series its regions; an image without a series belongs to none."""
    for uid in dict.fromkeys(image.series_uid for image in (submission.image, *submission.images)):
        if uid:
            regions = tuple(one for one in submission.regions if submission.image_of(one).series_uid == uid)
            yield Share(Subject("series", series=uid, annotator=submission.annotator or ""), submission, regions)


SERIES = Scope(
    name="series", judges="all slices of a series that one annotator has read", per_class=True, shares=series_shares
)
