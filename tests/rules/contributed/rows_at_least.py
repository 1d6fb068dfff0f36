"""The rule ``rows-at-least``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.image import ImageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class RowsAtLeast(ImageRule):
    """An image has enough rows to be read.

    ## Why
    A thumbnail shows no margin.

    ## How it is measured
    The Rows (0028,0010) of the image, as delivered with the task.

    ## Source
    A choice of this catalogue.
    """

    least: Annotated[OneOrMore, Lower("rows")] = 128
    """Fewest rows."""

    says = {
        "too-few": Says(
            "the image has {rows} rows; the guideline asks for {least}",
            "Tell the person who chose the images.",
            "Leave the image out, or tell the person who chose the images.",
            beyond_reach=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The image has at least {self.least} rows."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the image has fewer than {self.least} rows"

    def check(self, image: ImageFacts) -> Iterator[Departure]:
        """Compare the rows with the limit."""
        if not image.rows:
            raise NotMeasurable("the number of rows of the image is not stated")
        if image.rows < self.least:
            yield self.departs("too-few", rows=image.rows, least=self.least)

    cases = (
        Case("as many as asked for", {"least": 20}, "", image_shape=(20, 30)),
        Case("one too few", {"least": 21}, "", finds="the image has 20 rows", image_shape=(20, 30)),
        Case("not stated", {"least": 20}, "", cannot="rows of the image is not stated", image_shape=(0, 0)),
    )
