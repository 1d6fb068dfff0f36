"""What was expected of a delivery, and what became of each of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from guidelint.imaging.image_name import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.checking.record import TaskSeen

FIRST = 100
"""So many tasks that were not expected are named."""
_STEP = "\0"
_LONGEST_NAME = 4096
"""Longer texts in task data are no name of an image."""


class State(IntEnum):
    """What became of something expected; of several records of it the highest counts."""

    ABSENT = 0
    UNANNOTATED = 1
    PREDICTED = 2
    DRAFTED = 3
    UNREADABLE = 4
    SKIPPED = 5
    JUDGED = 6

    @property
    def words(self) -> str:
        """Say it to people."""
        return _WORDS[self]


_WORDS = {
    State.ABSENT: "not delivered",
    State.UNANNOTATED: "not annotated",
    State.PREDICTED: "with a prediction only",
    State.DRAFTED: "with a draft only",
    State.UNREADABLE: "not readable",
    State.SKIPPED: "skipped",
    State.JUDGED: "judged",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a verdict is expected on: a task by its id, an image, or what may be either."""

    name: str
    """As it is named to people."""
    task: str = ""
    images: tuple[str, ...] = ()
    """Names of the image, each a path or address or the end of one."""


class _Images:
    """Names of images, found by the end of a path or address; each is kept with its last step first."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._sorted = sorted((_backwards(name), number) for name, number in names)
        self._numbers: dict[str, set[int]] = {}
        for key, number in self._sorted:
            self._numbers.setdefault(key, set()).add(number)
        self._most_steps = max((key.count(_STEP) for key in self._numbers), default=0)

    def named(self, name: str) -> Iterator[int]:
        """Give those that a name ends with; else the one that ends with it, unless several do and it tells none."""
        key, found, end = _backwards(name), False, 0
        for _ in range(min(self._most_steps, key.count(_STEP))):
            end = key.index(_STEP, end) + 1
            for number in self._numbers.get(key[:end], ()):
                found = True
                yield number
        if not found:
            yield from self._only_one_beginning_with(key)

    def _only_one_beginning_with(self, key: str) -> Iterator[int]:
        first = bisect_left(self._sorted, (key, -1))
        numbers = {number for longer, number in self._sorted[first : first + 2] if longer.startswith(key)}
        if len(numbers) == 1:
            yield from numbers


@dataclass(slots=True)
class Expectation:
    """Everything expected, held in memory, and what was seen of it."""

    wanted: Sequence[Wanted]
    states: list[State] = field(init=False)
    unexpected: int = 0
    """How many tasks were delivered and not expected."""
    first_unexpected: list[str] = field(default_factory=list[str])
    """The first of them."""
    judged_by: Counter[str] = field(default_factory=Counter[str])
    """How many of what was expected each of several guidelines has judged."""
    _by_task: dict[str, int] = field(init=False)
    _images: _Images = field(init=False)

    def __post_init__(self) -> None:
        self.states = [State.ABSENT] * len(self.wanted)
        self._by_task = {wanted.task: number for number, wanted in enumerate(self.wanted) if wanted.task}
        self._images = _Images((image, number) for number, wanted in enumerate(self.wanted) for image in wanted.images)

    def see(self, task: TaskSeen) -> None:
        """Note what was delivered."""
        state = _state(task)
        found = set(self._matching(task))
        for number in found:
            self.states[number] = max(self.states[number], state)
            self.judged_by.update(task.guidelines)
        if not found:
            self._not_expected(task)

    def _not_expected(self, task: TaskSeen) -> None:
        self.unexpected += 1
        if len(self.first_unexpected) < FIRST:
            self.first_unexpected.append(f"task {task.task}" if task.task else f"record {task.record} of {task.file}")

    def _matching(self, task: TaskSeen) -> Iterator[int]:
        if task.task in self._by_task:
            yield self._by_task[task.task]
        for name in image_names(task.data):
            yield from self._images.named(name)

    @property
    def missing(self) -> tuple[tuple[Wanted, State], ...]:
        """What has no verdict, and why."""
        return tuple((wanted, state) for wanted, state in self._each() if state < State.SKIPPED)

    @property
    def skipped(self) -> tuple[Wanted, ...]:
        """What has skipped annotations only: somebody looked, and said nothing of it."""
        return tuple(wanted for wanted, state in self._each() if state == State.SKIPPED)

    @property
    def judged(self) -> int:
        """How many have a verdict on an annotation."""
        return self.states.count(State.JUDGED)

    def _each(self) -> Iterator[tuple[Wanted, State]]:
        return zip(self.wanted, self.states, strict=True)

    def as_json(self) -> dict[str, object]:
        """Give what became of everything under stable names."""
        return {
            "total": len(self.wanted),
            "judged": self.judged,
            **({"judged_by": dict(sorted(self.judged_by.items()))} if self.judged_by else {}),
            "skipped": [wanted.name for wanted in self.skipped],
            "without_verdict": [{"name": wanted.name, "state": state.name.lower()} for wanted, state in self.missing],
            "not_expected": {"total": self.unexpected, "first": self.first_unexpected},
        }


def image_names(data: Mapping[str, object]) -> Iterator[str]:
    """Give all texts of task data that may name an image."""
    for value in data.values():
        for name in value if isinstance(value, list) else (value,):
            if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME:
                yield name


def _backwards(name: str) -> str:
    return "".join(f"{step}{_STEP}" for step in reversed(steps(name)))


def _state(task: TaskSeen) -> State:
    states: Iterable[tuple[object, State]] = (
        (task.judged, State.JUDGED),
        (task.unread, State.UNREADABLE),
        (task.skipped, State.SKIPPED),
        (task.drafted, State.DRAFTED),
        (task.predicted, State.PREDICTED),
    )
    return next((state for is_there, state in states if is_there), State.UNANNOTATED)
