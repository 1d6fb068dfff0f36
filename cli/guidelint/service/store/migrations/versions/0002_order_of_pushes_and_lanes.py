"""Pushes are kept in their order and with their config; hints have a lane; a sweep notes its end and what it missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

POSITIONS = """
INSERT INTO projects_in_order (server, project, position, valid_from, guideline, version, plan_digest, plan)
SELECT server, project, ROW_NUMBER() OVER (PARTITION BY server, project ORDER BY {stored_order}),
       valid_from, guideline, version, plan_digest, plan
FROM projects
"""
STORED_ORDER = {"sqlite": "rowid", "postgresql": "ctid"}
"""Nothing was ever changed or taken out of the old table, so its rows lie in the order in which they were stored."""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "projects_in_order",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.String(length=40), nullable=False),
        sa.Column("guideline", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("config_digest", sa.String(length=64), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("server", "project", "position"),
        comment="Which guideline versions a project followed, in the order in which they were pushed",
    )
    op.execute(POSITIONS.format(stored_order=STORED_ORDER[op.get_bind().dialect.name]))
    op.drop_table("projects")
    op.rename_table("projects_in_order", "projects")
    op.add_column("inbox", sa.Column("lane", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("inbox_pending_order", table_name="inbox")
    _index("inbox_pending_order", "state = 'pending'", "lane", "seq")
    _index("inbox_interactive", "lane = 0", "seq")
    _index("inbox_held", "state = 'held'", "server", "project")
    _index("inbox_failed", "state = 'failed'", "server", "project", "task")
    op.add_column("sweeps", sa.Column("swept_at", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("sweeps", sa.Column("missing_since", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("sweeps", sa.Column("missing_proofs", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "services",
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("seen_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("service"),
        comment="Receivers that work on this store, each with the time at which it last showed that it can write",
    )


def _index(name: str, where: str, *columns: str) -> None:
    """Make an index of the inbox that holds only some of its rows."""
    op.create_index(name, "inbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
