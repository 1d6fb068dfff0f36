"""All rows of the benchmark, size by size; strokes and outlines stand here."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from tests.bench.inputs import Kind, array_of, mask_of, pixels, star
from tests.bench.row import Goal, Row, equal, peer
from tests.bench.rows_of_pairs import of_several, of_surfaces
from tests.bench.rows_of_regions import of_regions, of_shapes

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.raster import polygon_mask

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (256, 512, 1024, 2048)
QUICK_SIZES = (512,)
STROKES: tuple[Kind, ...] = ("blob", "ragged")
REGIONS: tuple[Kind, ...] = ("blob", "rough", "ragged")
PIECES: tuple[Kind, ...] = ("blob", "rough")
DECODE = Goal(25, 250)
DECODE_LARGE_RAGGED = Goal(25, 1000)
ENCODE = Goal(50, 50)
POLYGON = Goal(200, 1000)


def rows(*, quick: bool) -> Iterator[Row]:
    """All rows whose peer is installed."""
    for side in QUICK_SIZES if quick else SIZES:
        for kind in STROKES:
            yield from of_strokes(kind, side)
        for kind in REGIONS:
            yield from of_regions(kind, side)
        for kind in PIECES:
            yield from of_shapes(kind, side)
            yield from of_several(kind, side)
            yield from of_surfaces(kind, side)
    for side in QUICK_SIZES if quick else (*SIZES, 4096):
        yield from of_outlines(side)


def of_strokes(kind: Kind, side: int) -> Iterator[Row]:
    """Brush strokes against the codec of the Label Studio SDK, and their JSON text against json."""
    array = pixels(kind, side)
    mask = mask_of(array)
    data = rle_pack.encode(mask)
    numbers, words = list(data), np.repeat(array.reshape(-1).astype(np.uint8) * 255, 4)
    text = json.dumps(numbers, separators=(",", ":")).encode()
    row = partial(Row, given=kind, side=side, runs=mask.starts.size)
    if brush := peer("label_studio_sdk.converter.brush"):
        yield row(
            kernel="brush decode",
            peer="label-studio-sdk decode_rle",
            ours=lambda: rle_pack.decode(data, mask.shape),
            theirs=lambda: brush.decode_rle(numbers),
            same=lambda ours, theirs: np.array_equal(array_of(ours), (theirs[3::4] >= 128).reshape(mask.shape)),
            goal=DECODE_LARGE_RAGGED if (kind, side) == ("ragged", 2048) else DECODE,
        )
        yield row(
            kernel="brush encode",
            peer="label-studio-sdk encode_rle",
            ours=lambda: rle_pack.encode(mask),
            theirs=lambda: brush.encode_rle(words),
            # the SDK adds a byte where the stream ends with one
            same=lambda ours, theirs: bytes(theirs) in {ours, ours + b"\0"},
            goal=ENCODE,
        )
    yield row(
        kernel="brush JSON text",
        peer="json.loads",
        ours=lambda: rle_pack.parse_bytes(text),
        theirs=lambda: bytes(json.loads(text)),
        same=equal,
    )


def of_outlines(side: int) -> Iterator[Row]:
    """Polygons of twelve vertices against scikit-image."""
    draw = peer("skimage.draw")
    if draw is None:
        return
    points = star(side)
    without_outline = polygon_mask(points, (side, side), "outside")
    yield Row(
        kernel="polygon to mask",
        given="12 vertices",
        side=side,
        peer="skimage.draw.polygon",
        ours=lambda: polygon_mask(points, (side, side)),
        theirs=lambda: draw.polygon(points[:, 1] - 0.5, points[:, 0] - 0.5, (side, side)),
        # centres within 0.001 pixel of the outline are on it for us and on either side for scikit-image
        same=lambda ours, theirs: without_outline.area_px <= len(theirs[0]) <= ours.area_px,
        goal=POLYGON,
    )
