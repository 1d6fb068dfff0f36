"""Inbox, annotations, verdicts, write-backs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "annotations",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("task_created_at", sa.String(length=40), nullable=False),
        sa.Column("annotator", sa.BigInteger(), nullable=True),
        sa.Column("unique_id", sa.String(length=80), nullable=True),
        sa.Column("prediction", sa.LargeBinary(), nullable=True),
        sa.Column("parent_prediction", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotation", "created_at"),
        comment="Annotations as last read: standing, withdrawn by somebody, or requeued by us",
    )
    op.create_index(
        "annotations_annotator", "annotations", ["server", "project", "annotator", "submitted_at"], unique=False
    )
    op.create_index("annotations_task", "annotations", ["server", "project", "task"], unique=False)
    op.create_table(
        "claims",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("until", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task"),
        comment="Who works on a task now: one writer per task, across processes",
    )
    op.create_table(
        "contents",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotation", "created_at", "version"),
        comment="Every version of an annotation that was judged, compressed",
    )
    op.create_table(
        "escalations",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=40), nullable=False),
        sa.Column("due", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task", "created_at", "route"),
        comment="Escalations: waiting, opened to another reader, read, or withdrawn",
    )
    op.create_table(
        "inbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=True),
        sa.Column("annotation", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.String(length=40), nullable=True),
        sa.Column("updated_at", sa.String(length=40), nullable=True),
        sa.Column("unique_id", sa.String(length=80), nullable=True),
        sa.Column("prediction", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        comment="Every hint at a task, stored before anything else is done with it",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "inbox_pending_order",
        "inbox",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "inbox_pending_task",
        "inbox",
        ["task", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("inbox_server_project", "inbox", ["server", "project", "seq"], unique=True)
    op.create_table(
        "predictions",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("prediction", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "prediction"),
        comment="Predictions made by us to prefill returned work; never counted as AI suggestions",
    )
    op.create_table(
        "projects",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=40), nullable=False),
        sa.Column("guideline", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "valid_from"),
        comment="Which guideline version a project follows, and since when",
    )
    op.create_table(
        "requeues",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.String(length=40), nullable=False),
        sa.Column("prediction", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotation", "created_at"),
        comment="Returned annotations that go back to the queue: waiting, prefilled, removing, done, or dropped",
    )
    op.create_table(
        "sweeps",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("swept_to", sa.String(length=40), nullable=False),
        sa.Column("full_at", sa.String(length=40), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project"),
        comment="How far the sweep of a project has come, and what it found wrong with the project",
    )
    op.create_table(
        "tasks",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("seen_updated_at", sa.String(length=40), nullable=False),
        sa.Column("written_digest", sa.String(length=16), nullable=False),
        sa.Column("written_at", sa.String(length=40), nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "task", "created_at"),
        comment="What was last seen of a task, and last written to it",
    )
    op.create_table(
        "verdicts",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.String(length=40), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("server", "project", "annotation", "created_at", "version", "digest"),
        comment="Verdicts: one is current for each standing annotation, the others are history",
    )
    op.create_index(
        "verdicts_one_current",
        "verdicts",
        ["server", "project", "annotation", "created_at"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index(
        "verdicts_one_current",
        table_name="verdicts",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_table("verdicts")
    op.drop_table("tasks")
    op.drop_table("sweeps")
    op.drop_table("requeues")
    op.drop_table("projects")
    op.drop_table("predictions")
    op.drop_index("inbox_server_project", table_name="inbox")
    op.drop_index(
        "inbox_pending_task",
        table_name="inbox",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "inbox_pending_order",
        table_name="inbox",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("inbox")
    op.drop_table("escalations")
    op.drop_table("contents")
    op.drop_table("claims")
    op.drop_index("annotations_task", table_name="annotations")
    op.drop_index("annotations_annotator", table_name="annotations")
    op.drop_table("annotations")
