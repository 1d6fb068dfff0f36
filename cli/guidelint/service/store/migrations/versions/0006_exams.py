"""Exams are kept: which projects are exams, their items, and what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    op.add_column("projects", sa.Column("is_exam", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "exams",
        *_project(),
        sa.Column("exam", sa.String(length=40), nullable=False),
        sa.Column("guideline", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project"),
        comment="Exams, each a project of its own, with all that they are graded by",
    )
    op.create_table(
        "exam_items",
        *_project(),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "item"),
        comment="Items of an exam by the tasks that show them; 0: none does yet",
    )
    op.create_table(
        "exam_results",
        *_project(),
        sa.Column("annotator", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_task", sa.BigInteger(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("graded_at", sa.String(length=40), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotator"),
        comment="What came of an exam for everybody who handed in all of it",
    )


def _project() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
    )
