"""What is done about a project that Label Studio says is not there: wait for more proofs, end it, take it up again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from guidelint.service.log import note
from guidelint.service.store import missing as store
from guidelint.service.store.missing import OVER_S, PROOFS, THE_PROJECT_IS_GONE, Missing

if TYPE_CHECKING:
    import sqlalchemy as sa

ENDED = f"{THE_PROJECT_IS_GONE}: its verdicts are withdrawn and kept as history"


def not_there(engine: sa.Engine, server: str, project: int) -> str:
    """Take in one more proof; says why it is not enough yet, empty when the project counts as gone."""
    before = store.missing(engine, server, project)
    with engine.begin() as connection:
        found = store.note_missing(connection, server, project)
    if found.is_gone and (before is None or not before.is_gone):
        note(THE_PROJECT_IS_GONE, logging.WARNING, server=server, project=project, since=found.since)
    return "" if found.is_gone else _waits(server, project, found)


def came_back(engine: sa.Engine, server: str, project: int) -> bool:
    """Take in that a project is there; whether it was missing before."""
    if store.missing(engine, server, project) is None:
        return False
    with engine.begin() as connection:
        store.note_there(connection, server, project)
    note("a project is there again", server=server, project=project)
    return True


def _waits(server: str, project: int, found: Missing) -> str:
    return (
        f"Label Studio at {server} says that project {project} is not there, since {found.since}. All that was judged"
        f" stays until that was proved {PROOFS} times over {OVER_S / 60:.0f} minutes ({found.proofs} so far)."
        " Was it deleted? Otherwise: does the token belong to another account, is this the right database?"
    )
