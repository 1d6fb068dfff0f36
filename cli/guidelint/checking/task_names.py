"""Tasks of one id that are not one task: of another project or, where no project is told, on another image."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TaskNames:
    """Names tasks apart, so that nobody takes the readings of two for those of one."""

    _first: dict[str, int] = field(default_factory=dict[str, int])
    """Task → what is known of the first one of that id, as a number."""

    def name(self, task: str, project: str, image: str) -> str:
        """Name a task: by its id, and by its project or image where another has that id."""
        own = f"project {project}" if project else image.partition("?")[0]
        if not task or not own or self._first.setdefault(task, hash(own)) == hash(own):
            return task
        return f"{task} of {own}"
