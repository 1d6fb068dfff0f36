"""The rule ``drawn-on-allowed-image``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import Classes, Concerned, ImageName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ImageTitles
from guidelint.validation.rule.wording import either
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names

UNTOLD = "the annotation does not say on which of the images of the task it is drawn"


class DrawnOnAllowedImage(SubmissionRule):
    """A region is drawn on an image of the task that the guideline allows for its class.

    ## Why
    In a task of several sequences each part of a tumour is outlined on the one that shows its border best. On another
    one its border is another line, and what is measured is not what the protocol asks for.

    ## How it is measured
    The image on which the region is drawn is compared with those that the guideline names for its class with `on:`. A
    region of which that is not known cannot be evaluated.

    ## Source
    BraTS outlines enhancing tumour on T1 after contrast and oedema on FLAIR (Menze et al. 2015, doi
    10.1109/TMI.2014.2377694).
    """

    classes: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    """Classes that it concerns; none: all."""
    images: Annotated[tuple[ImageName, ...], From("classes.*.on")] = ()
    """Images of the task that are allowed, by their names; none: every one."""
    titles: ImageTitles = {}
    """The images as annotators see them: name → title."""

    follows = "classes.*.on"
    needs = frozenset({"controls"})
    says = {
        "other-image": Says(
            "drawn on {image}; the guideline asks for {allowed}",
            "Delete it and draw it on {allowed}.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kinds(self.classes or names.concerned)} is drawn on {self._allowed_told(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return (
            f"any {names.kinds(self.classes or names.concerned)} is drawn elsewhere than on {self._allowed_told(names)}"
        )

    def _allowed_told(self, names: Names) -> str:
        return either(map(names.image, self.images)) or "an image of the task"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare the image of each region with those that are allowed."""
        for region in submission.regions:
            if self.images and (not self.classes or region.class_name in self.classes):
                yield from self._judge(region)

    def _judge(self, region: Region) -> Iterator[Reply]:
        if region.named is None:
            yield CannotTell(UNTOLD, (region,))
        elif region.named.name not in self.images:
            yield self._elsewhere(region, region.named.title)

    def _elsewhere(self, region: Region, image: str) -> Departure:
        allowed = either(self.titles.get(name, name) for name in self.images)
        return self.departs("other-image", region, image=image, allowed=allowed)

    cases = (
        Case(
            "on the image asked for",
            {"images": ["flair"], "classes": ["lesion"]},
            Drawn(text="##", item_index=1),
            of_task={"t1c": "T1 after contrast", "flair": "FLAIR"},
        ),
        Case(
            "on another image",
            {"images": ["flair"], "titles": {"flair": "FLAIR"}, "classes": ["lesion"]},
            Drawn(text="##", item_index=0),
            finds="drawn on T1 after contrast; the guideline asks for FLAIR",
            of_task={"t1c": "T1 after contrast", "flair": "FLAIR"},
        ),
        Case(
            "on one of two images",
            {"images": ["t1c", "flair"]},
            (Drawn(text="##", item_index=0), Drawn(text="##", item_index=1)),
            of_task={"t1c": "T1 after contrast", "flair": "FLAIR"},
        ),
        Case(
            "another class may be drawn anywhere",
            {"images": ["flair"], "classes": ["cyst"]},
            Drawn(text="##", item_index=0),
            of_task={"t1c": "T1 after contrast", "flair": "FLAIR"},
        ),
        Case("where no image is named", {}, "##"),
        Case(
            "on which image it is drawn is not known",
            {"images": ["flair"]},
            "##",
            cannot="the annotation does not say on which of the images of the task it is drawn",
        ),
    )
