"""Tasks and annotations over HTTP: the few calls of the hot path."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import msgspec

from guidelint.annotation.decoding.parts.side_facts import FactReader, person, whole
from guidelint.labelstudio.connection.answers import NOT_ITSELF
from guidelint.labelstudio.connection.connection import Connection, decoded
from guidelint.labelstudio.connection.data_limits import DataTooLarge, read_data
from guidelint.labelstudio.connection.errors import Gone, ProjectGone, Refused, Unreachable
from guidelint.labelstudio.connection.server_clock import check_moments
from guidelint.labelstudio.connection.webhook_rows import Id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    import httpx

    from guidelint.labelstudio.connection.request_count import RequestCount
    from guidelint.labelstudio.connection.server_clock import ServerClock

NO_COLUMNS = {"review": "true"}
"""Spares Label Studio what only its table of tasks shows; one that does not know the word answers the same, dearer."""
PAGE = 500
PROJECTS_PAGE = 100
MOST_PROJECT_PAGES = 100
"""More than 10,000 projects on one server are not looked through."""
MOST_BEGINNINGS = 100
"""So often a listing begins anew because tasks were deleted while it was read."""
MOST_PAGES = 4000
"""More than 2,000,000 tasks of one project are not listed."""
_USERNAME = re.compile(r"(?P<name>[^\n]*?) ?(?P<address>\S*), \d+")
"""How Label Studio writes who made an annotation: ``First Last address, id``."""


def _storable(number: int | None) -> int | None:
    """Give an id unless no database can hold it."""
    return number if number is not None and 0 < number < 2**63 else None


class AnnotationRead(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation as Label Studio holds it now."""

    id: Id
    created_at: datetime
    updated_at: datetime
    result: msgspec.Raw = msgspec.Raw(b"[]")
    was_cancelled: object = False
    completed_by: object = None
    created_username: object = None
    started_from: object = msgspec.field(name="parent_prediction", default=None)
    raw: msgspec.Raw = msgspec.Raw(b"")
    """The whole annotation as it was delivered."""

    def __post_init__(self) -> None:
        """Raise ValueError when a time is none that there can be."""
        check_moments(self.created_at, self.updated_at)

    @property
    def annotator(self) -> int | None:
        """User id of the one who completed it; a side fact that cannot be read costs nothing else."""
        facts = FactReader()
        name = facts.read("completed_by", self.completed_by, person)
        return _storable(facts.read("completed_by", name, whole))

    @property
    def annotator_name(self) -> str:
        """Name of that user as Label Studio shows it, or the part of their address before the @; empty: not told."""
        found = _USERNAME.fullmatch(self.created_username) if isinstance(self.created_username, str) else None
        return (found["name"].strip() or found["address"].partition("@")[0]) if found else ""

    @property
    def annotator_address(self) -> str:
        """E-mail address of that user; empty: not told."""
        found = _USERNAME.fullmatch(self.created_username) if isinstance(self.created_username, str) else None
        return found["address"] if found and "@" in found["address"] else ""

    @property
    def parent_prediction(self) -> int | None:
        """Id of the prediction it started from."""
        return _storable(FactReader().read("parent_prediction", self.started_from, whole))


class PredictionRead(msgspec.Struct, frozen=True, kw_only=True):
    """One prediction as Label Studio holds it now."""

    id: Id
    model_version: str | None = None
    result: msgspec.Raw = msgspec.Raw(b"[]")


class TaskRead(msgspec.Struct, frozen=True, kw_only=True):
    """One task as Label Studio holds it now, with its annotations."""

    id: Id
    project: int
    data: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    overlap: int = 1
    is_labeled: bool = False
    annotations: tuple[AnnotationRead, ...] = ()
    predictions: tuple[PredictionRead, ...] = ()


