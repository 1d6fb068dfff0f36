"""How a name that nobody knows differs from one that is known."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = 80
_ENOUGH = 60.0
LOST = "\N{REPLACEMENT CHARACTER}"
SPACE = "a space"
_BREAKS = frozenset("\t\n\r\v\f")
_MOST_ROUNDS = 2
"""So often one text is read in the wrong encoding, seldom more."""


def closest(name: str, known: Iterable[str]) -> str | None:
    """Find the most similar known name, unless none is similar enough to be meant."""
    names = [other for other in known if other != name]
    if not names or not name or len(name) > _LONGEST:
        return None
    best = max(names, key=lambda other: (_similarity(name, other), _similarity_as_written(name, other), other))
    return best if _similarity(name, best) >= _ENOUGH else None


def hint(name: str, known: Iterable[str], titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """Tell what was meant by a name that is not among the known ones; empty when nothing suggests itself.

    ``titles``: what people call those of the known names that they do not know.
    """
    names = tuple(known)
    for how, alike in _LIKENESSES:
        if same := [other for other in names if alike(name) == alike(other)]:
            by = _kind_of_space(name) if how == SPACE else how
            return f"it differs from {_known_as(_nearest(name, same), titles)} only by {by}"
    if (meant := well_read(name)) != name:
        return f"it is {quoted(titles.get(meant, meant))}, read in the wrong encoding (UTF-8 taken for Latin-1)"
    if LOST in name:
        return f"{quoted(LOST)} stands for what was lost when the text was read in the wrong encoding"
    near = closest(name, names)
    return f"perhaps {quoted(titles.get(near, near))} is meant" if near else ""


def _known_as(name: str, titles: Mapping[str, str]) -> str:
    """Name what people know as it is, and what they do not by its title."""
    title = titles.get(name, name)
    return quoted(name) if title == name else f"a name of {quoted(title)}"


def quoted(text: str) -> str:
    """Put a name in quotation marks, so that a space at its end is seen."""
    return f"“{text}”"


def well_read(text: str) -> str:
    """Undo that UTF-8 was read as Latin-1 or Windows-1252; the text itself when it was not."""
    for _ in range(_MOST_ROUNDS):
        try:
            text = b"".join(_byte(character) for character in text).decode()
        except UnicodeError:
            return text
    return text


def _byte(character: str) -> bytes:
    """Give the byte that this character was read from; Windows-1252 leaves five bytes to Latin-1."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _without_invisible(text: str) -> str:
    return "".join(character for character in _composed(text) if unicodedata.category(character) != "Cf")


def _single_spaces(text: str) -> str:
    return " ".join(_without_invisible(text).split())


def _without_spaces(text: str) -> str:
    return "".join(_without_invisible(text).split())


def _kind_of_space(text: str) -> str:
    """Name the space that cannot be told from others by looking."""
    others = {character for character in text if character.isspace()} - {" "}
    if others & _BREAKS:
        return "a tab or a line break"
    return "a no-break space" if others else SPACE


def _look_alike(text: str) -> str:
    """Turn full-width letters, ligatures and the like into plain ones."""
    return unicodedata.normalize("NFKC", text)


def _any_case(text: str) -> str:
    return _composed(text).casefold()


def _any_case_or_space(text: str) -> str:
    return _without_spaces(text).casefold()


_LIKENESSES = (
    ("how its accents are stored (Unicode NFC or NFD)", _composed),
    ("an invisible character", _without_invisible),
    (SPACE, _single_spaces),
    (SPACE, _without_spaces),
    ("capitals", _any_case),
    ("a space and capitals", _any_case_or_space),
    ("characters that only look alike", _look_alike),
)
"""How two names that look the same differ, and what makes them equal; the least difference first."""


def _nearest(name: str, names: Iterable[str]) -> str:
    return max(names, key=lambda other: (_similarity_as_written(name, other), other))


def _similarity_as_written(name: str, other: str) -> float:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only mistakes need it

    return OSA.normalized_similarity(name, other)


def _similarity(name: str, other: str) -> float:
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 - only mistakes need it

    one, two = utils.default_process(name), utils.default_process(other)
    return max(_similarity_as_written(one, two) * 100, fuzz.token_sort_ratio(one, two) if " " in one else 0.0)
