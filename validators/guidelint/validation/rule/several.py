"""What one departure is about where that may be any number of things: all are counted, the first of them listed."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest
from typing import TYPE_CHECKING

from guidelint.annotation.natural_order import natural
from guidelint.validation.rule.wording import first_few

if TYPE_CHECKING:
    from guidelint.annotation.region_ref import RegionRef

LISTED = 1_000
"""So many are listed: as many as readers of SARIF take."""
MEMBER_BYTES = 6
"""Bytes that tell one thing from the others: among a million, two look the same once in five hundred times."""


@dataclass(frozen=True, slots=True)
class _One:
    name: str
    member: bytes
    ref: RegionRef


@dataclass(slots=True)
class Several:
    """Collects things in any order; whatever is one thing comes one after the other."""

    count: int = 0
    _members: bytearray = field(default_factory=bytearray)
    _first: list[_One] = field(default_factory=list[_One])

    def add(self, ref: RegionRef, name: str = "", of: str = "") -> None:
        """Take in a thing. ``name``: how a sentence names it; ``of``: what tells it from others, if not its key."""
        member = _digest(of or "\x1f".join(ref.key()))
        if self._members.endswith(member):
            return
        self.count += 1
        self._members += member
        self._first.append(_One(name or ref.title, member, ref))
        if len(self._first) >= 2 * LISTED:
            self._first = self._listed

    @property
    def refs(self) -> tuple[RegionRef, ...]:
        """The first of them, as a person would order them."""
        return tuple(one.ref for one in self._listed)

    @property
    def members(self) -> bytes:
        """A digest of each: of those that are listed in their order, then of the others."""
        listed = [one.member for one in self._listed]
        return b"".join((*listed, *sorted({*split(bytes(self._members))}.difference(listed))))

    @property
    def named(self) -> str:
        """Name the first few, and say how many more there are."""
        return first_few([one.name for one in self._listed], self.count)

    @property
    def _listed(self) -> list[_One]:
        return nsmallest(LISTED, self._first, key=lambda one: (natural(one.name), one.member))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=MEMBER_BYTES).digest()


def split(members: bytes) -> list[bytes]:
    """Give the digests one by one."""
    return [members[at : at + MEMBER_BYTES] for at in range(0, len(members), MEMBER_BYTES)]
