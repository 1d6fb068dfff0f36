"""Of which series and patient a task is, whether anybody has read it or not. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.clock import as_text
from guidelint.service.store.subjects.members import NOWHERE, place_of_subject
from guidelint.service.worker.task.subjects.bare import bare_submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.rule.scope import Scope


def waiting_scopes(checks: Mapping[str, Gathers]) -> list[Scope]:
    """Find the scopes whose subjects are told to lack something only once all their tasks are in."""
    scopes = {one.scope.name: one.scope for one in checks.values() if one.scope.of_one_reader}
    return list(scopes.values())


def membership(stands: TaskAsItStands) -> frozenset[str] | None:
    """Tell what a task is of, where that is not kept; None: it is, or nobody asks."""
    task, scopes = stands.task, waiting_scopes(stands.checks)
    if task is None or not scopes:
        return None
    bare = bare_submission(str(task.id), stands.image(task, stands.plan.vocabulary.image))
    shares = (share for scope in scopes for share in scope.shares(bare) if not share.problem)
    places = frozenset(place_of_subject(share.subject) for share in shares) or NOWHERE
    return None if stands.members == (as_text(task.created_at), places) else places
