"""A mask as few bytes, to be stored or sent to another process: runs within its bounding box.

One byte says the format, then come whole numbers, seven bits a byte from the lowest, 128 for "more follows": rows and
columns of the image; where there is any pixel, top, left, rows and columns of the box; then, row by row through the
box, pixels of background and of mask in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import MAX_RUNS, Mask, MaskError

if TYPE_CHECKING:
    from guidelint.geometry.flat import Flat

FORMAT = b"\x01"
MAX_BYTES = 4 * MAX_RUNS
"""Enough for as many runs as a mask may have; bounds time and memory."""
_MORE, _BITS = 128, 7
_MOST_BYTES_A_NUMBER = 9
"""63 bits, all that an index of a pixel has."""
_IMAGE, _BOX = 2, 6
"""Numbers that say the image, and those that say the image and the box."""
_MOST_PIXELS = 2**62


def encode(mask: Mask) -> bytes:
    """Pack the mask. Raises MaskError when that takes more than ``MAX_BYTES``."""
    if mask.box is None:
        return FORMAT + _packed(np.array(mask.shape, np.int64))
    box = mask.box
    inner = mask.moved(-box.top, -box.left, box.shape)
    apart = inner.starts[1:] != inner.stops[:-1]
    starts, stops = inner.starts[np.append(True, apart)], inner.stops[np.append(apart, True)]
    runs = np.diff(np.stack([starts, stops], axis=1).reshape(-1), prepend=0)
    data = FORMAT + _packed(np.concatenate([[*mask.shape, box.top, box.left, *box.shape], runs]))
    if len(data) > MAX_BYTES:
        raise MaskError(f"the mask takes {len(data):,} bytes; more than {MAX_BYTES:,} are not stored")
    return data


def decode(data: bytes) -> Mask:
    """Read what ``encode`` packed; one mask has one packed form. Raises MaskError for anything else."""
    if data[:1] != FORMAT or len(data) > MAX_BYTES:
        raise MaskError("the stored mask is of another format")
    mask = _mask(_unpacked(data[1:]))
    if encode(mask) != data:
        raise MaskError("the stored mask is not packed in the one way there is")
    return mask


def _mask(numbers: Flat) -> Mask:
    """Make the mask that the numbers tell, if they tell one."""
    head = [int(number) for number in numbers[:_BOX]]
    shape = (head[0], head[1]) if len(head) >= _IMAGE else (0, 0)
    if len(head) < _IMAGE or shape[0] * shape[1] > _MOST_PIXELS:
        raise MaskError("the stored mask tells no size of an image")
    if len(head) == _IMAGE:
        return Mask.empty(shape)
    runs = numbers[_BOX:]
    if not runs.size or runs.size % 2:
        raise MaskError("the stored mask is cut short")
    top, left, rows, columns = head[_IMAGE:]
    if top + rows > shape[0] or left + columns > shape[1] or sum(runs.tolist()) > rows * columns:
        raise MaskError("the stored mask is larger than its image")
    ends = np.cumsum(runs)
    return Mask.from_runs(ends[::2], ends[1::2], (rows, columns)).moved(top, left, shape)


def _packed(numbers: Flat) -> bytes:
    length = np.ones_like(numbers)
    for more in range(1, _MOST_BYTES_A_NUMBER):
        length += numbers >> _BITS * more > 0
    place = _count_up(length)
    groups = np.repeat(numbers, length) >> _BITS * place & (_MORE - 1)
    return np.where(place < np.repeat(length, length) - 1, groups | _MORE, groups).astype(np.uint8).tobytes()


def _unpacked(data: bytes) -> Flat:
    code = np.frombuffer(data, np.uint8)
    last = np.flatnonzero(code < _MORE)
    if not code.size or code[-1] >= _MORE:
        raise MaskError("the stored mask is cut short")
    length = np.diff(last, prepend=-1)
    if length.max() > _MOST_BYTES_A_NUMBER:
        raise MaskError("the stored mask tells a number larger than any image")
    groups = (code & (_MORE - 1)).astype(np.int64) << _BITS * _count_up(length)
    numbers: Flat = np.add.reduceat(groups, last - length + 1)
    return numbers


def _count_up(lengths: Flat) -> Flat:
    """0, 1, … for each length, one after another."""
    return np.arange(int(lengths.sum()), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
