"""The rule ``readable-facts``."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from guidelint.annotation.submission import UnreadFact
from guidelint.imaging.beside import KEYWORDS
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.reply import CannotTell, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names


class ReadableFacts(SubmissionRule):
    """What an annotation, its items and its images say of themselves can be read.

    ## Why
    Times, names and marks of origin are written by many programs, each in its own way. A time that is a number says
    nothing about the outline beside it; it is left out, and the outline is judged.

    ## How it is measured
    Facts that are not what the format describes are named one by one: who annotated, when and how long, after which
    suggestion, how the viewer was turned; and of an image what the task data repeat of its header, such as its pixel
    spacing and where its slice lies. Where a table or headers are given beside the task data, two places that say
    otherwise of one image make the fact unknown. Whether a task was skipped decides what is judged: where that cannot
    be read, the work is judged, but never accepted.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    DICOM PS3.3, Image Plane Module (C.7.6.2).
    """

    always = True
    level = "note"
    says = {
        "of-annotation": Says(
            "{fact} cannot be read and is left out: {reason}",
            "There is nothing for you to change.",
            "Correct {fact} where it came from.",
        ),
        "of-item": Says(
            "{fact} of number {position} of what is stored cannot be read and is left out: {reason}",
            "There is nothing for you to change.",
            "Correct {fact} where it came from.",
        ),
        "of-image": Says(
            "{fact} in the task data cannot be read and is left out: {reason}",
            "There is nothing for you to change.",
            "Correct {fact} where the task data came from.",
        ),
        "told-otherwise": Says(
            "{fact} of the image is not known: {reason}",
            "There is nothing for you to change.",
            "Correct it at the place that is wrong.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "What is stored beside the marks, such as people and times, can be read."

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Report every fact that could not be read."""
        if submission.skip_problem:
            yield CannotTell(f"whether the task was skipped is not known, {submission.skip_problem}", ())
        for fact in submission.unread_facts:
            if fact.position is None:
                yield self.departs("of-annotation", fact=fact.name, reason=fact.reason)
            else:
                yield self.departs("of-item", fact=fact.name, position=fact.position + 1, reason=fact.reason)
        of_images = (image.unreadable.items() for image in submission.images)
        for name, reason in dict.fromkeys(chain.from_iterable(of_images)):
            yield self.departs("of-image", fact=name, reason=reason)
        told_otherwise = (image.contradicted.items() for image in submission.images)
        for name, reason in dict.fromkeys(chain.from_iterable(told_otherwise)):
            yield self.departs("told-otherwise", fact=KEYWORDS[name], reason=reason)

    cases = (
        Case("every fact is readable", {}, "##"),
        Case(
            "a time that is a number",
            {},
            "##",
            finds="created_at cannot be read and is left out: a time is needed",
            unread_facts=(UnreadFact("created_at", "a time is needed"),),
        ),
        Case(
            "a fact of one item",
            {},
            "##",
            finds="origin of number 1 of what is stored cannot be read and is left out: a text is needed",
            unread_facts=(UnreadFact("origin", "a text is needed", 0),),
        ),
        Case(
            "a position of two numbers",
            {},
            "##",
            finds="ImagePositionPatient in the task data cannot be read and is left out: 3 numbers are needed",
            unread_of_image={"ImagePositionPatient": "3 numbers are needed"},
        ),
        Case(
            "two places that contradict each other",
            {},
            "##",
            finds="Modality of the image is not known: Modality in the task data is CT, Modality of images.csv, line 2",
            contradicted_of_image={
                "modality": "Modality in the task data is CT, Modality of images.csv, line 2 is MR",
            },
        ),
        Case(
            "whether it was skipped",
            {},
            "##",
            cannot="was_cancelled cannot be read",
            skip_problem="was_cancelled cannot be read: true or false is needed",
        ),
    )
