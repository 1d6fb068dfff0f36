"""First step: how tasks stand. Touches store and Label Studio, reading only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.errors import Gone
from guidelint.labelstudio.writeback.write_back import is_held
from guidelint.service.clock import as_text, now
from guidelint.service.given import nothing_given
from guidelint.service.store.base.database import read_only
from guidelint.service.store.exams import qualifications_at
from guidelint.service.store.known import contents_of, known_of_tasks, seen_of_tasks
from guidelint.service.store.moved import moved_of_tasks
from guidelint.service.store.projects import history, in_force
from guidelint.service.store.requeues import on_their_way
from guidelint.service.store.subjects.contributions import gathered_of_tasks
from guidelint.service.store.subjects.drafts import drafted
from guidelint.service.store.subjects.members import members_of_tasks
from guidelint.service.worker.task.as_it_stands import AnnotationAsItStands, TaskAsItStands, identity, submission_of
from guidelint.service.worker.task.exam.stands import exam_stands
from guidelint.service.worker.task.judge_annotation import content_digest
from guidelint.service.worker.task.subjects.membership import waiting_scopes
from guidelint.service.worker.task.subjects.seen_on_task import on_tasks
from guidelint.validation.judging.fold import gathering_checks
from guidelint.validation.judging.plan_parts import ReturnOfWork

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient, TaskRead
    from guidelint.service.given import GivenOf
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.hints.job import Job
    from guidelint.service.store.known import AnnotationIdentity, Content, Known, VersionKey
    from guidelint.service.store.moved import Moved, MovedAnnotation
    from guidelint.service.store.projects import Followed, Plans
    from guidelint.service.store.subjects.contributions import Source
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A task as Label Studio gave it, read by itself or in a listing."""

    job: Job
    task: TaskRead | None
    """None: it is gone."""
    readers_of_project: int = 1
    """Readings that every task of the project is meant to have; asked for where the task is held."""
    is_drafted: bool | None = None
    """Whether somebody has begun and not handed in; None: not asked for, it is as it was."""


def look_at(client: TaskClient, job: Job) -> LookedAt:
    """Read one task; its id may meanwhile belong to a task of another project, then it is gone.

    Raises ProjectGone, Unreachable, NotMine or Refused.
    """
    task = read_back(client, job.key)
    held = task is not None and is_held(task.data)
    return LookedAt(job, task, client.project(job.key.project).maximum_annotations if held else 1)


def read_back(client: TaskClient, key: TaskKey) -> TaskRead | None:
    """Read the task, or None when it is gone. Raises ProjectGone when all of its project is."""
    try:
        task = client.task_of(key.project, key.task)
    except Gone:
        client.project(key.project)
        return None
    return task if task.project == key.project else None


def as_they_stand(
    engine: sa.Engine, plans: Plans, found: Sequence[LookedAt], given_of: GivenOf = nothing_given
) -> list[TaskAsItStands]:
    """Add what the store knows, with the same few questions for one task as for many; all are of one project.

    None of them when the project follows no guideline. Raises PlanError when this engine cannot run the plan in force.
    """
    if not found:
        return []
    server, project = found[0].job.key.server, found[0].job.key.project
    followed = history(engine, server, project)
    plan = plans.plan_of(server, project, next(iter(followed), None))
    if plan is None:
        return []

    of_versions = _Versions(plans, server, project, followed)

    wanted, given = [item.job.key.task for item in found], given_of(server, project)
    is_exam = followed[0].is_exam
    plan = replace(plan.of_work, routes={}, return_of_work=ReturnOfWork()) if is_exam else plan
    checks = {} if is_exam else gathering_checks(plan)
    with read_only(engine) as connection:
        known = known_of_tasks(connection, server, project, wanted)
        back = known_of_tasks(connection, server, project, _with_unknown(found, known), withdrawn=True)
        waiting = on_their_way(connection, server, project, wanted)
        seen = seen_of_tasks(connection, server, project, wanted)
        gathered = gathered_of_tasks(connection, server, project, wanted)
        were_drafted = drafted(connection, server, project, wanted) if checks else frozenset[int]()
        subjects = on_tasks(connection, server, project, wanted, checks)
        members = members_of_tasks(connection, server, project, wanted) if waiting_scopes(checks) else {}
        moved = moved_of_tasks(connection, server, project, wanted) if len(followed) > 1 else {}
        exam = exam_stands(connection, server, project) if is_exam else None
        qualifications = (
            qualifications_at(connection, server, followed[0].guideline, _annotators(found))
            if _asks_who(plan)
            else None
        )
    bare = [
        TaskAsItStands(
            job=item.job,
            task=item.task,
            annotations=tuple(
                _annotations(item, {**back.get(task, {}), **known.get(task, {})}, moved.get(task, {}), of_versions)
            ),
            known=known.get(task, {}),
            on_their_way=waiting.get(task, {}),
            seen=frozenset(seen.get(task, ())),
            plan=plan,
            at=now(),
            checks=checks,
            gathered=gathered.get(task, {}),
            subjects=subjects.get(task, ()),
            members=_members(members, item.task),
            readers_of_project=item.readers_of_project,
            was_drafted=task in were_drafted,
            is_drafted=_is_drafted(item, were_drafted),
            exam=exam,
            qualifications=qualifications,
            given=given,
        )
        for item, task in zip(found, wanted, strict=True)
    ]
    return _with_previous(engine, server, project, bare)


