"""One submission."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from guidelint.validation.rule.rule import Rule, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Reply


class SubmissionRule(Rule):
    """Judges everything one annotator handed in for one task."""

    scope: ClassVar[Scope] = "submission"

    @abstractmethod
    def check(self, submission: Submission) -> Iterator[Reply]:
        """Yield how the submission departs; raise CannotEvaluate when that cannot be told."""
