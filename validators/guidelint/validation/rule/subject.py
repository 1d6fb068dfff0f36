"""Subjects: what a verdict is about."""

from __future__ import annotations

from dataclasses import dataclass

from guidelint.annotation.refs import RECORD, task_called


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a verdict is about: the kind that its scope names, and what tells it from others of that kind."""

    kind: str
    """``submission``, ``series``, ``task``, …: a word that people read as well."""
    task: str = ""
    annotation: str = ""
    series: str = ""
    annotator: str = ""
    name: str = ""
    """What tells it from others where none of the above does: the patient, the lot."""

    @property
    def key(self) -> str:
        """Text that identifies it within one project or delivery."""
        key = f"{self.kind}/{self.series}/{self.task}/{self.annotation}/{self.annotator}"
        return f"{key}/{self.name}" if self.name else key

    @property
    def title(self) -> str:
        """Name it to people, e.g. ``Series 1.2.3``."""
        above = self.name or self.series
        of_task = f" of {task_called(self.task)}" if above and self.task else ""
        own = above or self.annotation or self.task or self.annotator
        if own == self.task and own.startswith(RECORD):
            return own.capitalize()
        return f"{self.kind.capitalize()} {own}".rstrip() + of_task

    def names(self, task: str, annotation: str) -> str:
        """Name an annotation, or without one a task, beside it: the task where it is not about that one itself."""
        own = f"annotation {annotation}" if annotation else ""
        return " of ".join(filter(None, (own, "" if task == self.task else task_called(task))))


def several(kind: str) -> str:
    """Name several subjects of a kind."""
    if kind.endswith("s"):
        return kind
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith("ch") else f"{kind}s"
