"""The annotations of one task, each with the verdict on it: stored ones as they are, new ones judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.service.clock import as_text
from guidelint.service.store import handed_in
from guidelint.service.store.handed_in import Identity, Known, Version
from guidelint.service.worker.judge_annotation import Subjected, content_digest, judge_subject, subject_digest, unjudged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.tasks import AnnotationRead, TaskRead
    from guidelint.service.store.inbox import Job, TaskKey
    from guidelint.service.store.projects import Plans
    from guidelint.validation.plan import Plan
    from guidelint.validation.verdict import Verdict

POISON_STARTS = 3
"""A job that stopped the program so often is not judged again."""


@dataclass(frozen=True, slots=True)
class Submissions:
    """Judges what is new on a task."""

    engine: sa.Engine
    plans: Plans

    def judged(self, job: Job, task: TaskRead, known: Mapping[Identity, Known]) -> list[Version]:
        """Every annotation that stands, with its verdict. None when the project followed no guideline."""
        versions = [self._version(job, task, item, known) for item in task.annotations]
        return [version for version in versions if version is not None]

    def _version(
        self, job: Job, task: TaskRead, annotation: AnnotationRead, known: Mapping[Identity, Known]
    ) -> Version | None:
        before = known.get((annotation.id, as_text(annotation.created_at)))
        content = content_digest(annotation)
        submitted_at, number = _numbered(annotation, before, content)
        plan = self.plans.in_force(job.key.server, job.key.project, submitted_at)
        if plan is None:
            return None
        subject = self._subject(job.key, task, annotation, content, number)
        digest = subject_digest(subject, plan)
        stored = before.verdict if before is not None and before.verdict_digest == digest else None
        return Version(
            annotation=annotation.id,
            created_at=as_text(annotation.created_at),
            task_created_at=as_text(task.created_at),
            annotator=annotation.annotator,
            parent_prediction=annotation.parent_prediction,
            submitted_at=submitted_at,
            version=number,
            content=subject.content,
            content_digest=content,
            verdict=stored or _judge(job, subject, plan),
            verdict_digest=digest,
            is_new=stored is None,
            is_new_content=before is None or before.content_digest != content,
        )

    def _subject(
        self, key: TaskKey, task: TaskRead, annotation: AnnotationRead, content: str, number: int
    ) -> Subjected:
        identity = (annotation.id, as_text(annotation.created_at))
        previous = handed_in.content_of(self.engine, key, identity, number - 1) if number > 1 else None
        return Subjected(
            annotation=annotation.id,
            task=task.id,
            content=bytes(annotation.raw),
            content_digest=content,
            previous=previous[0] if previous else None,
            previous_digest=previous[1] if previous else "",
            data=task.data,
        )


def _numbered(annotation: AnnotationRead, before: Known | None, content: str) -> tuple[str, int]:
    """When it was submitted, and its version: other changes than of the content are no submission."""
    if before is not None and before.content_digest == content:
        return before.submitted_at, before.version
    return as_text(annotation.updated_at), 1 if before is None else before.version + 1


def _judge(job: Job, subject: Subjected, plan: Plan) -> Verdict:
    if job.starts >= POISON_STARTS:
        return unjudged(subject, plan, f"judging it stopped the program {job.starts} times")
    return judge_subject(subject, plan)


def new_content(versions: Sequence[Version]) -> list[Version]:
    """Those that an annotator has just handed in."""
    return [version for version in versions if version.is_new_content]
