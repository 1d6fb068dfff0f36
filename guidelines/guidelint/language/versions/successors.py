"""Under which name something goes on that is gone: the one that lists the old name among its aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def successors(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Tell of names that are gone which one has taken their place: two that become one are merged into it."""
    return {
        gone: follower
        for gone, part in old.items()
        if gone not in new and (follower := _follower(gone, getattr(part, "title", ""), new))
    }


def _follower(gone: str, title: str, new: Mapping[str, Any]) -> str:
    claimed = ((name, _aliases(part)) for name, part in new.items())
    found = [(gone not in aliases, name) for name, aliases in claimed if gone in aliases or title in aliases]
    return min(found)[1] if found else ""


def _aliases(part: object) -> tuple[str, ...]:
    return getattr(part, "aliases", ())