def _asks_who(plan: Plan) -> bool:
    """Whether a plan asks who has passed an exam."""
    return any(check.rule.of_people for check in plan.checks)


def _annotators(found: Sequence[LookedAt]) -> set[int]:
    every = (annotation for item in found if item.task for annotation in item.task.annotations)
    return {annotation.annotator for annotation in every if annotation.annotator is not None}


def _is_drafted(item: LookedAt, before: frozenset[int]) -> bool:
    if item.task is None:
        return False
    return item.job.key.task in before if item.is_drafted is None else item.is_drafted


def _members(known: Mapping[Source, frozenset[str]], task: TaskRead | None) -> tuple[str, frozenset[str]] | None:
    made = as_text(task.created_at) if task is not None else ""
    return (made, known[task.id, made]) if task is not None and (task.id, made) in known else None


def _with_unknown(found: Sequence[LookedAt], known: Mapping[int, Mapping[AnnotationIdentity, Known]]) -> list[int]:
    """Tasks with annotations that the store does not count as standing: new, or withdrawn and back again."""
    return [
        item.job.key.task
        for item in found
        if item.task
        and any(identity(annotation) not in known.get(item.job.key.task, {}) for annotation in item.task.annotations)
    ]


@dataclass(frozen=True, slots=True)
class _Versions:
    """The versions that a project followed, the one pushed last first."""

    plans: Plans
    server: str
    project: int
    followed: list[Followed]

    def of(self, digest: str, submitted_at: str, moved: MovedAnnotation | None) -> Followed | None:
        """Find the version that an annotation is judged by: that it was moved to, or the one in force then."""
        position = moved.position_of(digest) if moved is not None else None
        by_move = next((one for one in self.followed if one.position == position), None)
        return by_move or in_force(self.followed, submitted_at)

    def plan(self, version: Followed | None) -> Plan | None:
        """Read what it asks."""
        found = self.plans.plan_of(self.server, self.project, version)
        return found.of_work if found is not None and self.followed[0].is_exam else found


def _annotations(
    item: LookedAt, known: Mapping[AnnotationIdentity, Known], moved: Moved, versions: _Versions
) -> Iterator[AnnotationAsItStands]:
    for annotation in item.task.annotations if item.task else ():
        before, move = known.get(identity(annotation)), moved.get(identity(annotation))
        digest = content_digest(annotation)
        submitted_at, version = submission_of(annotation, digest, before)
        own = versions.of(digest, submitted_at, move)
        plan = versions.plan(own)
        if plan is not None and own is not None:
            yield AnnotationAsItStands(
                annotation, digest, before, submitted_at, version, plan, position=own.position, moved=move
            )


def _with_previous(
    engine: sa.Engine, server: str, project: int, tasks: Sequence[TaskAsItStands]
) -> list[TaskAsItStands]:
    """Add the versions before, which rules on corrections look at."""
    wanted = [key for task in tasks for item in task.annotations if (key := _previous(item)) is not None]
    if not wanted:
        return list(tasks)
    with read_only(engine) as connection:
        stored = contents_of(connection, server, project, wanted)
    return [
        replace(task, annotations=tuple(replace(item, previous=_found(item, stored)) for item in task.annotations))
        for task in tasks
    ]


def _previous(item: AnnotationAsItStands) -> VersionKey | None:
    return (*item.identity, item.version - 1) if item.version > 1 else None


def _found(item: AnnotationAsItStands, stored: Mapping[VersionKey, Content]) -> Content | None:
    key = _previous(item)
    return None if key is None else stored.get(key)
