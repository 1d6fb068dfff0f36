"""Readers of whom one is named by an id and another by an address, so that they may be one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.rule.gathering import Contributed
    from guidelint.validation.rule.subject import Subject


def named_in_two_ways(subject: Subject, contributions: Iterable[Contributed[Any]]) -> str:
    """Say which two annotations may be by one person; empty: all readers are named in one way."""
    by_id: Contributed[Any] | None = None
    by_address: Contributed[Any] | None = None
    for one in contributions:
        if one.annotator and "@" in one.annotator:
            by_address = by_address or one
        elif one.annotator and one.annotator.isdecimal():
            by_id = by_id or one
        if by_id and by_address:
            return _told(subject, by_id, by_address)
    return ""


def _told(subject: Subject, by_id: Contributed[Any], by_address: Contributed[Any]) -> str:
    one, other = (subject.names(each.task, each.annotation) for each in (by_id, by_address))
    return (
        f"{one} is by annotator {by_id.annotator} and {other} by "
        f"{by_address.annotator}, and whether that is one person cannot be told; deliver every annotation with the id "
        "of who made it, or every one with the address"
    )
