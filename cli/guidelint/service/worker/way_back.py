"""How returned work goes back to the queue: what is due, what must stay, what is prefilled. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from guidelint.labelstudio.tasks import annotation_of
from guidelint.service.clock import after
from guidelint.service.store.requeues import DONE, DROPPED, MAKING, PREFILLED, REMOVING, WAITING
from guidelint.service.worker.judge_annotation import content_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from guidelint.labelstudio.tasks import PredictionRead
    from guidelint.service.store.handed_in import Version
    from guidelint.service.store.known import Content, Identity
    from guidelint.service.store.requeues import OnItsWay
    from guidelint.validation.plan import ReturnOfWork

GOING = (WAITING, MAKING, PREFILLED, REMOVING)
"""States of what is not in the queue yet and may still be left where it is."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A returned annotation that is to go back to the queue."""

    version: Version
    state: str
    """How far it has come."""
    due: str
    """When it goes at the latest."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One that stays after all; what was prefilled from it is not needed."""

    identity: Identity
    prediction: int | None


@dataclass(frozen=True, slots=True)
class QueueAsItStands:
    """What decides whether returned annotations of one task would come back whole."""

    shows_predictions: bool
    model_version: str
    predictions: tuple[PredictionRead, ...]
    """Those of the task."""
    ours: frozenset[int]
    """Predictions that were made by us."""
    unique_ids: Mapping[Identity, str | None]
    """Of the annotations that the store knows."""
    kept: Mapping[Identity, Content]
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


def waiting(versions: Sequence[Version], ways: Mapping[Identity, OnItsWay], rule: ReturnOfWork) -> list[Waits]:
    """List returned annotations with how far they have come; one that was left once, or came back, waits anew."""
    return [
        Waits(version, _state(ways.get(version.identity)), after(rule.requeue_after_minutes * 60, version.submitted_at))
        for version in _returned(versions, rule)
    ]


def given_up(versions: Sequence[Version], ways: Mapping[Identity, OnItsWay], rule: ReturnOfWork) -> list[GivenUp]:
    """Those that are not returned any more, or that somebody else took out."""
    returned = {version.identity for version in _returned(versions, rule)}
    standing = {version.identity for version in versions}
    return [
        GivenUp(identity, way.prediction)
        for identity, way in ways.items()
        if identity not in returned and way.state in GOING and (identity in standing or not way.taken_out_by_us)
    ]


def due(waits: Iterable[Waits], went_on: Collection[Identity], at: str) -> list[Version]:
    """Those that go now. ``went_on``: of annotators who have submitted another task since."""
    return [
        item.version for item in waits if item.state != WAITING or item.due <= at or item.version.identity in went_on
    ]


def why_not(version: Version, state: str, queue: QueueAsItStands) -> str:
    """Say why it must stay; empty: it comes back whole."""
    if not queue.shows_predictions:
        return "the project does not show predictions, so nothing would be prefilled"
    others = [item for item in _with_version(queue) if item.id not in queue.ours]
    if others and _made_before(version, state, queue) is None:
        return "another prediction would be prefilled in its place"
    return _not_kept(version, queue)


def prefill(version: Version, state: str, queue: QueueAsItStands) -> Prefill | None:
    """Say what is to be prefilled; None: that was done."""
    if state in (PREFILLED, REMOVING):
        return None
    return Prefill(
        made=_made_before(version, state, queue),
        result=_result(version),
        model_version=queue.model_version,
        older=tuple(item.id for item in queue.predictions if item.id in queue.ours),
    )


def _returned(versions: Sequence[Version], rule: ReturnOfWork) -> list[Version]:
    if rule.mode != "requeue":
        return []
    return [version for version in versions if version.verdict.decision == "returned"]


def _state(way: OnItsWay | None) -> str:
    return WAITING if way is None or way.state in (DROPPED, DONE) else way.state


def _made_before(version: Version, state: str, queue: QueueAsItStands) -> int | None:
    """Find a prediction that equals the annotation and is not noted: made right before the process was killed."""
    if state != MAKING:
        return None
    wanted = _canonical(_result(version))
    found = (item for item in _with_version(queue) if item.id not in queue.ours)
    return next((item.id for item in found if _canonical(item.result) == wanted), None)


def _with_version(queue: QueueAsItStands) -> list[PredictionRead]:
    """Predictions that Label Studio would prefill."""
    return [item for item in queue.predictions if (item.model_version or "") == queue.model_version]


def _not_kept(version: Version, queue: QueueAsItStands) -> str:
    """Say what the store does not hold of it yet; empty: everything."""
    kept = queue.kept.get(version.identity)
    if kept is None:
        return "it is not stored"
    if queue.unique_ids.get(version.identity) is None or version.annotator is None:
        return "its unique_id or its author is not known"
    if content_digest(annotation_of(msgspec.Raw(kept.json))) != version.content_digest:
        return "what is stored of it is not what was read"
    return ""


def _result(version: Version) -> msgspec.Raw:
    return annotation_of(msgspec.Raw(version.content)).result


def _canonical(result: msgspec.Raw) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(result), order="sorted")
