"""What people read above the changes of each kind, and of the number that must move."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.versions.comparison import Comparison
    from guidelint.language.versions.effect import Group

HEADINGS: Final[Mapping[Group, str]] = MappingProxyType(
    {
        "breaking": "Breaking: stored work or the labeling config no longer fits",
        "verdicts": "Verdicts may change",
        "new": "New: stored work fits and is judged as before",
        "words": "Words only",
    }
)


def title(found: Comparison) -> str:
    """Name both versions."""
    old, new = found.old, found.new
    named = f"{old.name} {old.version} → {new.version}"
    return named if old.name == new.name else f"{old.name} {old.version} → {new.name} {new.version}"


def number_told(found: Comparison) -> str:
    """Say which number must move and why, and whether it did."""
    if found.moves is None:
        return "Nothing changes: no number need move."
    must = f"The {found.moves} number must move, since {found.because}"
    if found.old.version.startswith("0.") and found.moves != "patch":
        must = f"{must} (before 1.0.0, the one after it)"
    if not found.is_numbered:
        return f"{must}: {found.new.version} must be {found.least_version} or higher."
    if found.old.version == found.new.version:
        return f"{must}: {found.least_version} or higher; it may stay until a version is released."
    return f"{must}, and {found.new.version} does."


def again_told(found: Comparison) -> str:
    """Say that everybody passes the calibration again; empty: nobody need."""
    return "Everybody passes the calibration again (`calibration`: `again_after`)." if found.everybody_again else ""
