"""Which tasks a series or a patient has is kept, and where something is lacking that another task may have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "subject_tasks",
        *_project(),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task", "created_at", "place"),
        comment="Of which series and patient each task is, whether anybody has read it or not; empty: of none",
    )
    op.create_index("subject_tasks_place", "subject_tasks", ["server", "project", "place"])
    op.create_table(
        "absences",
        *_project(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "subject"),
        comment="Series and patients, each by one reader, in which something is lacking that another task may have",
    )
    op.create_index("absences_place", "absences", ["server", "project", "place"])


def _project() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
    )
