"""What a task is known by in the store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TaskKey:
    """One task of one project on one server."""

    server: str
    project: int
    task: int
