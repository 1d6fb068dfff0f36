"""How returned work goes back to the queue: what is due, what must stay, what is prefilled. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from guidelint.labelstudio.connection.task_client import annotation_of
from guidelint.service.clock import after
from guidelint.service.store.requeues import DONE, DROPPED, MAKING, PREFILLED, REMOVING, WAITING
from guidelint.service.worker.task.judge_annotation import content_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from guidelint.labelstudio.connection.task_client import PredictionRead
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.service.store.known import AnnotationIdentity, Content
    from guidelint.service.store.requeues import OnItsWay
    from guidelint.validation.judging.plan import ReturnOfWork

GOING = (WAITING, MAKING, PREFILLED, REMOVING)
"""States of what is not in the queue yet and may still be left where it is."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A returned annotation that is to go back to the queue."""

    version: HandedIn
    state: str
    """How far it has come."""
    due: str
    """When it goes at the latest."""
    prediction: int | None
    """What was prefilled from it."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One that stays after all, or waits anew; what was prefilled from it is not needed."""

    identity: AnnotationIdentity
    prediction: int | None
    may_be_made: bool
    """Whether the prediction may have been made without being noted."""


@dataclass(frozen=True, slots=True)
class QueueAsItStands:
    """What decides whether returned annotations of one task would come back whole."""

    shows_predictions: bool
    model_version: str
    predictions: tuple[PredictionRead, ...]
    """Those of the task."""
    ours: frozenset[int]
    """Predictions that were made by us."""
    unique_ids: Mapping[AnnotationIdentity, str | None]
    """Of the annotations that the store knows."""
    kept: Mapping[AnnotationIdentity, Content]
    """What the store holds of the version that would be taken out."""


@dataclass(frozen=True, slots=True)
class Prefill:
    """The prediction from which a returned annotation is prefilled."""

    made: int | None
    """Its id, when it was made right before the process was killed; None: it is to be made."""
    result: msgspec.Raw
    model_version: str
    older: tuple[int, ...]
    """Predictions of ours that it replaces."""


def waiting(
    versions: Sequence[HandedIn], ways: Mapping[AnnotationIdentity, OnItsWay], rule: ReturnOfWork
) -> list[Waits]:
    """List returned annotations with how far they have come; one that was changed, left or came back waits anew."""
    return [_waits(version, ways.get(version.identity), rule) for version in _returned(versions, rule)]


def given_up(
    versions: Sequence[HandedIn], ways: Mapping[AnnotationIdentity, OnItsWay], rule: ReturnOfWork
) -> list[GivenUp]:
    """List those that are not returned any more, were changed on their way, or were taken out by somebody else."""
    goes_on = {item.version.identity: item.state for item in waiting(versions, ways, rule)}
    standing = {version.identity for version in versions}
    return [
        GivenUp(identity, way.prediction, way.state == MAKING)
        for identity, way in ways.items()
        if way.state in GOING and goes_on.get(identity) != way.state
        if identity in standing or not way.taken_out_by_us
    ]


def due(waits: Iterable[Waits], went_on: Collection[AnnotationIdentity], at: str) -> list[Waits]:
    """List those that go now. ``went_on``: of annotators who have submitted another task since."""
    return [item for item in waits if item.state != WAITING or item.due <= at or item.version.identity in went_on]


def why_not(item: Waits, queue: QueueAsItStands) -> str:
    """Say why it must stay; empty: it comes back whole."""
    if not queue.shows_predictions:
        return "the project does not show predictions, so nothing would be prefilled"
    if _of_others(queue) and _made_before(item.version, item.state, queue) is None:
        return "another prediction would be prefilled in its place"
    return _not_kept(item.version, queue)


def prefill(item: Waits, queue: QueueAsItStands) -> Prefill | None:
    """Say what is to be prefilled; None: that was done."""
    if item.state in (PREFILLED, REMOVING) and item.prediction in {found.id for found in queue.predictions}:
        return None
    return Prefill(
        made=_made_before(item.version, item.state, queue),
        result=_result(item.version.content),
        model_version=queue.model_version,
        older=tuple(found.id for found in queue.predictions if found.id in queue.ours),
    )


def not_noted(contents: Iterable[Content], queue: QueueAsItStands) -> list[int]:
    """Find predictions that were made from one of these contents without being noted."""
    wanted = {_canonical(_result(content.json)) for content in contents}
    return [item.id for item in _of_others(queue) if _canonical(item.result) in wanted]


def _returned(versions: Sequence[HandedIn], rule: ReturnOfWork) -> list[HandedIn]:
    """Find what is to be corrected; what the image or an import is to blame for would come back again and again."""
    if rule.mode != "requeue":
        return []
    return [version for version in versions if version.verdict.is_correctable]


def _waits(version: HandedIn, way: OnItsWay | None, rule: ReturnOfWork) -> Waits:
    due_at = after(rule.requeue_after_minutes * 60, version.submitted_at)
    if way is None or way.state in (DROPPED, DONE) or way.due != due_at:
        return Waits(version, WAITING, due_at, None)
    return Waits(version, way.state, due_at, way.prediction)


def _made_before(version: HandedIn, state: str, queue: QueueAsItStands) -> int | None:
    """Find a prediction that equals the annotation and is not noted: made right before the process was killed."""
    if state != MAKING:
        return None
    wanted = _canonical(_result(version.content))
    return next((item.id for item in _of_others(queue) if _canonical(item.result) == wanted), None)


def _of_others(queue: QueueAsItStands) -> list[PredictionRead]:
    """Predictions that Label Studio would prefill and that are not noted as ours."""
    return [
        item
        for item in queue.predictions
        if (item.model_version or "") == queue.model_version and item.id not in queue.ours
    ]


def _not_kept(version: HandedIn, queue: QueueAsItStands) -> str:
    """Say what the store does not hold of it yet; empty: everything."""
    kept = queue.kept.get(version.identity)
    if kept is None:
        return "it is not stored"
    if queue.unique_ids.get(version.identity) is None or version.annotator is None:
        return "its unique_id or its author is not known"
    if content_digest(annotation_of(msgspec.Raw(kept.json))) != version.content_digest:
        return "what is stored of it is not what was read"
    return ""


def _result(content: bytes) -> msgspec.Raw:
    return annotation_of(msgspec.Raw(content)).result


def _canonical(result: msgspec.Raw) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(result), order="sorted")
