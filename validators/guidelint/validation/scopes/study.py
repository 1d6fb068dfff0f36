"""One study: everything that one annotator has read of it, over its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.scope import Scope
from guidelint.validation.scopes.named import shares_of_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.scope import Share

REMEDY = remedy("Study Instance UID (0020,000D)", "study_uid")


def no_study(image: ImageFacts) -> str:
    """Say why it is not known of which study an image is, and what to do."""
    return f"the study of the image is not known: {image.study_problem or NOT_SAID}; {REMEDY}"


def _shares(submission: Submission) -> Iterator[Share]:
    return shares_of_named("study", lambda image: image.study_uid, no_study, submission)


STUDY = Scope(
    name="study",
    judges="everything one annotator has read of one study",
    moment="over time",
    per_class=True,
    of_one_reader=True,
    shares=_shares,
)
