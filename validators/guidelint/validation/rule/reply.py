"""What a check replies: how its subject departs, or why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.validation.rule.evidence import Evidence, Place


@dataclass(frozen=True, slots=True)
class Departure:
    """What a check yields: a kind that the rule ``says``, the evidence, and the regions concerned."""

    kind: str
    evidence: Mapping[str, Evidence]
    regions: tuple[Region | RegionRef, ...] = ()
    place: Place | None = None
    about: str | None = None
    """What tells it from others of its kind in one group of contributions, whatever regions it names; None: they do."""
    count: int = 0
    """How many things it is about, where it lists only the first of them."""
    members: bytes = b""
    """A digest of each of them, where each counts by itself, so that one more is worse."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """What a check yields when its question has no answer for some regions, and it goes on with the others."""

    reason: str
    """For people."""
    regions: tuple[Region | RegionRef, ...]
    of_absence: bool = False
    """Whether something is lacking that a task which is still to come may have."""


Reply = Departure | CannotTell
