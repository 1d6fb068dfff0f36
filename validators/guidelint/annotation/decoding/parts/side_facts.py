"""Facts beside what was drawn and answered: each is read by itself, and what cannot be read costs nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read, text_of
from guidelint.annotation.region import ORIGINS, Origin
from guidelint.annotation.submission import UnreadFact
from guidelint.imaging.header_values import UnreadableError, number

if TYPE_CHECKING:
    from collections.abc import Callable

Fact = TypeVar("Fact")
NO_FLAG = "true or false is needed"
NO_NOTE = "the text of a note is needed"


class FactReader:
    """Reads facts one by one and keeps a note of each that cannot be read."""

    def __init__(self) -> None:
        self.unread: list[UnreadFact] = []

    def read(self, name: str, raw: object, parse: Callable[[object], Fact], position: int | None = None) -> Fact | None:
        """Read one fact, raw JSON or already a value; None when it is not stated or cannot be read."""
        if raw is None or raw == ABSENT:
            return None
        try:
            value = _value(raw)
            return None if value is None else parse(value)
        except (PayloadError, UnreadableError) as error:
            self.unread.append(UnreadFact(name, str(error), position))
            return None


def _value(raw: object) -> object:
    return read(raw, object) if isinstance(raw, msgspec.Raw) else raw


def identity(value: object) -> str:
    """Id as text: Label Studio numbers what others name, and spreadsheets write 12.0 for 12. Raises UnreadableError."""
    text = text_of(value)
    if not text and value != "":
        raise UnreadableError("a whole number or a text is needed")
    return text


def person(value: object) -> str:
    """Take the id of a user, or an e-mail address, in which capitals make no other person. Raises UnreadableError."""
    return one_person(identity(value.get("id") if isinstance(value, dict) else value))


def one_person(name: str) -> str:
    """Write an e-mail address as everybody would who means it; an id stays as it is."""
    return name.strip().casefold() if "@" in name else name


def person_called(value: object) -> str:
    """Take the name of a user, or else the e-mail address; empty where only the id is told."""
    if not isinstance(value, dict):
        return ""
    first, last, address = (value.get(key) for key in ("first_name", "last_name", "email"))
    name = " ".join(part.strip() for part in (first, last) if isinstance(part, str) and part.strip())
    return name or (address.strip() if isinstance(address, str) else "")


def seconds(value: object) -> float:
    """Read a duration, also one written as text. Raises UnreadableError."""
    return number(value)


def degrees(value: object) -> float:
    """Read an angle, also one written as text. Raises UnreadableError."""
    return number(value)


def whole(value: object) -> int:
    """Read a whole number, also written as text or as 8.0. Raises UnreadableError."""
    read_as = number(value)
    if not read_as.is_integer():
        raise UnreadableError("a whole number is needed")
    return value if isinstance(value, int) else int(read_as)


def flag(value: object) -> bool:
    """Read yes or no, also written as 1 or 0. Raises UnreadableError."""
    if isinstance(value, bool | int | float) and value in {0, 1}:
        return bool(value)
    raise UnreadableError(NO_FLAG)


def moment(value: object) -> datetime:
    """Read a time in UTC. Raises UnreadableError."""
    try:
        time = datetime.fromisoformat(value if isinstance(value, str) else "")
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableError("a time like 2026-01-31T12:00:00Z is needed") from error


def origin(value: object) -> Origin:
    """Read whether a person or a model drew it. Raises UnreadableError."""
    known = ORIGINS.get(value) if isinstance(value, str) else None
    if known is None:
        raise UnreadableError(f"one of {', '.join(ORIGINS)} is needed")
    return known


def labels(value: object) -> list[str]:
    """Read a list of labels. Raises UnreadableError."""
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise UnreadableError("a list of texts is needed")
    return value


def note(value: object) -> str:
    """Read what an annotator wrote about a region. Raises UnreadableError."""
    if not isinstance(value, dict):
        raise UnreadableError(NO_NOTE)
    text = value.get("text")
    words = text if isinstance(text, list) else [] if text is None else [text]
    written = [word for word in words if isinstance(word, str)]
    if len(written) < len(words):
        raise UnreadableError(NO_NOTE)
    return " ".join(written).strip()
