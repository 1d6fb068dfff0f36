"""One annotator, over everything they have handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.scope import Scope, Share
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission

NO_ANNOTATOR = "the annotation does not say who made it"
COMPARED_WITH_NONE = "annotation {} does not say who made it, so it is compared with no other reader's"


def _shares(submission: Submission) -> Iterator[Share]:
    problem = NO_ANNOTATOR if submission.annotator is None else ""
    yield Share(Subject("annotator", annotator=submission.annotator or ""), submission, submission.regions, problem)


ANNOTATOR = Scope(
    name="annotator",
    judges="everything one annotator has handed in",
    section=("annotators", "rules"),
    moment="over time",
    shown_to="manager",
    shares=_shares,
)
