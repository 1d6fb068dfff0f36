"""An in-memory Label Studio for tests of anything that talks to one: same answers, same webhooks, same surprises.

What was measured on Label Studio 1.23.2 and is kept here: PATCH of task data replaces the whole of it; webhooks are
sent inside the annotator's request, with a time-out of 1 s, once, errors swallowed; deleting an annotation names no
task; convert-to-draft, predictions and changes of task data fire nothing; ids are given again after deletion; reading
an annotation gives neither ``unique_id`` nor ``prediction``; every change of an annotation moves the task's
``updated_at``.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

Json = dict[str, Any]
Deliver = Callable[[str, Mapping[str, str], bytes], None]
WEBHOOK_TIMEOUT_S = 1.0


class FakeFault(Exception):  # noqa: N818 - an answer, not a fault of the program
    """An answer other than success."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(detail)
        self.status = status


@dataclass
class Tables:
    """Everything the server knows."""

    projects: dict[int, Json] = field(default_factory=dict[int, Json])
    tasks: dict[int, Json] = field(default_factory=dict[int, Json])
    annotations: dict[int, Json] = field(default_factory=dict[int, Json])
    predictions: dict[int, Json] = field(default_factory=dict[int, Json])
    drafts: dict[int, Json] = field(default_factory=dict[int, Json])
    webhooks: dict[int, Json] = field(default_factory=dict[int, Json])


def post_webhook(url: str, headers: Mapping[str, str], body: bytes) -> None:
    """Deliver over the network as Label Studio does: once, briefly, errors swallowed."""
    import httpx  # noqa: PLC0415 - only when something is delivered

    try:
        httpx.post(url, content=body, headers=dict(headers), timeout=WEBHOOK_TIMEOUT_S)
    except httpx.HTTPError:
        return


