"""Annotations that were moved to another version of the guideline, with what they were before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "moved",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest_before", sa.String(length=64), nullable=False),
        sa.Column("position_before", sa.Integer(), nullable=False),
        sa.Column("result_before", sa.LargeBinary(), nullable=False),
        sa.Column("redo", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotation", "created_at"),
        comment="Annotations as last moved to another version of the guideline, with what they were before",
    )
    op.create_index("moved_task", "moved", ["server", "project", "task"])
