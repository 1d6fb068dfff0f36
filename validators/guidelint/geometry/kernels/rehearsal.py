"""Every compiled loop once, so that none is compiled or loaded while somebody waits."""

from __future__ import annotations

import numpy as np

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.components import run_labels
from guidelint.geometry.diameter import longest_diameter, mask_diameter_points
from guidelint.geometry.kernels.choice import using
from guidelint.geometry.mask import Mask
from guidelint.geometry.overlap import intersection_px
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing
from guidelint.geometry.surface import surface_distances


def rehearse() -> Mask:
    """Compile or load every loop, on a triangle of a few pixels."""
    with using("fast"):
        triangle = polygon_mask(np.array([[1.5, 1.5], [6.0, 2.0], [3.0, 7.0]]), (9, 9))
        stroke = rle_pack.encode(Mask.from_runs(triangle.starts, triangle.stops, triangle.shape))
        text = f"[{','.join(map(str, stroke))}]".encode()
        painted = rle_pack.decode(rle_pack.parse_bytes(text), triangle.shape)
        longest_diameter(mask_diameter_points(painted), Spacing(1.0, 1.0))
        run_labels(painted)
        surface_distances(painted, triangle, Spacing(1.0, 1.0))
        intersection_px(painted, triangle)
        return painted & triangle if painted.box and painted.touches.over_edges else triangle
