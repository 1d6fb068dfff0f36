"""One image, whoever draws on it."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.rule import Rule
from guidelint.validation.rule.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.rule import Question

IMAGE = Scope(name="image", judges="one image", sees_regions=False, shown_to="manager")


class ImageRule(Rule):
    """Judges one image by what is known of it, before anyone draws and with every submission on it."""

    scope = IMAGE

    def questions(self, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Question]:  # noqa: ARG002
        """Ask each image of the task; what is so of several is said once."""
        yield partial(self._each, submission.images), ()

    def _each(self, images: Iterable[ImageFacts]) -> Iterator[Reply]:
        said: list[Reply] = []
        for image in images:
            for reply in self._of_one(image):
                if reply not in said:
                    said.append(reply)
                    yield reply

    def _of_one(self, image: ImageFacts) -> Iterator[Reply]:
        try:
            yield from self.check(image)
        except NotMeasurable as error:
            yield CannotTell(str(error), ())

    @abstractmethod
    def check(self, image: ImageFacts) -> Iterator[Reply]:
        """Yield how the image departs; raise NotMeasurable when that cannot be told."""
