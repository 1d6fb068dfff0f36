"""What is kept of a region after its submission is gone: which it is, and its pixels in few bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.region_ref import RegionRef
from guidelint.geometry.codecs import cropped_rle
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing  # noqa: TC001 - kept regions are read back from storage

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRegion(RegionRef):
    """A region of one submission, made of what can be written to storage."""

    class_title: str
    """What annotators call its class."""
    image: int
    """Which image of the task it lies on, from 0."""
    object_name: str
    """Name of the physical object; empty: it has none."""
    pixels: bytes
    """Its pixels, as ``cropped_rle`` packs them; empty where there are none to be had."""
    no_pixels: str
    """Why they cannot be told; empty when they can."""
    spacing: Spacing | None
    no_spacing: str
    """Why nothing is known in millimetres; empty when it is."""

    @property
    def mask(self) -> Mask:
        """Its pixels. Raises NotMeasurable when they cannot be told."""
        if self.no_pixels:
            raise NotMeasurable(self.no_pixels)
        return memo.ask(cropped_rle.decode, by=(self.pixels,))


def kept_region(region: Region, submission: Submission) -> KeptRegion:
    """Keep a region of a submission."""
    pixels, no_pixels = _packed(region)
    return KeptRegion(
        region.id,
        f"{region.title} of annotation {submission.annotation}",
        region.class_name,
        region.number,
        submission.task,
        submission.annotation,
        region.item,
        class_title=region.class_title or region.class_name or "",
        image=region.image_index,
        object_name=region.object_name or "",
        pixels=pixels,
        no_pixels=no_pixels,
        spacing=region.spacing,
        no_spacing=region.no_spacing,
    )


def _packed(region: Region) -> tuple[bytes, str]:
    try:
        return memo.ask(cropped_rle.encode, region.mask), ""
    except (NotMeasurable, MaskError) as error:
        return b"", str(error)
