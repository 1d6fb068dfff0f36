"""Did you mean: the known name that a mistyped one most resembles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "æ": "ae"})
_LONGEST = 80
_ENOUGH = 60.0


def closest(name: str, known: Iterable[str]) -> str | None:
    """Find the most similar known name, unless none is similar enough to be meant."""
    names = [other for other in known if other != name]
    if not names or not name or len(name) > _LONGEST:
        return None
    best = max(names, key=lambda other: (_similarity(name, other), other))
    return best if _similarity(name, best) >= _ENOUGH else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Name what was meant, or else all names there are."""
    names = tuple(known)
    if (meant := closest(name, names)) is not None:
        return f"Did you mean `{meant}`?"
    return f"There {'is' if len(names) == 1 else 'are'}: {listed(names)}." if names else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a sentence, not more than fit."""
    all_names = tuple(names)
    shown = ", ".join(f"`{name}`" for name in all_names[:most])
    return f"{shown} and {len(all_names) - most} more" if len(all_names) > most else shown


def tidy(name: str) -> str:
    """Write a name as names are written: lower-case words joined by hyphens; empty if nothing remains."""
    spelled = (
        unicodedata.normalize("NFKD", re.sub("[\u2010-\u2015\u2212]", "-", name.translate(_SPELLED)))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", spelled.lower()).strip("-")


def _similarity(name: str, other: str) -> float:
    one, two = utils.default_process(name), utils.default_process(other)
    return max(OSA.normalized_similarity(one, two) * 100, fuzz.token_sort_ratio(one, two) if " " in one else 0.0)
