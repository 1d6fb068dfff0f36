"""Second step: each annotation of a task with the verdict on it, stored ones as they are, new ones judged. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from guidelint.service.clock import as_text
from guidelint.service.store.handed_in import HandedIn
from guidelint.service.worker.task.judge_annotation import JudgedInputs, judge_subject, subject_digest, unjudged
from guidelint.service.worker.task.subjects.gather import gathered_of, given_up, is_gathered

if TYPE_CHECKING:
    from guidelint.annotation.qualification import Qualification
    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.service.store.subjects.contributions import Gathering
    from guidelint.service.worker.task.as_it_stands import AnnotationAsItStands, TaskAsItStands
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict

POISON_STARTS = 3
"""A job that stopped the program so often is given up, until a full sweep asks for it again."""
GIVEN_UP = "none, it was given up"
"""Engine of a verdict that no engine gave: whoever killed the program may have meant something else by it."""


def judged(stands: TaskAsItStands) -> tuple[HandedIn, ...]:
    """Every annotation that stands, with its verdict."""
    task = stands.task
    if task is None:
        return ()
    return tuple(_version(task, item, stands) for item in stands.annotations)


def is_judged(stands: TaskAsItStands) -> bool:
    """Whether every annotation that stands has its verdict already, and contributes what it can."""
    task = stands.task
    return task is None or all(_is_judged(_inputs(task, item, stands), item, stands) for item in stands.annotations)


def _is_judged(inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands) -> bool:
    return _stored(item, subject_digest(inputs, item.plan)) is not None and is_gathered(inputs, item, stands)


def _stored(item: AnnotationAsItStands, digest: str) -> Verdict | None:
    """Find the verdict on just what would be judged, unless the store has lost what it was judged from."""
    known = item.known
    if known is None or not known.content_digest or known.verdict_digest != digest:
        return None
    return known.verdict


def _version(task: TaskRead, item: AnnotationAsItStands, stands: TaskAsItStands) -> HandedIn:
    subject = _inputs(task, item, stands)
    digest = subject_digest(subject, item.plan)
    stored = _stored(item, digest)
    verdict = stored or _judge(subject, item.plan, stands.job.starts)
    lacks_images = stored is None and subject.lacks_images(item.plan.vocabulary)
    marked = _marked(digest, verdict, lacks_images=lacks_images)
    return HandedIn(
        annotation=item.read.id,
        created_at=as_text(item.read.created_at),
        task_created_at=as_text(task.created_at),
        annotator=item.read.annotator,
        parent_prediction=item.read.parent_prediction,
        submitted_at=item.submitted_at,
        version=item.version,
        content=subject.content,
        content_digest=item.content_digest,
        verdict=verdict,
        verdict_digest=marked,
        is_new=stored is None and not (lacks_images and _stands(item, marked, verdict)),
        is_new_content=item.is_new_content,
        annotator_name=item.read.annotator_name,
        annotator_address=item.read.annotator_address,
        gathering=_gathering(subject, item, stands, verdict),
        lacks_images=lacks_images,
        redo=item.redo,
    )


def _gathering(
    subject: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands, verdict: Verdict
) -> Gathering | None:
    if verdict.engine == GIVEN_UP:
        return given_up(subject, item, stands, _stopped(stands.job.starts))
    return gathered_of(subject, item, stands)


def _stands(item: AnnotationAsItStands, digest: str, verdict: Verdict) -> bool:
    """Whether just this was found before from the same, and is stored."""
    known = item.known
    if known is None or known.verdict is None or known.verdict_digest != digest:
        return False
    return msgspec.json.encode(known.verdict) == msgspec.json.encode(verdict)


def _inputs(task: TaskRead, item: AnnotationAsItStands, stands: TaskAsItStands) -> JudgedInputs:
    previous = item.previous
    return JudgedInputs(
        annotation=item.read.id,
        task=task.id,
        content=bytes(item.read.raw),
        content_digest=item.content_digest,
        previous=previous.json if previous else None,
        previous_digest=previous.digest if previous else "",
        data=task.data,
        qualifications=_theirs(stands.qualifications, item.read.annotator),
        image_of=partial(stands.image, task),
    )


def _theirs(
    qualifications: tuple[Qualification, ...] | None, annotator: int | None
) -> tuple[Qualification, ...] | None:
    """Pick what one has passed, so that nobody else's exam has their work judged anew."""
    if qualifications is None:
        return None
    return tuple(one for one in qualifications if annotator is not None and one.annotator == str(annotator))


def _judge(subject: JudgedInputs, plan: Plan, starts: int) -> Verdict:
    if starts >= POISON_STARTS:
        return replace(unjudged(subject, plan, _stopped(starts)), engine=GIVEN_UP)
    return judge_subject(subject, plan)


def _stopped(starts: int) -> str:
    return f"judging it stopped the program {starts} times"


def _marked(digest: str, verdict: Verdict, *, lacks_images: bool) -> str:
    """Give the digest of what was judged, or one under which no verdict is looked for: the next look judges anew."""
    if verdict.engine == GIVEN_UP:
        return _digest_of(GIVEN_UP, digest)
    return _digest_of("images were lacking", digest) if lacks_images else digest


def _digest_of(mark: str, digest: str) -> str:
    return hashlib.sha256(f"{mark} {digest}".encode()).hexdigest()
