r"""Single values of a header as task data carries them: JSON numbers and lists, or DICOM text like ``0.7\0.7``."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.imaging.facts import Side

_SEPARATOR = re.compile(r"\s*\\\s*|\s+[x×]\s+|\s*×\s*|(?<=\d)\s*x\s*(?=\d)|(?<=[\d.])\s+(?=[-+.\d])")
_DAY = re.compile(r"(\d{4})([-./]?)(\d{2})\2(\d{2})")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_LONGEST_TEXT = 200
_SIDES: Final[Mapping[str, Side]] = {
    "L": "left", "R": "right", "B": "both", "LEFT": "left", "RIGHT": "right", "BOTH": "both",
}  # fmt: skip

LONGEST_MM = 3_000
"""No slice of a person is thicker, and no limit is believed to be longer."""


class UnreadableError(ValueError):
    """A value that does not say what its key promises; the message is the reason, for people."""


def numbers(value: object, count: int) -> tuple[float, ...]:
    """Exactly ``count`` finite numbers from a list or from DICOM text. Raises UnreadableError."""
    if isinstance(value, list):
        parts: list[object] = value
    elif isinstance(value, str):
        parts = list(_split(value))
    else:
        parts = [value]
    if len(parts) != count:
        raise UnreadableError(f"{count} numbers are needed, found {shown(value)}")
    return tuple(number(part) for part in parts)


def number(value: object) -> float:
    """One finite number, also when written as text. Raises UnreadableError."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        raise UnreadableError(f"a number is needed, found {shown(value)}")
    return float(value)


def count_of(value: object) -> int:
    """Read a positive whole number, such as Rows (0028,0010). Raises UnreadableError."""
    size = number(value)
    if size < 1 or size != int(size):
        raise UnreadableError(f"a positive whole number is needed, found {shown(value)}")
    return int(size)


def whole_number(value: object) -> int:
    """Read a whole number, such as Instance Number (0020,0013). Raises UnreadableError."""
    given = number(value)
    if given != int(given):
        raise UnreadableError(f"a whole number is needed, found {shown(value)}")
    return int(given)


def length_mm(value: object) -> float:
    """Read a length above 0, such as Slice Thickness (0018,0050). Raises UnreadableError."""
    given = number(value)
    if given <= 0:
        raise UnreadableError(f"a number above 0 is needed, found {shown(value)}")
    return believed_mm(given)


def believed_mm(length: float) -> float:
    """Take a length that something in an image can have. Raises UnreadableError."""
    if length > LONGEST_MM:
        raise UnreadableError(f"a length in mm up to {LONGEST_MM} is needed, found {shown(length)}")
    return length


def text(value: object) -> str:
    """Text that is not empty. Raises UnreadableError."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise UnreadableError(f"a short text is needed, found {shown(value)}")
    return value.strip()


def uid(value: object) -> str:
    """Read a unique identifier, without the NUL that DICOM pads it with (PS3.5 6.2). Raises UnreadableError."""
    return text(text(value).rstrip("\0 "))


def code(value: object) -> str:
    """Read a code string, which has no small letters and may be padded with spaces. Raises UnreadableError."""
    return text(value).upper()


def day(value: object) -> date:
    """Read a day, as DICOM writes it or with hyphens (PS3.5 6.2: DA). Raises UnreadableError."""
    if found := _DAY.fullmatch(identifier(value)):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError as error:
            raise UnreadableError(f"there is no such day: {shown(value)}") from error
    raise UnreadableError(f"a day such as 20240131 or 2024-01-31 is needed, found {shown(value)}")


def side(value: object) -> Side:
    """Read of which side of the body something is (0020,0062). Raises UnreadableError."""
    found = _SIDES.get(text(value).upper())
    if found is None:
        raise UnreadableError(f"L, R or B is needed, or left, right or both, found {shown(value)}")
    return found


def identifier(value: object) -> str:
    """Read what tells one from others, such as Patient ID (0010,0020); a number does. Raises UnreadableError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(value)


def shown(value: object) -> str:
    """Show a value as a message does, cut to a readable length."""
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."  # noqa: PLR2004 - fits a line of a message


def _split(words: str) -> list[str]:
    words = words[:_LONGEST_TEXT].strip().removesuffix("mm").strip()
    if words.startswith("[") and words.endswith("]"):
        return words[1:-1].split(",")
    return _SEPARATOR.split(words)


def _finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:
        return False
