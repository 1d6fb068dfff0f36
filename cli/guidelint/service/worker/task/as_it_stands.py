"""How a task stands, in Label Studio and in the store: all that judging and deciding go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.imaging.given import NOTHING_GIVEN
from guidelint.service.clock import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.qualification import Qualification
    from guidelint.imaging.given import Given
    from guidelint.imaging.keys import ImageKeys
    from guidelint.labelstudio.connection.task_client import AnnotationRead, TaskRead
    from guidelint.labelstudio.migrating.redo import Redo
    from guidelint.service.store.hints.job import Job
    from guidelint.service.store.known import AnnotationIdentity, Content, Known, Seen
    from guidelint.service.store.moved import MovedAnnotation
    from guidelint.service.store.requeues import OnItsWay
    from guidelint.service.store.subjects.contributions import GatheredFrom, Source
    from guidelint.service.worker.task.exam.stands import ExamStands
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict


@dataclass(frozen=True, slots=True)
class AnnotationAsItStands:
    """One annotation that stands in Label Studio, and what the store knows of it."""

    read: AnnotationRead
    content_digest: str
    known: Known | None
    submitted_at: str
    version: int
    plan: Plan
    """In force when it was submitted."""
    previous: Content | None = None
    """The version before this one."""
    position: int = 0
    """Of the version that it is judged by, in the order in which they were pushed."""
    moved: MovedAnnotation | None = None
    """Its last move to another version of the guideline."""

    @property
    def identity(self) -> AnnotationIdentity:
        """What makes it this annotation and no other."""
        return identity(self.read)

    @property
    def redo(self) -> tuple[Redo, ...]:
        """What somebody must do again since it was moved to another version, and nobody has yet."""
        moved = self.moved
        return moved.redo if moved is not None and moved.digest == self.content_digest else ()

    @property
    def is_new_content(self) -> bool:
        """Whether it was handed in since the task was last looked at."""
        return self.known is None or self.known.content_digest != self.content_digest


@dataclass(frozen=True, slots=True)
class TaskAsItStands:
    """One task at one moment."""

    job: Job
    task: TaskRead | None
    """As Label Studio holds it; None: it is gone."""
    annotations: tuple[AnnotationAsItStands, ...]
    """Those that stand."""
    known: Mapping[AnnotationIdentity, Known]
    """What the store knows of this task and was not withdrawn."""
    on_their_way: Mapping[AnnotationIdentity, OnItsWay]
    """Returned ones on their way back to the queue."""
    seen: frozenset[Seen]
    """States in which it was dealt with last."""
    plan: Plan
    """In force now."""
    at: str
    """When it was read."""
    checks: Mapping[str, Gathers] = field(default_factory=dict["str", "Gathers"])
    """Checks of the plan in force now that gather over submissions, by key."""
    gathered: Mapping[Source, GatheredFrom] = field(default_factory=dict["Source", "GatheredFrom"])
    """Whose contributions are kept, and from what they were gathered."""
    subjects: tuple[Verdict, ...] = ()
    """Current verdicts on the subjects above its annotations, with what concerns this task."""
    members: tuple[str, frozenset[str]] | None = None
    """When the task was made and of which series and patient it is, as far as that is kept."""
    readers_of_project: int = 1
    """Readings that every task of the project is meant to have; known of a task that is held."""
    was_drafted: bool = False
    """Whether somebody had begun and not handed in when it was dealt with last."""
    is_drafted: bool = False
    """Whether somebody has begun and not handed in, as far as that was looked for."""
    exam: ExamStands | None = None
    """How the exam stands that it is a task of; None: it is of work."""
    qualifications: tuple[Qualification, ...] | None = None
    """Who has passed which exam at this Label Studio; None: nobody asks."""
    given: Given = NOTHING_GIVEN
    """What is told of its images beside its data."""
    _images: dict[tuple[int, ImageKeys], TaskImage] = field(
        default_factory=dict["tuple[int, ImageKeys]", "TaskImage"], repr=False, compare=False
    )

    def image(self, task: TaskRead, keys: ImageKeys) -> TaskImage:
        """Give what is known of its images: read once for all its annotations."""
        as_read = id(task), keys
        if as_read not in self._images:
            self._images[as_read] = TaskImage(task.data, keys, self.given)
        return self._images[as_read]


def identity(annotation: AnnotationRead) -> AnnotationIdentity:
    """Tell what makes it this annotation and no other."""
    return annotation.id, as_text(annotation.created_at)


def submission_of(annotation: AnnotationRead, digest: str, known: Known | None) -> tuple[str, int]:
    """When it was submitted, and its version: other changes than of the content are no submission."""
    if known is not None and known.content_digest == digest:
        return known.submitted_at, known.version
    return as_text(annotation.updated_at), 1 if known is None else known.version + 1
