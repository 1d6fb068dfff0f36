"""Run-length masks of COCO: pixels column by column, runs of background and mask in turn, beginning with background.

``counts`` is a list of run lengths, or the same numbers packed into ASCII text: differences to the run two before,
five bits per character from the lowest, 32 for "more follows", 48 added to be printable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import MAX_RUNS, Mask, MaskError
from guidelint.geometry.measures.surface import pixel_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.geometry.flat import Flat

_MORE, _SIGN, _BITS, _PRINTABLE = 32, 16, 5, 48
_MAX_CHARACTERS = 7
"""Of one number: 35 bits hold the difference of any two run lengths of an image."""


def decode(counts: Sequence[int] | str | bytes, shape: tuple[int, int]) -> Mask:
    """Mask (rows, columns) from either form. Raises MaskError when the runs do not make up the image exactly."""
    runs = _unpacked(counts) if isinstance(counts, (str, bytes)) else _listed(counts)
    if (runs < 0).any():
        raise MaskError("the COCO mask has a run of negative length")
    pixels = shape[0] * shape[1]
    told = sum(runs.tolist())
    if told != pixels:
        raise MaskError(f"the COCO mask tells {told:,} pixels, the image has {shape[1]} × {shape[0]} = {pixels:,}")
    ends = np.cumsum(runs)
    stops = ends[1::2]
    starts = ends[:-1:2][: stops.size]
    columns_first = Mask.from_runs(starts, stops, (shape[1], shape[0]))
    return transposed(columns_first)


def encode(mask: Mask) -> str:
    """Give the packed text that pycocotools gives for the mask."""
    runs = np.array(encode_runs(mask), np.int64)
    steps = runs.copy()
    steps[3:] -= runs[1:-2]
    return "".join(_packed(step) for step in steps.tolist())


def encode_runs(mask: Mask) -> list[int]:
    """Give the list of run lengths."""
    turned = transposed(mask)
    apart = turned.starts[1:] != turned.stops[:-1]
    starts = turned.starts[np.append(True, apart)[: turned.starts.size]]
    stops = turned.stops[np.append(apart, True)[: turned.stops.size]]
    ends = np.stack([starts, stops], axis=1).reshape(-1)
    lengths = np.diff(np.concatenate([[0], ends, [mask.shape[0] * mask.shape[1]]])).tolist()
    return [int(length) for length in (lengths[:-1] if len(lengths) > 1 and lengths[-1] == 0 else lengths)]


def transposed(mask: Mask) -> Mask:
    """Mirror the mask at the diagonal: rows become columns. Raises MaskError when that makes too many runs."""
    rows, columns = mask.shape
    # a run of the mirrored mask begins at a pixel with none above it, and ends below one with none beneath
    framed = mask.moved(1, 0, (rows + 2, columns))
    above, beneath = framed.moved(1, 0, framed.shape), framed.moved(-1, 0, framed.shape)
    first, last = framed - above, framed - beneath
    if first.area_px > MAX_RUNS:
        raise MaskError(f"the mask has {first.area_px:,} runs across; more than {MAX_RUNS:,} are not evaluated")
    return Mask.from_runs(np.sort(_mirrored(first)), np.sort(_mirrored(last)) + 1, (columns, rows))


def _mirrored(framed: Mask) -> Flat:
    """Flat indices in the mirrored image of the pixels of a mask that has an empty row above and beneath."""
    row, column = pixel_places(framed).T
    flat: Flat = column * (framed.shape[0] - 2) + row - 1
    return flat


def _listed(counts: Sequence[int]) -> Flat:
    if len(counts) > MAX_RUNS:
        raise MaskError(f"the COCO mask has more than {MAX_RUNS:,} runs")
    if set(map(type, counts)) - {int} or max(counts, default=0) >= 2**53:
        raise MaskError("the run lengths of the COCO mask are not whole numbers")
    return np.array(counts, np.int64)


def _unpacked(text: str | bytes) -> Flat:
    try:
        code = np.frombuffer(text.encode("ascii") if isinstance(text, str) else text, np.uint8).astype(np.int64)
    except UnicodeEncodeError as error:
        raise MaskError("the COCO mask is not packed text") from error
    if code.size > MAX_RUNS:
        raise MaskError(f"the COCO mask has more than {MAX_RUNS:,} characters")
    code -= _PRINTABLE
    if ((code < 0) | (code >= 2 * _MORE)).any() or (code.size and code[-1] & _MORE):
        raise MaskError("the COCO mask is not packed text")
    last = np.flatnonzero((code & _MORE) == 0)
    first = np.concatenate([[0], last[:-1] + 1])[: last.size]
    characters = last - first + 1
    if characters.max(initial=0) > _MAX_CHARACTERS:
        raise MaskError("the COCO mask has a run longer than any image")
    place = np.arange(code.size) - np.repeat(first, characters)
    if first.size == 0:
        return first
    steps: Flat = np.add.reduceat((code & (_MORE - 1)) << (_BITS * place), first)
    steps -= np.where(code[last] & _SIGN, np.int64(1) << (_BITS * characters), 0)
    # every run from the fourth is told as the difference to the run two before
    steps[1::2] = np.cumsum(steps[1::2])
    steps[2::2] = np.cumsum(steps[2::2])
    return steps


def _packed(number: int) -> str:
    text = ""
    while True:
        low, number = number & (_MORE - 1), number >> _BITS
        more = number != (-1 if low & _SIGN else 0)
        text += chr((low | (_MORE if more else 0)) + _PRINTABLE)
        if not more:
            return text
