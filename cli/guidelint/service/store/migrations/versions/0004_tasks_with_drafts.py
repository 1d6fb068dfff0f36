"""Which tasks have drafts is kept: Label Studio tells of them in no event, and moves no time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "drafts",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task"),
        comment="Tasks on which somebody has begun and not handed in, as far as that was contributed",
    )
