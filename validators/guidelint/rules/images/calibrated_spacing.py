"""The rule ``calibrated-spacing``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.limit import OfImage
from guidelint.validation.rule.parameters.amount import SpacingMm
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import beyond, both, bounds
from guidelint.validation.scopes.image import ImageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

TELL = "Tell the person who chose the images."
LEAVE_OUT = "Leave the image out, or tell the person who chose the images."


def _told(spacing_mm: float, source: str | None) -> Quantity:
    """Name where it stands, if that is beside the task data."""
    return Quantity(OfImage.of(spacing_mm, source) if source else spacing_mm, "mm")


class CalibratedSpacing(ImageRule):
    """The pixel spacing of the image is known and lies within limits.

    ## Why
    Millimetres are only as good as the spacing they are computed from, and on coarse images small structures cannot be
    outlined at all.

    ## How it is measured
    Pixel Spacing (0028,0030) as delivered with the task; both the row and the column spacing lie within the limits.
    Both are compared as they are stated, without rounding, as every size is: 1.00001 mm lies above 1 mm. Where images
    were resampled, leave room for what that adds: ``max_mm: 1.001``.

    ## Source
    DICOM PS3.3, 10.7.1.1.
    """

    min_mm: Annotated[SpacingMm, Lower("pixel spacing"), From("images.pixel_spacing.min_mm")] | None = None
    """Smallest spacing in mm."""
    max_mm: Annotated[SpacingMm, Upper("pixel spacing"), From("images.pixel_spacing.max_mm")] | None = None
    """Largest spacing in mm."""

    follows = "images.pixel_spacing"
    says = {
        "too-fine": Says(
            "the pixel spacing of the image is {spacing}, below the limit of {limit}",
            TELL,
            LEAVE_OUT,
            beyond_reach=True,
        ),
        "too-coarse": Says(
            "the pixel spacing of the image is {spacing}, above the limit of {limit}",
            TELL,
            LEAVE_OUT,
            beyond_reach=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        limits = bounds(self.min_mm, self.max_mm, "mm")
        return f"The pixel spacing of the image is {both(('known', *filter(None, [limits])))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        limits = beyond(self.min_mm, self.max_mm, "mm") or "not known"
        return f"the pixel spacing of the image is {limits}"

    def check(self, image: ImageFacts) -> Iterator[Departure]:
        """Compare both spacings with both limits."""
        if image.spacing is None:
            raise NotMeasurable(image.spacing_problem or "the pixel spacing of the image is not known")
        yield from self._compare(image.spacing, image.sources.get("pixel_spacing"))

    def _compare(self, spacing: Spacing, source: str | None) -> Iterator[Departure]:
        low, high = sorted((spacing.row_mm, spacing.column_mm))
        if self.min_mm is not None and low < self.min_mm:
            yield self.departs("too-fine", spacing=_told(low, source), limit=Quantity(self.min_mm, "mm"))
        if self.max_mm is not None and high > self.max_mm:
            yield self.departs("too-coarse", spacing=_told(high, source), limit=Quantity(self.max_mm, "mm"))

    cases = (
        Case("at both limits", {"min_mm": 0.5, "max_mm": 1.0}, "#", spacing=Spacing(row_mm=0.5, column_mm=1.0)),
        Case("known, without limits", {}, "#"),
        Case(
            "rows too far apart",
            {"max_mm": 1.0},
            "#",
            finds="is 1.2 mm, above the limit of 1 mm",
            spacing=Spacing(row_mm=1.2, column_mm=1.0),
        ),
        Case(
            "columns too close",
            {"min_mm": 0.5},
            "#",
            finds="is 0.4 mm, below the limit of 0.5 mm",
            spacing=Spacing(row_mm=0.5, column_mm=0.4),
        ),
        Case(
            "too far apart, by a header beside the task data",
            {"max_mm": 1.0},
            (
                Handed(
                    draws="#",
                    image=ImageFacts(
                        spacing=Spacing(1.2, 1.2), sources={"pixel_spacing": "DICOM (0028,0030) of scan/12.dcm"}
                    ),
                ),
            ),
            finds="is 1.2 mm (DICOM (0028,0030) of scan/12.dcm), above the limit of 1 mm",
        ),
        Case("not known", {"max_mm": 1.0}, "#", cannot="pixel spacing", spacing=None),
    )
