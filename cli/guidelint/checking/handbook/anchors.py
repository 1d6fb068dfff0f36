"""Names of places in a page, from headings: each once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names that are taken."""

    _taken: Counter[str] = field(default_factory=Counter[str])

    def of(self, title: str) -> str:
        """Name a place after its heading, in whatever script that is."""
        name = re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "part"
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name}-{self._taken[name]}"
