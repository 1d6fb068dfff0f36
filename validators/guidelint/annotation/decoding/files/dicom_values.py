"""Values of DICOM elements as text and numbers, read without checking them to the letter of the standard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.imaging.files.dicom_header import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from pydicom.dataset import Dataset

_LONGEST: Final = 400
"""So much of a text is read; a Long String has 64 letters."""
_MOST_VALUES: Final = 8
_PADDING: Final = "\0 "


class Person(NamedTuple):
    """A name of a person (PN)."""

    id: str
    """As DICOM writes it, family name first; empty: nobody is named."""
    name: str
    """As people say it."""


def text(dataset: Dataset, tag: int) -> str:
    """Give a text in the character set that the file states; empty: nothing is said."""
    if tag not in dataset:
        return ""
    value = dataset[tag].value
    several = not isinstance(value, str) and isinstance(value, Sequence)
    written_out = " and ".join(map(str, value[:_MOST_VALUES])) if several else str(value)
    return "" if value is None else written_out[:_LONGEST].strip(_PADDING)


def plain(dataset: Dataset, tag: int) -> str:
    """Give a value that has no letters beyond ASCII, such as a UID or a number, as DICOM writes it."""
    return written(dataset, tag)


def whole(dataset: Dataset, tag: int) -> int | None:
    """Give one whole number, binary or written; None: there is none."""
    value = dataset[tag].value if tag in dataset else None
    try:
        return None if value is None else int(value)
    except (TypeError, ValueError):
        return None


def counted(dataset: Dataset, tag: int) -> int | None:
    """Give one whole number that is written out (IS); None: there is none."""
    try:
        return int(plain(dataset, tag))
    except ValueError:
        return None


def items(dataset: Dataset | None, tag: int) -> Sequence[Dataset]:
    """Give the items of a sequence; nothing where there is none."""
    if dataset is None or tag not in dataset:
        return ()
    element = dataset[tag]
    if element.VR != "SQ":
        raise PayloadError(f"({tag >> 16:04X},{tag & 0xFFFF:04X}) holds no items")
    found: Sequence[Dataset] = element.value or ()
    return found


def only(dataset: Dataset | None, tag: int) -> Dataset | None:
    """Give the only item of a sequence; None: there is none, or there are several."""
    found = items(dataset, tag)
    return found[0] if len(found) == 1 else None


def coordinates(dataset: Dataset, tag: int) -> npt.NDArray[np.float64]:
    """Give written numbers, however many. Raises PayloadError where one is none."""
    value = getattr(dataset.get_item(tag), "value", None) if tag in dataset else None
    if value is None:
        return np.empty(0, np.float64)
    parts = value.strip(b"\0 ").split(b"\\") if isinstance(value, bytes) else list(value)
    try:
        numbers = np.array(parts, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PayloadError("one of its coordinates is not a number") from error
    if not np.isfinite(numbers).all() or (isinstance(value, bytes) and b"_" in value):
        raise PayloadError("one of its coordinates is not a number")
    return numbers


def codes(dataset: Dataset | None, tag: int) -> Iterator[str]:
    """Give of each code what it means and what it is: Code Meaning (0008,0104), Code Value (0008,0100)."""
    for item in items(dataset, tag)[:_MOST_CODES]:
        yield from filter(None, (text(item, 0x00080104), text(item, 0x00080100)))


_MOST_CODES: Final = 4


def person(dataset: Dataset, tag: int) -> Person:
    """Give the name of a person; of a name in several scripts the alphabetic one."""
    alphabetic = text(dataset, tag).partition("=")[0].strip("^ ")
    family, given, middle, prefix, suffix = (part.strip() for part in [*alphabetic.split("^"), *[""] * 5][:5])
    return Person(alphabetic, " ".join(filter(None, (prefix, given, middle, family, suffix))))
