"""Tasks of one id that are not one task: of another project or, where no project is told, on another image."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.checking.kept.digest import digest
from guidelint.checking.kept.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

Firsts = dict[int, int]
"""Task → what is known of the first one of that id; both as numbers."""


@dataclass(slots=True)
class TaskNames:
    """Names tasks apart, so that nobody takes the readings of two for those of one."""

    new: Firsts | None = None
    """Those that were seen here first, where somebody asks."""
    _first: Numbers = field(default_factory=Numbers)

    def name(self, task: str, project: str, image: str) -> str:
        """Name a task: by its id, and by its project or image where another has that id."""
        own = f"project {project}" if project else image
        if not task or not own or self._is_first(digest(task), digest(own)):
            return task
        return f"{task} of {own}"

    def _is_first(self, task: int, own: int) -> bool:
        known = len(self._first)
        first = self._first.first(task, own)
        if self.new is not None and len(self._first) > known:
            self.new[task] = own
        return first == own

    def know(self, firsts: Mapping[int, int]) -> None:
        """Take in what others saw before."""
        for task, own in firsts.items():
            self._first.first(task, own)

    def taken(self) -> Firsts:
        """Give those that were new, and forget that they were."""
        new, self.new = self.new or {}, None if self.new is None else {}
        return new

    def others(self, firsts: Mapping[int, int]) -> Firsts:
        """Give of these tasks those that another was seen of before, with that one."""
        known = {task: self._first.get(task, own) for task, own in firsts.items()}
        return {task: first for task, first in known.items() if first != firsts[task]}
