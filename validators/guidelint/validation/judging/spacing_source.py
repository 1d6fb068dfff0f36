"""Where the spacing came from by which something was measured, where the task data do not tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import Region
from guidelint.imaging.beside import IN_TASK_DATA
from guidelint.validation.rule.evidence import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.geometry.spacing import Spacing
    from guidelint.validation.rule.evidence import Evidence


def spacing_from(evidence: Mapping[str, Evidence], regions: Sequence[Region | RegionRef]) -> Mapping[str, Evidence]:
    """Name the spacing and its source, if something was measured in millimetres by one given beside the task data."""
    if not any(isinstance(item, Quantity) and item.unit.startswith("mm") for item in evidence.values()):
        return {}
    spacings = (region.spacing for region in regions if isinstance(region, Region))
    told = next((spacing for spacing in spacings if spacing is not None and _is_beside(spacing)), None)
    if told is None:
        return {}
    return {"pixel_spacing": f"PixelSpacing {told.row_mm:g} × {told.column_mm:g} mm, {told.source}"}


def _is_beside(spacing: Spacing) -> bool:
    return spacing.source != "stated" and IN_TASK_DATA not in spacing.source
