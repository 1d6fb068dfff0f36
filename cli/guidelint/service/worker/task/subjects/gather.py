"""What an annotation of a task, and the task itself, contribute to the subjects above them. Pure.

All follows from the plan that was pushed last: a subject is judged by one plan, whenever its parts were handed in.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.task_data import judged_facts
from guidelint.annotation.task_facts import TaskFacts
from guidelint.imaging.items import image_names
from guidelint.service.clock import as_text
from guidelint.service.store.subjects.contributions import OF_TASK, GatheredFrom, Gathering, Source
from guidelint.service.worker.task.judge_annotation import is_unread
from guidelint.service.worker.task.subjects.bare import bare_submission
from guidelint.validation.judging.ask import in_words
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.fold import contributed, contributed_by_task, faulty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.service.worker.task.as_it_stands import AnnotationAsItStands, TaskAsItStands
    from guidelint.service.worker.task.judge_annotation import JudgedInputs
    from guidelint.validation.judging.contributions import Row
    from guidelint.validation.judging.plan import Plan


def gathered_of(inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands) -> Gathering | None:
    """Gather what an annotation contributes and is not kept: all of what was handed in anew, else by new checks."""
    if not stands.checks:
        return None
    start = _start(inputs, stands.plan)
    kept = _kept(stands, item.identity, start) & stands.checks.keys()
    missing = frozenset(stands.checks) - kept
    if not missing:
        return None
    rows = tuple(_rows(inputs, item, stands, missing))
    return Gathering(item.identity, GatheredFrom(start, kept | missing), missing, rows)


def given_up(inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands, reason: str) -> Gathering | None:
    """Let an annotation that was given up contribute why, in place of all it did before; it is gathered anew next."""
    if not stands.checks:
        return None
    keys = frozenset(stands.checks)
    rows = faulty(dict(stands.checks), _bare(inputs, item, stands), reason)
    return Gathering(item.identity, GatheredFrom("", keys), keys, tuple(rows))


def is_gathered(inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands) -> bool:
    """Whether all that an annotation contributes is kept."""
    return not stands.checks or stands.checks.keys() <= _kept(stands, item.identity, _start(inputs, stands.plan))


def gathered_of_task(stands: TaskAsItStands, versions: Sequence[HandedIn]) -> Gathering | None:
    """Gather what the task itself contributes, unless that is kept."""
    task = stands.task
    if task is None or not stands.checks:
        return None
    facts = task_facts(task, stands, versions)
    source, start = (OF_TASK, as_text(task.created_at)), f"{engine_mark()}{_digest(facts)[:48]}"
    keys = frozenset(stands.checks)
    if keys <= _kept(stands, source, start):
        return None
    return Gathering(source, GatheredFrom(start, keys), keys, tuple(contributed_by_task(dict(stands.checks), facts)))


def engine_mark() -> str:
    """Begin the digest of what a task contributed by the engine that gathered it."""
    return _digest(engine_version())[:16]


def task_facts(task: TaskRead, stands: TaskAsItStands, versions: Sequence[HandedIn]) -> TaskFacts:
    """Tell what is known of a task, whoever annotated it; Label Studio itself holds back no annotation."""
    skipped = sum(version.verdict.decision == "skipped" for version in versions)
    unread = sum(is_unread(version.verdict) for version in versions)
    return TaskFacts(
        task=str(task.id),
        images=image_names(task.data, stands.plan.vocabulary.image),
        annotations=len(versions) - skipped - unread,
        skipped=skipped,
        unread=unread,
        drafted=stands.is_drafted,
        predicted=bool(task.predictions),
        facts=stands.image(task, stands.plan.vocabulary.image).images,
    )


def _kept(stands: TaskAsItStands, source: Source, start: str) -> frozenset[str]:
    """Keys of the checks under which is kept what follows from just this."""
    known = stands.gathered.get(source)
    return known.checks if known is not None and known.inputs == start else frozenset()


def _rows(
    inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands, missing: frozenset[str]
) -> tuple[Row, ...]:
    """Nothing is contributed by what was skipped, nor by what cannot be read, whose own verdict says so."""
    checks = {key: gathers for key, gathers in stands.checks.items() if key in missing}
    try:
        submission = inputs.submission(stands.plan.vocabulary)
        return () if submission.skipped else tuple(contributed(checks, submission))
    except PayloadError:
        return ()
    except Exception as error:  # noqa: BLE001 - one annotation must not stop the others; told with its subjects
        return tuple(faulty(checks, _bare(inputs, item, stands), in_words(error)))


def _bare(inputs: JudgedInputs, item: AnnotationAsItStands, stands: TaskAsItStands) -> Submission:
    annotator = item.read.annotator
    bare = bare_submission(str(inputs.task), inputs.image(stands.plan.vocabulary.image))
    return replace(bare, annotation=str(inputs.annotation), annotator=None if annotator is None else str(annotator))


def _start(inputs: JudgedInputs, plan: Plan) -> str:
    """Digest of all that contributions follow from, but for the checks."""
    facts = judged_facts(inputs.data, plan.vocabulary.image)
    beside = inputs.told_beside(plan.vocabulary)
    return _digest(inputs.content_digest, inputs.previous_digest, facts, plan.vocabulary, engine_version(), *beside)


def _digest(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()
