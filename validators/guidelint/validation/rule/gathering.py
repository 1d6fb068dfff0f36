"""Rules on subjects above one submission: each submission contributes a little, and the subject is judged by all."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from guidelint.annotation.region_ref import RegionRef  # noqa: TC001 - contributions are read back from where they are kept
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Scope, Share

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Gathered(Generic[C]):
    """What a submission contributes to one group of a subject."""

    value: C
    """Numbers, names, cropped masks: small, frozen, and made of what msgspec can write."""
    group: str = ""
    """Only contributions of one group are compared with each other: an object, a class, a shape."""
    item: int | None = None
    """Which image of a task with several it is about, from 0; None: all that the submission has of the subject."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What takes the place of a contribution that cannot be told: its group cannot be evaluated then."""

    reason: str
    """For people."""
    regions: tuple[RegionRef, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Contributed(Generic[C]):
    """A contribution, and where it comes from."""

    task: str
    annotation: str
    """Empty: from the task itself."""
    annotator: str | None
    value: C
    times: int = 1
    """How many are alike, where a rule counts them; of more than one, task, annotation and annotator are left out."""


class GatheringRule(Rule, Generic[C]):
    """Judges a subject by what submissions contribute to it; one delivered twice contributes once."""

    contribution: ClassVar[type]
    """Type of what is contributed."""
    counts_alike: ClassVar[bool] = False
    """Whether it asks how many contributions are alike (``times``), never whose: a vast group is short then."""
    tells_readers_apart: ClassVar[bool] = False
    """Whether it must know of two contributions whether one person made them."""

    def over(self) -> Scope | None:
        """Tell the scope that this use gathers over; None: it judges each submission by itself."""
        return self.scope

    @property
    def goes_by(self) -> frozenset[str]:
        """Questions whose answers it goes by, beside those that its parameters name by themselves."""
        return frozenset()

    def compares_at_least(self) -> int:
        """Tell how many annotations, or tasks by themselves, a group must have for anything to be found in it.

        A smaller group is not read, unless something in it cannot be told.
        """
        return 1

    @abstractmethod
    def gather(self, share: Share) -> Iterator[Gathered[C] | Unknown]:
        """Yield what a submission contributes; raise NotMeasurable when that cannot be told.

        Limits that are multiples of image facts are no numbers yet: they follow from all images of the group.
        """

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[C] | Unknown]:  # noqa: ARG002 - most need no task
        """Yield what a task contributes, whether anybody annotated it or not."""
        yield from ()

    @abstractmethod
    def check_gathered(self, contributions: Sequence[Contributed[C]]) -> Iterator[Reply]:
        """Yield how one group of a subject departs, given its contributions by task and annotation."""
