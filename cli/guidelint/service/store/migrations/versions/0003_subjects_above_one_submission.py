"""Contributions to tasks, series, patients, annotators and projects are kept, and the verdicts on those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "contributions",
        *_source(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_group(),
        sa.Column("annotator", sa.String(length=80)),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task", "annotation", "created_at", "number"),
        comment="What each annotation, or a task itself (annotation 0), contributes to the subjects above it",
    )
    op.create_index("contributions_group", "contributions", ["server", "project", "subject", "check_key", "group_name"])
    op.create_table(
        "gathered",
        *_source(),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("check_keys", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task", "annotation", "created_at"),
        comment="From what, and under which checks, contributions were gathered",
    )
    op.create_table(
        "subject_groups",
        *_project(),
        *_group(),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("touched_by", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "subject", "check_key", "group_name"),
        comment="Groups of contributions that changed since they were judged (they have a mark), or that have findings",
    )
    _index("subject_groups_dirty", "subject_groups", "mark <> ''", "touched_by")
    op.create_table(
        "subject_verdicts",
        *_project(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.String(length=40), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "subject", "number"),
        comment="Verdicts on tasks, series, patients, annotators, projects:"
        " at most one is current, the others are history",
    )
    _index("subject_verdicts_one_current", "subject_verdicts", "is_current", "subject", unique=True)


def _project() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
    )


def _source() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    """Columns of what contributes."""
    return (
        *_project(),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
    )


def _group() -> tuple[sa.Column[str], ...]:
    """Columns of what is judged together."""
    return (
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("check_key", sa.String(length=16), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
    )


def _index(name: str, table: str, where: str, *columns: str, unique: bool = False) -> None:
    """Make an index that holds only some rows."""
    condition = sa.text(where)
    key = ["server", "project", *columns]
    op.create_index(name, table, key, unique=unique, sqlite_where=condition, postgresql_where=condition)
