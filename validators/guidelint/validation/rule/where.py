"""Where on its image a point lies, in words that somebody finds it by who looks at the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.region import Region


def where(x_px: float, y_px: float, region: Region) -> str:
    """Say how far from the left and from the top edge; in pixels where the size of the image is not stated."""
    rows, columns = region.image_shape
    if 0 in region.image_shape:
        return f"x {x_px:.1f}, y {y_px:.1f} px"
    return f"{100 * x_px / columns:.0f} % from the left and {100 * y_px / rows:.0f} % from the top of the image"
