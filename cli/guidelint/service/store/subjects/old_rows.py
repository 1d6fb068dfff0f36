"""Rows about subjects that are only history, or that nothing contributes to any more.

Of every subject the newest verdict stays, current or not, and of one that was returned the newest verdict that returned
it. Contributions are no history: those of a version are replaced by the next one, and go with their annotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.conditions import of_project, there_is
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import contributions, subject_groups, subject_verdicts
from guidelint.service.store.old_rows import say_all
from guidelint.service.store.subjects.groups import CLEAN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

VerdictKey = tuple[str, int, str, int]
"""Server, project, subject as it is written, number."""
_KEY = (
    subject_verdicts.c.server,
    subject_verdicts.c.project,
    subject_verdicts.c.subject,
    subject_verdicts.c.number,
)


def old_subject_verdicts(engine: sa.Engine, before: str, most: int) -> list[VerdictKey]:
    """Verdicts that were replaced, and given before a moment."""
    with read_only(engine) as connection:
        return [(*row,) for row in connection.execute(sa.select(*_KEY).where(_is_old(before)).limit(most))]


def remove_subject_verdicts(engine: sa.Engine, keys: Sequence[VerdictKey], before: str) -> int:
    """Take verdicts out; how many were."""
    with engine.begin() as connection:
        these = sa.delete(subject_verdicts).where(sa.tuple_(*_KEY).in_(keys), _is_old(before))
        return connection.execute(these).rowcount


def remove_forsaken_groups(engine: sa.Engine, server: str, project: int, checks: Collection[str]) -> int:
    """Take out groups that nothing contributes to, of checks that are no more; how many were.

    Those of checks that there are go when they are judged.
    """
    names = ("server", "project", "subject", "check_key", "group_name")
    same = sa.and_(*(contributions.c[name] == subject_groups.c[name] for name in names))
    forsaken = sa.delete(subject_groups).where(
        of_project(subject_groups, server, project),
        subject_groups.c.mark != CLEAN,
        subject_groups.c.check_key.not_in(sorted(checks)),
        sa.not_(there_is(contributions, same)),
    )
    with engine.begin() as connection:
        return connection.execute(forsaken).rowcount


def _is_old(before: str) -> sa.ColumnElement[bool]:
    """Whether a verdict is old, and newer ones say all that has to be known."""
    later = subject_verdicts.alias("later")
    is_later = sa.and_(
        *(later.c[name] == subject_verdicts.c[name] for name in ("server", "project", "subject")),
        later.c.number > subject_verdicts.c.number,
    )
    return sa.and_(subject_verdicts.c.judged_at < before, say_all(subject_verdicts, later, is_later))
