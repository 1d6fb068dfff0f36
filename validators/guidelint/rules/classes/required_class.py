"""The rule ``required-class``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import either
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class RequiredClass(SubmissionRule):
    """A class that must be there is marked at least once.

    ## Why
    A protocol that measures the left ventricle of every heart has no use for a task without one. A required answer is
    asked for by the editor; nothing there asks for a forgotten region.

    ## How it is measured
    At least one region of the classes is somewhere in the submission; in a task of several images, on any of them. Give
    a condition under ``when`` where it must be there only then, e.g. after an answer about the image; use the rule
    several times, each under a name of its own, where each of several classes must be there. ``count: {min: 1}`` of a
    class asks for it on every image, whatever is answered.

    ## Source
    A choice of this catalogue.
    """

    classes: Annotated[Classes, Concerned()] = ()
    """Classes of which one must be there; none: any."""
    titles: ClassTitles = {}
    """The classes as annotators see them: key → title."""

    says = {
        "missing": Says("no {title} is marked", "Look for it and mark it.", "Have it looked for and marked."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"At least one {names.kinds(self.classes or names.concerned)} is marked."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"no {names.kinds(self.classes or names.concerned)} is marked"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for a region of the classes."""
        if not any(not self.classes or region.class_name in self.classes for region in submission.regions):
            yield self.departs(
                "missing", title=either(self.titles.get(name, name) for name in self.classes) or "region"
            )

    cases = (
        Case("marked", {"classes": ["lesion"]}, "#"),
        Case("one of two classes is marked", {"classes": ["fovea", "lesion"]}, "#"),
        Case("nothing is marked", {"classes": ["lesion"]}, "", finds="no lesion is marked"),
        Case(
            "something else is marked",
            {"classes": ["disc", "fovea"], "titles": {"fovea": "Fovea centralis"}},
            "#",
            finds="no disc or Fovea centralis is marked",
        ),
        Case("anything is marked", {}, "#"),
        Case("nothing of any class is marked", {}, "", finds="no region is marked"),
        Case(
            "on one of two images",
            {"classes": ["lesion"]},
            (Drawn(text="#", class_name="other", item_index=0), Drawn(text="#", item_index=1)),
        ),
    )