class FakeLabelStudio:
    """The server's state and what it does; ``fake_http`` puts it on a wire."""

    def __init__(self, users: Mapping[str, int] | None = None, deliver: Deliver = post_webhook) -> None:
        self.users: dict[str, int] = dict(users or {"token-1": 1, "token-2": 2, "token-3": 3})
        """Token → user id."""
        self.tables = Tables()
        self.lock = threading.RLock()
        self.away = False
        """While set, every request is answered with 503."""
        self.requests: list[tuple[str, str]] = []
        """Method and path of every request, for tests that count them."""
        self.refuses: dict[tuple[str, str], str] = {}
        """Method and path → words with which it is refused as not valid."""
        self.organization: int | None = 1
        """Organisation of everybody; None: they belong to none."""
        self.deliver = deliver
        """How webhooks are sent."""
        self._last = datetime(2020, 1, 1, tzinfo=UTC)

    # --- what a person or an administrator does -------------------------------------------------------------------

    def add_project(self, label_config: str = "<View/>", **settings: Any) -> int:
        """Create a project; its id."""
        with self.lock:
            number = _next_id(self.tables.projects)
            self.tables.projects[number] = {
                "id": number,
                "title": f"Project {number}",
                "label_config": label_config,
                "model_version": "",
                "maximum_annotations": 1,
                "show_collab_predictions": True,
                "token": "a-secret-that-must-not-be-stored",
                **settings,
            }
            return number

    def add_webhook(self, project: int, url: str, headers: Mapping[str, str]) -> None:
        """Register a receiver."""
        with self.lock:
            number = _next_id(self.tables.webhooks)
            hook = {"id": number, "project": project, "url": url, "headers": dict(headers)}
            self.tables.webhooks[number] = hook

    def add_tasks(self, project: int, data: Sequence[Json], annotations: Sequence[Sequence[Json]] = ()) -> list[int]:
        """Import tasks, perhaps with annotations; one TASKS_CREATED is fired, none for the annotations."""
        with self.lock:
            made = [self._new_task(project, item) for item in data]
            for task, handed_in in zip(made, annotations, strict=False):
                for item in handed_in:
                    self._new_annotation(task, item.get("completed_by", 1), item)
            payload = {"action": "TASKS_CREATED", "tasks": [self._task_payload(task) for task in made]}
        self._fire(project, payload)
        return [task["id"] for task in made]

    def begin(self, task: int, result: Sequence[Json], user: int = 1) -> Json:
        """Draw and leave it: the editor keeps a draft, which moves no time and tells nobody."""
        with self.lock:
            number = _next_id(self.tables.drafts)
            draft = {"id": number, "task": self._task(task)["id"], "user": user, "result": list(result)}
            self.tables.drafts[number] = draft
            return draft

    def submit(self, task: int, result: Sequence[Json], user: int = 1, **fields: Any) -> Json:
        """Press Submit."""
        with self.lock:
            made = self._new_annotation(self._task(task), user, {"result": list(result), **fields})
            self._drop_drafts(task, user)
            payload = self._annotation_payload("ANNOTATION_CREATED", made)
        self._fire(made["project"], payload)
        return made

    def update(self, annotation: int, user: int = 1, **fields: Any) -> Json:
        """Press Update."""
        with self.lock:
            found = self._annotation(annotation)
            found |= fields | {"updated_at": self._now(), "updated_by": user}
            self._touch(found["task"])
            payload = self._annotation_payload("ANNOTATION_UPDATED", found)
        self._fire(found["project"], payload)
        return found

    def delete(self, annotation: int, *, fires: bool = True) -> None:
        """Delete an annotation; ``fires=False``: as convert-to-draft does."""
        with self.lock:
            found = self._annotation(annotation)
            del self.tables.annotations[annotation]
            self._touch(found["task"])
            payload = {"action": "ANNOTATIONS_DELETED", "annotations": [{"id": annotation}]}
        if fires:
            self._fire(found["project"], payload)

    def delete_task(self, task: int) -> None:
        """Delete a task; the annotations that die with it are silent."""
        with self.lock:
            project = self._task(task)["project"]
            self._drop_task(task)
            payload = {"action": "TASKS_DELETED", "tasks": [{"id": task}]}
        self._fire(project, payload)

    def delete_project(self, project: int) -> None:
        """Delete a project with all that is in it; its webhooks die with it and tell nobody."""
        with self.lock:
            del self.tables.projects[project]
            for task in [number for number, row in self.tables.tasks.items() if row["project"] == project]:
                self._drop_task(task)
            for hook in [number for number, row in self.tables.webhooks.items() if row["project"] == project]:
                del self.tables.webhooks[hook]

    def next_task(self, project: int, user: int) -> int | None:
        """Find what the label stream shows a user next."""
        with self.lock:
            for number, task in sorted(self.tables.tasks.items()):
                read = any(item["task"] == number and item["completed_by"] == user for item in self._annotations())
                if task["project"] == project and not task["is_labeled"] and not read:
                    return number
        return None

    def export(self, project: int, wanted: int | None = None) -> list[Json]:
        """All tasks of a project with all that is on them, or one of them."""
        with self.lock:
            return [
                self._task_payload(task)
                | {"annotations": self._of_task(number)}
                | {name: [row for row in rows.values() if row["task"] == number] for name, rows in self._beside()}
                for number, task in self.tables.tasks.items()
                if task["project"] == project and wanted in {None, number}
            ]

    def _beside(self) -> tuple[tuple[str, dict[int, Json]], ...]:
        return ("drafts", self.tables.drafts), ("predictions", self.tables.predictions)

    # --- what the API answers -------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: Mapping[str, str], body: bytes, token: str) -> tuple[int, bytes]:
        """Status and body for one request."""
        self.requests.append((method, path))
        if self.away:
            return 503, own_error(503, "away")
        user = self.users.get(token)
        if user is None:
            return 401, own_error(401, "Invalid token.")
        if words := self.refuses.get((method, path)):
            return 400, own_error(400, words)
        try:
            content = msgspec.json.decode(body) if body else {}
            answer = self._route(method, path.strip("/").split("/")[1:], query, content, user)
        except FakeFault as fault:
            return fault.status, own_error(fault.status, str(fault))
        status = {"POST": 201, "DELETE": 204}.get(method, 200)
        return status, b"" if answer is None else msgspec.json.encode(answer)

    def _route(self, method: str, parts: list[str], query: Mapping[str, str], content: Any, user: int) -> Any:  # noqa: C901, PLR0911, PLR0912 - the table of routes
        match method, parts:
            case "GET", ["current-user", "whoami"]:
                return {"id": user, "email": f"user-{user}@example.org", "active_organization": self.organization}
            case "GET", ["tasks"]:
                return self._list_tasks(query)
            case "GET", ["tasks", task]:
                return self._read_task(int(task))
            case "PATCH", ["tasks", task]:
                return self._patch_task(int(task), content)
            case "DELETE", ["tasks", task]:
                return self.delete_task(int(task))
            case "POST", ["tasks", task, "annotations"]:
                return self._shown(self.submit(int(task), content.pop("result"), user, **content))
            case "GET", ["annotations", annotation]:
                return self._shown(self._annotation(int(annotation)))
            case "PATCH", ["annotations", annotation]:
                return self._shown(self.update(int(annotation), user, **content))
            case "DELETE", ["annotations", annotation]:
                return self.delete(int(annotation))
            case "POST", ["annotations", annotation, "convert-to-draft"]:
                return self._make_draft(int(annotation))
            case "POST", ["tasks", task, "drafts"]:
                return self.begin(int(task), content["result"], user)
            case "POST", ["predictions"]:
                return self._new_prediction(content)
            case "DELETE", ["predictions", prediction]:
                return self._delete_prediction(int(prediction))
            case "GET", ["projects"]:
                return self._list_projects(query)
            case "GET", ["projects", project]:
                return self._project(int(project))
            case "GET", ["projects", project, "export"]:
                return self.export(int(project), int(query["ids[]"]) if "ids[]" in query else None)
            case "POST", ["projects", project, "import"]:
                data, handed_in = [item["data"] for item in content], [item.get("annotations", []) for item in content]
                return {"task_count": len(self.add_tasks(int(project), data, handed_in))}
            case "GET", ["webhooks"]:
                return self._list_webhooks(int(query["project"]))
            case "POST", ["webhooks"]:
                return self.add_webhook(content["project"], content["url"], content.get("headers", {}))
            case _:
                raise FakeFault(404, "not in this fake")

    def _read_task(self, task: int) -> Json:
        with self.lock:
            return self._whole(self._task(task)) | {"drafts": []}

    def _make_draft(self, annotation: int) -> Json:
        found = dict(self._annotation(annotation))
        self.delete(annotation, fires=False)
        return self.begin(found["task"], found["result"], found["completed_by"])

    def _drop_drafts(self, task: int, user: int) -> None:
        drafts = self.tables.drafts
        for number in [number for number, row in drafts.items() if (row["task"], row["user"]) == (task, user)]:
            del drafts[number]

    def _whole(self, task: Json, mine: Sequence[Json] | None = None) -> Json:
        """Show a task with all that belongs to it. ``mine``: its annotations, where they are known already."""
        mine = self._of_task(task["id"]) if mine is None else mine
        predictions = [item for item in self.tables.predictions.values() if item["task"] == task["id"]]
        annotations = [self._shown(item) for item in mine]
        return self._task_payload(task, mine) | {"annotations": annotations, "predictions": predictions}

    def _patch_task(self, task: int, content: Json) -> Json:
        with self.lock:
            found = self._task(task)
            found |= content | {"updated_at": self._now()}
            return self._whole(found)

    def _list_tasks(self, query: Mapping[str, str]) -> Json:
        asked = msgspec.json.decode(query.get("query", "{}"))
        items = asked.get("filters", {}).get("items", [])
        shown = self._whole if query.get("fields") == "all" else self._task_payload
        selected = asked.get("selectedItems", {}).get("included")
        with self.lock:
            self._project(int(query["project"]))
            found = [
                task
                for task in self.tables.tasks.values()
                if (selected is None or task["id"] in selected)
                and task["project"] == int(query["project"])
                and all(self._fits(task, item) for item in items)
            ]
            found.sort(key=lambda task: (task["updated_at"], task["id"]) if items else (task["id"], task["id"]))
            size, page = int(query.get("page_size", "100")), int(query.get("page", "1"))
            on_page = found[(page - 1) * size : page * size]
            if not on_page and page > 1:
                raise FakeFault(404, "Invalid page.")
            annotations = self._by_task()
            rows = [shown(task, annotations.get(task["id"], ())) for task in on_page]
        return {"tasks": rows, "total": len(found), "total_annotations": 0, "total_predictions": 0}

    def _list_webhooks(self, project: int) -> list[Json]:
        as_made = {"is_active": True, "send_payload": True, "send_for_all_actions": True}
        return [as_made | hook for hook in self.tables.webhooks.values() if hook["project"] == project]

    def _list_projects(self, query: Mapping[str, str]) -> Json:
        with self.lock:
            rows = [project for _, project in sorted(self.tables.projects.items())]
        size, page = int(query.get("page_size", "30")), int(query.get("page", "1"))
        shown = rows[(page - 1) * size : page * size]
        if not shown and page > 1:
            raise FakeFault(404, "Invalid page.")
        return {"count": len(rows), "next": None, "previous": None, "results": shown}

    def _new_task(self, project: int, data: Json) -> Json:
        number, moment = _next_id(self.tables.tasks), self._now()
        task = {
            "id": number,
            "project": project,
            "data": data,
            "created_at": moment,
            "updated_at": moment,
            "overlap": self._project(project)["maximum_annotations"],
            "is_labeled": False,
        }
        self.tables.tasks[number] = task
        return task

    def _new_annotation(self, task: Json, user: int, given: Json) -> Json:
        number, moment = _next_id(self.tables.annotations), self._now()
        prediction = self.tables.predictions.get(given.get("parent_prediction") or 0, {})
        annotation = {
            "id": number,
            "result": [],
            "was_cancelled": False,
            "ground_truth": False,
            "created_at": moment,
            "updated_at": moment,
            "lead_time": 1.0,
            "parent_prediction": None,
            "unique_id": str(uuid.uuid4()),
            "prediction": prediction,
            **given,
            "task": task["id"],
            "project": task["project"],
            "completed_by": user,
            "updated_by": user,
        }
        self.tables.annotations[number] = annotation
        self._touch(task["id"])
        return annotation

    def _new_prediction(self, content: Json) -> Json:
        with self.lock:
            number = _next_id(self.tables.predictions)
            made = content | {"id": number, "created_at": self._now()}
            self.tables.predictions[number] = made
            self._touch(content["task"])
            return made

    def _delete_prediction(self, prediction: int) -> None:
        with self.lock:
            found = self.tables.predictions.pop(prediction, None)
            if found is None:
                raise FakeFault(404, "No Prediction matches the given query.")
            self._touch(found["task"])

    def _drop_task(self, task: int) -> None:
        del self.tables.tasks[task]
        for table in (self.tables.annotations, self.tables.predictions, self.tables.drafts):
            for number in [number for number, row in table.items() if row["task"] == task]:
                del table[number]

    def _touch(self, task: int) -> None:
        """Move the task's time and count its annotations anew."""
        found = self._task(task)
        done = [item for item in self._of_task(task) if not item["was_cancelled"]]
        found |= {"updated_at": self._now(), "is_labeled": len(done) >= found["overlap"]}

    def _shown(self, annotation: Json) -> Json:
        """Show an annotation as reading shows it."""
        hidden = {"unique_id", "prediction"}
        user = annotation["completed_by"]
        shown = {name: value for name, value in annotation.items() if name not in hidden}
        return shown | {"created_username": f" reader{user}@example.org, {user}"}

    def _task_payload(self, task: Json, mine: Sequence[Json] | None = None) -> Json:
        mine = self._of_task(task["id"]) if mine is None else mine
        cancelled = sum(item["was_cancelled"] for item in mine)
        return task | {"total_annotations": len(mine) - cancelled, "cancelled_annotations": cancelled}

    def _annotation_payload(self, action: str, annotation: Json) -> Json:
        return {
            "action": action,
            "annotation": dict(annotation),
            "task": self._task_payload(self._task(annotation["task"])),
        }

    def _fire(self, project: int, payload: Json) -> None:
        """Send webhooks inside the request, one after another, without holding anybody else up."""
        with self.lock:
            hooks = [hook for hook in self.tables.webhooks.values() if hook["project"] == project]
            body = msgspec.json.encode(payload | {"project": self.tables.projects[project]})
        for hook in hooks:
            self.deliver(hook["url"], {"Content-Type": "application/json", **hook["headers"]}, body)

    def _annotations(self) -> list[Json]:
        return list(self.tables.annotations.values())

    def _of_task(self, task: int) -> list[Json]:
        return [item for item in self._annotations() if item["task"] == task]

    def _by_task(self) -> dict[int, list[Json]]:
        found: dict[int, list[Json]] = {}
        for item in self._annotations():
            found.setdefault(item["task"], []).append(item)
        return found

    def _fits(self, task: Json, item: Json) -> bool:
        """Whether a filter of the Data Manager lets a task through; those that are asked with are known."""
        match item["filter"], item["operator"]:
            case "filter:tasks:id", "equal":
                return bool(task["id"] == item["value"])
            case "filter:tasks:updated_at", "greater":
                return bool(task["updated_at"] > item["value"])
            case "filter:tasks:draft_exists", "equal":
                return bool(item["value"] == any(row["task"] == task["id"] for row in self.tables.drafts.values()))
            case _:
                raise FakeFault(400, "not in this fake")

    def _project(self, number: int) -> Json:
        return _found(self.tables.projects, number, "Project")

    def _task(self, number: int) -> Json:
        return _found(self.tables.tasks, number, "Task")

    def _annotation(self, number: int) -> Json:
        return _found(self.tables.annotations, number, "Annotation")

    def _now(self) -> str:
        """Tell the present moment, never the same one twice."""
        self._last = max(datetime.now(UTC), self._last + timedelta(microseconds=1))
        return self._last.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _next_id(table: Mapping[int, Json]) -> int:
    """SQLite gives the ids of deleted rows again."""
    return max(table, default=0) + 1


def _found(table: Mapping[int, Json], number: int, kind: str) -> Json:
    if number not in table:
        raise FakeFault(404, f"No {kind} matches the given query.")
    return table[number]


def own_error(status: int, detail: str) -> bytes:
    """Write an error in the form of Label Studio's API."""
    form = {"id": str(uuid.uuid4()), "status_code": status, "version": "1.23.2", "detail": detail, "exc_info": None}
    return msgspec.json.encode(form)
