"""Phantom slices: a drawn chest with something bright where the published outlines are. No CT pixel is involved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Grey = NDArray[np.float64]
    Points = Sequence[tuple[float, float]]

CAPTION = "PHANTOM drawn around published LIDC-IDRI outlines - not a CT image"

_AIR, _LUNG, _TISSUE, _BONE, _NODULE = 8.0, 38.0, 140.0, 215.0, 165.0
_LUNGS = ((0.295, 0.54, 0.165, 0.31), (0.705, 0.54, 0.165, 0.31))
"""Centres (x, y) and radii (x, y) of the two lungs, as parts of the image."""
_VESSELS = 60
_AROUND_NODULE_PX = 34
"""A nodule always lies in lung: so much around its outlines is drawn as lung."""


def phantom(outlines: Sequence[Points], side: int, seed: int) -> Image.Image:
    """Draw a slice of `side` × `side` pixels; outlines are (column, row) in pixels; one seed, one picture."""
    random = np.random.default_rng(seed)
    lung = _lung(outlines, side)
    grey = np.where(_ellipse(side, 0.5, 0.53, 0.47, 0.40), _TISSUE, _AIR)
    grey = grey + (_BONE - _TISSUE) * _skeleton(side)
    grey = lung * (_LUNG + _vessels(side, random)) + (1 - lung) * grey
    nodule = gaussian_filter(_filled(outlines, side), 1.2)
    grey = nodule * _NODULE + (1 - nodule) * grey
    grey += gaussian_filter(random.normal(0.0, 14.0, (side, side)), 0.8)
    return _captioned(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))


def _ellipse(side: int, x: float, y: float, radius_x: float, radius_y: float) -> Grey:
    rows, columns = np.mgrid[0:side, 0:side] / side
    inside = ((columns - x) / radius_x) ** 2 + ((rows - y) / radius_y) ** 2 <= 1
    return np.asarray(inside, dtype=np.float64)


def _filled(outlines: Sequence[Points], side: int) -> Grey:
    """Share of the outlines that cover a pixel: where readers disagree the border is soft."""
    covered = np.zeros((side, side))
    for outline in outlines:
        mask = Image.new("1", (side, side))
        ImageDraw.Draw(mask).polygon([tuple(point) for point in outline], fill=1)
        covered += np.asarray(mask)
    return np.asarray(covered / max(covered.max(), 1), dtype=np.float64)


def _lung(outlines: Sequence[Points], side: int) -> Grey:
    """Where there is lung, with a soft border."""
    drawn = np.maximum.reduce([_ellipse(side, *lung) for lung in _LUNGS])
    near = gaussian_filter((_filled(outlines, side) > 0).astype(np.float64), _AROUND_NODULE_PX / 2)
    if near.max() > 0:
        drawn = np.maximum(drawn, near > near.max() * 0.12)
    return gaussian_filter(drawn, 2.5)


def _skeleton(side: int) -> Grey:
    """Spine, sternum and ribs."""
    drawn = _ellipse(side, 0.5, 0.77, 0.055, 0.05) + _ellipse(side, 0.5, 0.165, 0.035, 0.018)
    for angle in np.linspace(0, 2 * np.pi, 18, endpoint=False):
        drawn = drawn + _ellipse(side, 0.5 + 0.445 * np.cos(angle), 0.53 + 0.375 * np.sin(angle), 0.026, 0.013)
    return gaussian_filter(np.clip(drawn, 0, 1), 1.5)


def _vessels(side: int, random: np.random.Generator) -> Grey:
    """Thin bright branches that run outwards from the hila."""
    drawn = Image.new("L", (side, side))
    pen = ImageDraw.Draw(drawn)
    for _ in range(_VESSELS):
        x, y = (side * random.choice((0.40, 0.60)), side * random.uniform(0.42, 0.58))
        angle, width = random.uniform(0, 2 * np.pi), int(random.integers(1, 4))
        for _step in range(12):
            angle += random.normal(0, 0.25)
            further = (x + 9 * np.cos(angle), y + 9 * np.sin(angle))
            pen.line([(x, y), further], fill=int(70 + 25 * width), width=width)
            x, y = further
    return gaussian_filter(np.asarray(drawn, dtype=np.float64), 0.8)


def _captioned(picture: Image.Image) -> Image.Image:
    """Say in the picture itself what it is."""
    font = ImageFont.load_default(13)
    ImageDraw.Draw(picture).text((10, picture.height - 24), CAPTION, fill=230, font=font)
    return picture
