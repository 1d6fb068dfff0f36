"""Tables of the store. Every key begins with server and project; times are ISO 8601 text in UTC, which sorts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    false,
    text,
)

metadata = MetaData()
ANNOTATION_KEY = ("server", "project", "annotation", "created_at")
"""Columns that make an annotation this one and no other."""

_Seq = BigInteger().with_variant(Integer, "sqlite")


def _project_key() -> tuple[Column[Any], ...]:
    return (Column("server", String(300), primary_key=True), Column("project", Integer, primary_key=True))


def _annotation_key() -> tuple[Column[Any], ...]:
    """Label Studio reuses ids after deletion, so the time of creation belongs to the identity."""
    return (
        *_project_key(),
        Column("annotation", BigInteger, primary_key=True, autoincrement=False),
        Column("created_at", String(40), primary_key=True),
    )


def _index_of(state: str, name: str, *columns: str) -> Index:
    """Make an index that only holds hints in one state: most are dealt with and stay."""
    is_so = text(f"state = '{state}'")
    return Index(name, *columns, sqlite_where=is_so, postgresql_where=is_so)


projects = Table(
    "projects",
    metadata,
    *_project_key(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", String(40), nullable=False),
    Column("guideline", String(80), nullable=False),
    Column("version", String(40), nullable=False),
    Column("plan_digest", String(64), nullable=False),
    Column("plan", Text, nullable=False),
    Column("config_digest", String(64), nullable=False, server_default=""),
    Column("is_exam", Boolean, nullable=False, server_default=false()),
    comment="Which guideline versions a project followed, in the order in which they were pushed",
)

inbox = Table(
    "inbox",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("server", String(300), nullable=False),
    Column("project", Integer, nullable=False),
    Column("action", String(40), nullable=False),
    Column("task", BigInteger),
    Column("annotation", BigInteger),
    Column("created_at", String(40)),
    Column("updated_at", String(40)),
    Column("unique_id", String(80)),
    Column("prediction", LargeBinary),
    Column("digest", String(64), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("lane", Integer, nullable=False, server_default="0"),
    Column("starts", Integer, nullable=False),
    Column("waits", Integer, nullable=False),
    Column("not_before", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Index("inbox_server_project", "server", "project", "seq", unique=True),
    _index_of("pending", "inbox_pending_task", "task", "seq"),
    _index_of("pending", "inbox_pending_order", "lane", "seq"),
    _index_of("held", "inbox_held", "server", "project"),
    _index_of("failed", "inbox_failed", "server", "project", "task"),
    Index("inbox_interactive", "seq", sqlite_where=text("lane = 0"), postgresql_where=text("lane = 0")),
    sqlite_autoincrement=True,
    comment="Every hint at a task, stored before anything else is done with it",
)

annotation_rows = Table(
    "annotations",
    metadata,
    *_annotation_key(),
    Column("task", BigInteger, nullable=False),
    Column("task_created_at", String(40), nullable=False),
    Column("annotator", BigInteger),
    Column("unique_id", String(80)),
    Column("prediction", LargeBinary),
    Column("parent_prediction", BigInteger),
    Column("submitted_at", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Index("annotations_task", "server", "project", "task"),
    Index("annotations_annotator", "server", "project", "annotator", "submitted_at"),
    comment="Annotations as last read: standing, withdrawn by somebody, or requeued by us",
)

contents = Table(
    "contents",
    metadata,
    *_annotation_key(),
    Column("version", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("stored_at", String(40), nullable=False),
    comment="Every version of an annotation that was judged, compressed",
)

verdicts = Table(
    "verdicts",
    metadata,
    *_annotation_key(),
    Column("version", Integer, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("decision", String(20), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("plan_digest", String(64), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("judged_at", String(40), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Index(
        "verdicts_one_current",
        "server",
        "project",
        "annotation",
        "created_at",
        unique=True,
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
    comment="Verdicts: one is current for each standing annotation, the others are history",
)

tasks = Table(
    "tasks",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", String(40), primary_key=True),
    Column("seen_updated_at", String(40), nullable=False),
    Column("written_digest", String(16), nullable=False),
    Column("written_at", String(40), nullable=False),
    Column("writes", Integer, nullable=False),
    comment="What was last seen of a task, and last written to it",
)

escalations = Table(
    "escalations",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", String(40), primary_key=True),
    Column("route", String(80), primary_key=True),
    Column("readers", Integer, nullable=False),
    Column("since", String(40), nullable=False),
    Column("due", String(40)),
    Column("state", String(10), nullable=False),
    comment="Escalations: waiting, opened to another reader, read, or withdrawn",
)

requeues = Table(
    "requeues",
    metadata,
    *_annotation_key(),
    Column("task", BigInteger, nullable=False),
    Column("due", String(40), nullable=False),
    Column("prediction", BigInteger),
    Column("state", String(10), nullable=False),
    Column("changed_at", String(40), nullable=False),
    comment="Returned annotations that go back to the queue: waiting, prefilled, removing, done, or dropped",
)

predictions = Table(
    "predictions",
    metadata,
    *_project_key(),
    Column("prediction", BigInteger, primary_key=True, autoincrement=False),
    Column("task", BigInteger, nullable=False),
    Column("annotation", BigInteger, nullable=False),
    Column("made_at", String(40), nullable=False),
    comment="Predictions made by us to prefill returned work; never counted as AI suggestions",
)

claims = Table(
    "claims",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String(80), nullable=False),
    Column("until", String(40), nullable=False),
    comment="Who works on a task now: one writer per task, across processes",
)

sweeps = Table(
    "sweeps",
    metadata,
    *_project_key(),
    Column("swept_to", String(40), nullable=False),
    Column("full_at", String(40), nullable=False),
    Column("swept_at", String(40), nullable=False, server_default=""),
    Column("missing_since", String(40), nullable=False, server_default=""),
    Column("missing_proofs", Integer, nullable=False, server_default="0"),
    Column("problem", Text, nullable=False),
    comment="How far the sweep of a project has come, and what it found wrong with the project",
)

services = Table(
    "services",
    metadata,
    Column("service", String(80), primary_key=True),
    Column("seen_at", String(40), nullable=False),
    comment="Receivers that work on this store, each with the time at which it last showed that it can write",
)


contributions = Table(
    "contributions",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("annotation", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("check_key", String(16), nullable=False),
    Column("group_name", Text, nullable=False),
    Column("annotator", String(80)),
    Column("kind", String(10), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("contributions_group", "server", "project", "subject", "check_key", "group_name"),
    comment="What each annotation, or a task itself (annotation 0), contributes to the subjects above it",
)

gathered = Table(
    "gathered",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("annotation", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", String(40), primary_key=True),
    Column("inputs", String(64), nullable=False),
    Column("check_keys", Text, nullable=False),
    comment="From what, and under which checks, contributions were gathered",
)

drafts = Table(
    "drafts",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    comment="Tasks on which somebody has begun and not handed in, as far as that was contributed",
)

subject_groups = Table(
    "subject_groups",
    metadata,
    *_project_key(),
    Column("subject", Text, primary_key=True),
    Column("check_key", String(16), primary_key=True),
    Column("group_name", Text, primary_key=True),
    Column("mark", String(32), nullable=False),
    Column("touched_by", BigInteger, nullable=False),
    Column("findings", LargeBinary, nullable=False),
    Index(
        "subject_groups_dirty",
        "server",
        "project",
        "touched_by",
        sqlite_where=text("mark <> ''"),
        postgresql_where=text("mark <> ''"),
    ),
    comment="Groups of contributions that changed since they were judged (they have a mark), or that have findings",
)

subject_verdicts = Table(
    "subject_verdicts",
    metadata,
    *_project_key(),
    Column("subject", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("decision", String(20), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("plan_digest", String(64), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("judged_at", String(40), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Index(
        "subject_verdicts_one_current",
        "server",
        "project",
        "subject",
        unique=True,
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
    comment="Verdicts on tasks, series, patients, annotators, projects: at most one is current, the others are history",
)


subject_tasks = Table(
    "subject_tasks",
    metadata,
    *_project_key(),
    Column("task", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", String(40), primary_key=True),
    Column("place", Text, primary_key=True),
    Index("subject_tasks_place", "server", "project", "place"),
    comment="Of which series and patient each task is, whether anybody has read it or not; empty: of none",
)

absences = Table(
    "absences",
    metadata,
    *_project_key(),
    Column("subject", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Index("absences_place", "server", "project", "place"),
    comment="Series and patients, each by one reader, in which something is lacking that another task may have",
)

exams = Table(
    "exams",
    metadata,
    *_project_key(),
    Column("exam", String(40), nullable=False),
    Column("guideline", String(80), nullable=False),
    Column("version", String(40), nullable=False),
    Column("role", String(80), nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("sheet", LargeBinary, nullable=False),
    comment="Exams, each a project of its own, with all that they are graded by",
)

exam_items = Table(
    "exam_items",
    metadata,
    *_project_key(),
    Column("item", String(40), primary_key=True),
    Column("task", BigInteger, nullable=False),
    comment="Items of an exam by the tasks that show them; 0: none does yet",
)

exam_results = Table(
    "exam_results",
    metadata,
    *_project_key(),
    Column("annotator", BigInteger, primary_key=True, autoincrement=False),
    Column("last_task", BigInteger, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("graded_at", String(40), nullable=False),
    Column("result", Text, nullable=False),
    comment="What came of an exam for everybody who handed in all of it",
)


moved = Table(
    "moved",
    metadata,
    *_annotation_key(),
    Column("task", BigInteger, nullable=False),
    Column("move", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("digest_before", String(64), nullable=False),
    Column("position_before", Integer, nullable=False),
    Column("result_before", LargeBinary, nullable=False),
    Column("redo", Text, nullable=False),
    Index("moved_task", "server", "project", "task"),
    comment="Annotations as last moved to another version of the guideline, with what they were before",
)


def same_annotation(left: FromClause, right: FromClause) -> ColumnElement[bool]:
    """Whether rows of two tables are about the same annotation."""
    return and_(*(left.c[name] == right.c[name] for name in ANNOTATION_KEY))
