"""Whether a drawing is one of which a rule is asked, as far as a drawing tells: what is marked, and how large it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.validation.judging.under_condition import asked_of

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.plan import Check


def may_be_asked(check: Check, submission: Submission) -> bool:
    """Tell whether a use is asked of everything that it concerns in a drawing.

    A drawing has no answers, and its image has no view: what its condition says of those is taken to hold.
    """
    if check.when is None:
        return True
    concerned = tuple(
        region for region in submission.regions if check.classes is None or region.class_name in check.classes
    )
    when = replace(check.when, optional=frozenset[str]())
    asked = asked_of(replace(check, when=when), submission, concerned)
    if when.of_region or check.rule.scope.of_regions:
        return len(asked.regions) + len(asked.untold) == len(concerned)
    return asked.applies or bool(asked.untold)
