"""A tab of the Data Manager, as it goes over the wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Filter = tuple[str, str, str]
"""Column, operator, value."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved tab of the Data Manager, as Label Studio stores it."""

    id: int
    """0: not stored yet."""
    title: str
    data: Mapping[str, object]

    @property
    def filters(self) -> object:
        """What it filters on: the part that makes it what it is; columns and widths are the users' own."""
        return self.data.get("filters")

    @property
    def shows(self) -> frozenset[Filter]:
        """Say what it filters on without what Label Studio's page adds when it saves a tab."""
        items = cast("Mapping[str, object]", self.filters or {}).get("items") or ()
        found = cast("Iterable[Mapping[str, object]]", items)
        return frozenset((str(item.get("filter")), str(item.get("operator")), str(item.get("value"))) for item in found)
