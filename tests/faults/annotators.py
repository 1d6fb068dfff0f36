"""Annotators who never rest: they submit, update, skip, delete, so many acts a second between them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.label_studios import READERS, NoLongerThere, Site
from tests.faults.work import handed_in
from tests.service.bench import DATA

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

ACTS = {"submit": 40, "update": 35, "skip": 8, "delete": 8, "draft": 3, "import": 2, "delete task": 1}
"""How often each is done, in relation to the others."""


@dataclass
class Annotator:
    """One of them; touches only what is their own."""

    site: Site
    project: int
    tasks: list[int]
    """Shared by all who work in the project."""
    number: int
    chance: random.Random
    _mine: list[int] = field(default_factory=list[int])

    def act(self) -> None:
        """Do something."""
        (act,) = self.chance.choices(list(ACTS), list(ACTS.values()))
        if act in {"update", "delete", "draft"} and not self._mine:
            act = "submit"
        try:
            self._do(act)
        except NoLongerThere:
            return

    @property
    def _reader(self) -> int:
        return 1 + self.number % READERS

    def _do(self, act: str) -> None:
        match act:
            case "submit" | "skip":
                task, skipped = self.chance.choice(self.tasks), act == "skip"
                result = handed_in(self.chance)
                self._mine.append(self.site.submit(task, result, self._reader, was_cancelled=skipped))
            case "update":
                self.site.update(self.chance.choice(self._mine), handed_in(self.chance), self._reader)
            case "delete":
                self.site.delete(self._one_of_mine())
            case "draft":
                self.site.draft(self._one_of_mine())
            case "import":
                self.site.import_tasks(self.project, [dict(DATA)], [handed_in(self.chance)])
            case _:
                gone = self.chance.choice(self.tasks)
                self.tasks.extend(self.site.import_tasks(self.project, [dict(DATA)]))
                self.site.delete_task(gone)
                self.tasks.remove(gone)

    def _one_of_mine(self) -> int:
        return self._mine.pop(self.chance.randrange(len(self._mine)))


def at_work(
    annotators: list[Annotator], a_second: float, enough: Callable[[], bool], rest: Callable[[], bool]
) -> list[threading.Thread]:
    """Start all of them; they stop when it is enough, and do nothing while they rest."""
    began, step_s = time.monotonic(), len(annotators) / a_second

    def work(annotator: Annotator, turn: int) -> None:
        due = began + turn / a_second
        while not enough():
            if rest() or time.monotonic() < due:
                time.sleep(0.01)
                continue
            annotator.act()
            due = max(due + step_s, time.monotonic() - step_s)

    threads = [threading.Thread(target=work, args=(one, turn)) for turn, one in enumerate(annotators)]
    for thread in threads:
        thread.start()
    return threads
