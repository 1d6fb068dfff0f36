"""One submission."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from guidelint.validation.rule.rule import Rule
from guidelint.validation.rule.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.rule import Question

SUBMISSION = Scope(name="submission", judges="everything on one image")


class SubmissionRule(Rule):
    """Judges everything one annotator handed in for one task."""

    scope = SUBMISSION

    def questions(self, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Question]:  # noqa: ARG002
        """Ask once, with all regions in sight."""
        yield partial(self.check, submission), ()

    @abstractmethod
    def check(self, submission: Submission) -> Iterator[Reply]:
        """Yield how the submission departs; raise NotMeasurable when that cannot be told."""
