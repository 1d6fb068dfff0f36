"""Compiled loop over the JSON text of brush strokes; what is no list of bytes gives no answer here."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.compiling import TEXT, WHOLE, Whole, loop, part

Bytes = npt.NDArray[np.uint8]

_BLANK, _COMMA = 32, 44


@loop(TEXT, WHOLE, WHOLE)
def told_bytes(text: Bytes, begin: int, end: int) -> tuple[bool, Bytes]:
    """Bytes that the list of integers 0 to 255 tells whose brackets are the first and the last byte of a stretch.

    False for anything else, and for lists with other blanks than one after every comma or none at all.
    """
    found = np.empty(max((end - begin) // 2, 1), np.uint8)
    last_number = end - 1
    while last_number > begin and text[last_number - 1] != _COMMA and text[last_number - 1] != 91:
        last_number -= 1
    gap = 1 if last_number < end - 1 and text[last_number] == _BLANK else 0
    if end - begin < 3 or text[begin] != 91 or text[end - 1] != 93:
        return False, found[:0]
    last_number += gap
    between = _BLANK if gap else _COMMA
    kept, position, wrong = 0, begin + 1, np.int64(0)
    while position < last_number:
        value, digits, odd = _number(text, position, position + 2)
        found[kept] = value
        kept += 1
        position += digits + 1 + gap
        wrong |= odd | (np.int64(text[position - 1 - gap]) ^ _COMMA) | (np.int64(text[position - 1]) ^ between)
    if wrong or position != last_number:
        return False, found[:0]
    found[kept], digits, odd = _number(text, position, min(position + 2, end - 1))
    return odd == 0 and position + digits == end - 1, found[: kept + 1]


@part
def _number(text: Bytes, position: int, third_at: int) -> tuple[Whole, Whole, Whole]:
    """Tell the number that begins here, how many digits it has, one to three, and 0 if it is as JSON writes it.

    Told without a branch, for nobody can foresee how many digits there are.
    """
    one, other = np.int64(text[position]) - 48, np.int64(text[position + 1]) - 48
    third = np.int64(text[third_at]) - 48
    two = np.int64(np.uint64(other) < np.uint64(10))
    three = two & np.int64(np.uint64(third) < np.uint64(10))
    value = one + (-two & (9 * one + other))
    value += -three & (9 * value + third)
    odd = np.int64(np.uint64(one) > np.uint64(9)) | value >> 8 | two & np.int64(one == 0)
    return value, 1 + two + three, odd
