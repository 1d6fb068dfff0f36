"""Did you mean: the known name that a mistyped one most resembles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from guidelint.language.text.quoted import quoted
from guidelint.validation.rule.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ("closest", "counted_spaces", "did_you_mean", "item_text", "listed", "tidy")

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "æ": "ae"})


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


def counted_spaces(number: int) -> str:
    """So many spaces, for a sentence."""
    return f"{number} space{'s' * (number != 1)}"


def tidy(name: str) -> str:
    """Write a name as names are written: lower-case words joined by hyphens; empty if nothing remains."""
    spelled = (
        unicodedata.normalize("NFKD", re.sub("[\u2010-\u2015\u2212]", "-", name.translate(_SPELLED)))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", spelled.lower()).strip("-")


def item_text(item: str) -> str:
    """Write a text so that it can stand in brackets."""
    return item if re.fullmatch(r"\w[\w. -]*", item) else quoted(item)