class TaskListed(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing says of a task."""

    id: Id
    created_at: datetime
    updated_at: datetime
    total_annotations: int = 0
    cancelled_annotations: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError when a time is none that there can be."""
        check_moments(self.created_at, self.updated_at)


class ProjectRead(msgspec.Struct, frozen=True, kw_only=True):
    """What the service needs to know of a project."""

    id: int
    label_config: str = ""
    model_version: str | None = None
    maximum_annotations: int = 1
    show_collab_predictions: bool = True
    task_number: int | None = None


class ProjectListed(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing says of a project."""

    id: int
    label_config: str | None = None


class _ProjectPage(msgspec.Struct):
    results: list[ProjectListed]
    count: int


class _TaskBody(msgspec.Struct):
    id: Id
    project: int
    data: msgspec.Raw
    created_at: datetime
    updated_at: datetime
    overlap: int = 1
    is_labeled: bool = False
    annotations: list[msgspec.Raw] = []
    predictions: tuple[PredictionRead, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError when a time is none that there can be."""
        check_moments(self.created_at, self.updated_at)


class _Exported(msgspec.Struct):
    id: int
    unique_id: str | None = None


class _ExportedTask(msgspec.Struct):
    annotations: list[_Exported] = []


class _TaskPage(msgspec.Struct):
    tasks: list[TaskListed]
    total: int


class _WholeTaskPage(msgspec.Struct):
    tasks: list[msgspec.Raw]


class HookRead(msgspec.Struct, frozen=True, kw_only=True):
    """What the service needs to know of a webhook."""

    url: str
    headers: dict[str, str] | None = None
    is_active: bool = True
    send_payload: bool = True


class _Made(msgspec.Struct):
    id: int


class TaskClient:
    """Reads and writes the tasks of one Label Studio. Every method may raise Gone, Unreachable, NotMine or Refused."""

    def __init__(
        self,
        base_url: str,
        token: str,
        transport: httpx.BaseTransport | None = None,
        token_again: Callable[[], str] | None = None,
    ) -> None:
        self.base_url = base_url
        self._connection = Connection(base_url, token, transport, token_again)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def clock(self) -> ServerClock:
        """What time it is there, by its last answer."""
        return self._connection.clock

    @property
    def connection(self) -> Connection:
        """What its requests go through."""
        return self._connection

    def close(self) -> None:
        """Let the connections go."""
        self._connection.close()

    def task_of(self, project_id: int, task_id: int) -> TaskRead:
        """Read a task with all its annotations; image addresses unresolved, so that they can be written back.

        A listing of one costs Label Studio half of what reading a task by its own address does, and does not make it
        ask a model for predictions. A task that is not listed is asked for by its address before it counts as gone.
        """
        query = _only("id", "equal", "Number", task_id)
        found = decoded(self._listed(project_id, query, size=1), _WholeTaskPage).tasks
        if not found:
            return self.task(task_id)
        task = _task_of(found[0])
        _same("project", task.project, project_id)
        return _about(task, task_id)

    @property
    def sent(self) -> RequestCount:
        """What was asked of this Label Studio."""
        return self._connection.sent

    def prove_that_it_is_there(self) -> None:
        """Have it answer as itself, and for us."""
        self._connection.prove_that_it_is_there()

    def hooks(self, project_id: int) -> list[HookRead]:
        """Webhooks of a project."""
        return decoded(
            self._connection.call("GET", "/api/webhooks/", params={"project": str(project_id)}), list[HookRead]
        )

    def task(self, task_id: int) -> TaskRead:
        """Read a task by its own address, whatever project it is of."""
        raw = self._connection.call("GET", f"/api/tasks/{task_id}/", params={"resolve_uri": "false"})
        return _about(_task_of(raw), task_id)

    def whole_tasks(self, project_id: int, wanted: Sequence[int], most_bytes: int) -> list[TaskRead]:
        """Read some tasks of a project as ``task`` reads each; absent: not there, or not readable among others.

        ``most_bytes``: a longer answer raises TooLong.
        """
        query = {"selectedItems": {"all": False, "included": list(wanted)}}
        body = self._listed(project_id, query, size=len(wanted), most_bytes=most_bytes)
        asked = set(wanted)
        read = {task.id: task for task in _readable(decoded(body, _WholeTaskPage).tasks)}
        return [task for task in read.values() if task.id in asked and task.project == project_id]

    def annotation(self, annotation_id: int) -> AnnotationRead:
        """One annotation."""
        body = self._connection.call("GET", f"/api/annotations/{annotation_id}/")
        _same("annotation", decoded(body, _Made).id, annotation_id)
        return annotation_of(msgspec.Raw(body))

    def unique_ids(self, project_id: int, task_id: int) -> dict[int, str]:
        """Annotation id → unique_id, which reading an annotation does not give but an export does."""
        params = {"exportType": "JSON", "ids[]": str(task_id), "download_all_tasks": "true"}
        body = self._connection.call("GET", f"/api/projects/{project_id}/export", params=params)
        tasks = decoded(body, list[_ExportedTask])
        return {item.id: item.unique_id for task in tasks for item in task.annotations if item.unique_id}

    def project(self, project_id: int) -> ProjectRead:
        """Read a project's settings. Raises ProjectGone when it is not there."""
        try:
            read = decoded(self._connection.call("GET", f"/api/projects/{project_id}/"), ProjectRead)
        except Gone as error:
            raise ProjectGone(str(error)) from error
        _same("project", read.id, project_id)
        return read

    def projects(self) -> Iterator[ProjectListed]:
        """Every project that the owner of the token sees, by id; ends early where projects are deleted meanwhile."""
        seen, page, total = 0, 1, 1
        while seen < total and page <= MOST_PROJECT_PAGES:
            params = {
                "include": "id,label_config",
                "ordering": "id",
                "page": str(page),
                "page_size": str(PROJECTS_PAGE),
            }
            found = decoded(self._connection.call("GET", "/api/projects/", params=params), _ProjectPage)
            yield from found.results
            seen, page, total = seen + len(found.results), page + 1, found.count if found.results else 0

    def write_task(
        self, task_id: int, data: Mapping[str, Any] | None, overlap: int | None, *, closes: bool = False
    ) -> TaskRead:
        """Replace a task's whole data, open it to so many readers, or both at once; None: leave it.

        Label Studio neither merges nor validates data. An open task returns to the label stream of users who have not
        read it. ``closes``: take it out of the stream instead, as one with all its readings. Returns the task as it
        stands then, with its annotations.
        """
        content: dict[str, object] = {} if data is None else {"data": dict(data)}
        if overlap is not None:
            content |= {"overlap": overlap, "is_labeled": closes}
        path = f"/api/tasks/{task_id}/"
        return _about(_task_of(self._connection.call("PATCH", path, params=NO_COLUMNS, content=content)), task_id)

    def write_annotation(self, annotation_id: int, result: msgspec.Raw) -> AnnotationRead:
        """Replace the result of an annotation, whoever's it is; returns it as it stands then."""
        body = self._connection.call("PATCH", f"/api/annotations/{annotation_id}/", content={"result": result})
        _same("annotation", decoded(body, _Made).id, annotation_id)
        return annotation_of(msgspec.Raw(body))

    def create_prediction(self, task_id: int, result: msgspec.Raw, model_version: str) -> int:
        """Prefill a task; returns the id of the prediction."""
        content = {"task": task_id, "result": result, "model_version": model_version}
        return decoded(self._connection.call("POST", "/api/predictions/", content=content), _Made).id

    def delete_annotation(self, annotation_id: int) -> None:
        """Remove an annotation."""
        self._connection.call("DELETE", f"/api/annotations/{annotation_id}/")

    def delete_prediction(self, prediction_id: int) -> None:
        """Remove a prediction."""
        self._connection.call("DELETE", f"/api/predictions/{prediction_id}/")

    def tasks(self, project_id: int, changed_after: datetime | None = None) -> Iterator[TaskListed]:
        """Tasks of a project by id; with ``changed_after`` only those changed since then.

        Tasks that are deleted while the pages are read would make others slip from one page to the page before: then
        the listing begins anew, and a task may be given twice. One that does not come to an end is broken off.
        """
        if changed_after is None:
            return self._each_of(project_id, {})
        moment = changed_after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return self._each_of(project_id, _only("updated_at", "greater", "Datetime", moment))

    def drafted_tasks(self, project_id: int) -> set[int]:
        """Tasks on which anybody has begun and not handed in; reading a task tells of one's own drafts alone."""
        return {task.id for task in self._each_of(project_id, _only("draft_exists", "equal", "Boolean", value=True))}

    def _each_of(self, project_id: int, query: Mapping[str, object]) -> Iterator[TaskListed]:
        page, seen, total, begun, last = 1, 0, 0, 1, 0
        while page == 1 or seen < total:
            try:
                found = self._page(project_id, query, page)
            except Gone:
                if page == 1:
                    raise
                found = _TaskPage([], 0)
            if found.total < total:
                page, seen, total, begun, last = 1, 0, 0, begun + 1, 0
                if begun > MOST_BEGINNINGS:
                    raise Unreachable(f"the listing of project {project_id} shrank {MOST_BEGINNINGS} times")
                continue
            yield from found.tasks
            if not found.tasks:
                return
            before, last = last, max(last, *(task.id for task in found.tasks))
            if last == before or page >= MOST_PAGES:
                raise Unreachable(f"the listing of project {project_id} does not come to an end. {NOT_ITSELF}")
            total, seen, page = found.total, seen + len(found.tasks), page + 1

    def _page(self, project_id: int, query: Mapping[str, object], page: int) -> _TaskPage:
        in_order = {"ordering": ["tasks:id"], **query}
        return decoded(self._listed(project_id, in_order, size=PAGE, page=page, whole=False), _TaskPage)

    def _listed(
        self,
        project_id: int,
        query: Mapping[str, object],
        *,
        size: int,
        page: int = 1,
        whole: bool = True,
        most_bytes: int | None = None,
    ) -> bytes:
        """Ask for one page of the table of tasks, image addresses unresolved. ``whole``: with all their annotations."""
        params = {
            "project": str(project_id),
            "fields": "all" if whole else "task_only",
            "resolve_uri": "false",
            "page": str(page),
            "page_size": str(size),
            "query": json.dumps(query),
            **(NO_COLUMNS if whole else {}),
        }
        return self._connection.call("GET", "/api/tasks", params=params, most_bytes=most_bytes)


def _only(column: str, operator: str, kind: str, value: object) -> dict[str, object]:
    """Let a listing hold only tasks of which this is so."""
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    return {"filters": {"conjunction": "and", "items": [item]}}


def _task_of(raw: bytes | msgspec.Raw) -> TaskRead:
    body = decoded(raw, _TaskBody)
    return TaskRead(
        id=body.id,
        project=body.project,
        data=_data_of(body.data),
        created_at=body.created_at,
        updated_at=body.updated_at,
        overlap=body.overlap,
        is_labeled=body.is_labeled,
        annotations=tuple(annotation_of(raw) for raw in body.annotations),
        predictions=body.predictions,
    )


def _data_of(raw: msgspec.Raw) -> dict[str, Any]:
    try:
        return read_data(raw)
    except DataTooLarge as error:
        raise Refused(str(error), 413) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(f"the answer is not what Label Studio sends: {error} in the data of the task", 200) from error


def _about(task: TaskRead, task_id: int) -> TaskRead:
    """Give the task that was asked for. Raises Unreachable when the answer is about another one."""
    _same("task", task.id, task_id)
    return task


def _same(kind: str, found: int, wanted: int) -> None:
    """Raise Unreachable when an answer is about something else than was asked for: a cache or a proxy may do that."""
    if found != wanted:
        raise Unreachable(f"asked for {kind} {wanted}, the answer is about {kind} {found}. {NOT_ITSELF}")


def _readable(rows: Iterable[msgspec.Raw]) -> Iterator[TaskRead]:
    for row in rows:
        with suppress(Refused, Unreachable):  # read by itself it is told what is wrong with it
            yield _task_of(row)


def annotation_of(raw: msgspec.Raw) -> AnnotationRead:
    """Read an annotation from its JSON. Raises Refused when it is not what Label Studio sends."""
    return msgspec.structs.replace(decoded(raw, AnnotationRead), raw=msgspec.Raw(bytes(raw)))
