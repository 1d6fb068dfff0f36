"""What decides whether returned annotations of a task would come back whole. Touches store and tool, reading only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.store.base.database import read_only
from guidelint.service.store.known import contents_of, known_of_tasks, versions_of
from guidelint.service.store.requeues import predictions_of_ours, submitted_elsewhere
from guidelint.service.worker.task.requeue.way_back import QueueAsItStands

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient, TaskRead
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.service.store.known import AnnotationIdentity, Content
    from guidelint.service.worker.task.requeue.way_back import Waits


def went_on(engine: sa.Engine, key: TaskKey, waits: Sequence[Waits]) -> set[AnnotationIdentity]:
    """Find annotations whose annotators have submitted another task since."""
    with read_only(engine) as connection:
        versions = [item.version for item in waits]
        return {version.identity for version in versions if submitted_elsewhere(connection, key, version)}


def kept_versions(engine: sa.Engine, key: TaskKey, identity: AnnotationIdentity) -> list[Content]:
    """Read every stored version of an annotation."""
    with read_only(engine) as connection:
        return versions_of(connection, key.server, key.project, identity)


def queue_as_it_stands(
    engine: sa.Engine, client: TaskClient, key: TaskKey, task: TaskRead, versions: Sequence[HandedIn]
) -> QueueAsItStands:
    """Read project, predictions and what the store holds. Raises Unreachable or Refused."""
    project = client.project(key.project)
    wanted = {version.identity: (*version.identity, version.version) for version in versions}
    with read_only(engine) as connection:
        known = known_of_tasks(connection, key.server, key.project, [key.task]).get(key.task, {})
        kept = contents_of(connection, key.server, key.project, list(wanted.values()))
        ours = predictions_of_ours(connection, key)
    unique_ids = {identity: known[identity].unique_id for identity in wanted if identity in known}
    if None in unique_ids.values():
        told = client.unique_ids(key.project, key.task)
        unique_ids = {identity: given or told.get(identity[0]) for identity, given in unique_ids.items()}
    return QueueAsItStands(
        shows_predictions=project.show_collab_predictions,
        model_version=project.model_version or "",
        predictions=task.predictions,
        ours=frozenset(ours),
        unique_ids=unique_ids,
        kept={identity: kept[version] for identity, version in wanted.items() if version in kept},
    )
