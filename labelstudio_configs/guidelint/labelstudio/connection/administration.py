"""Administration of a Label Studio through its SDK: projects, tabs, webhooks. Nothing else loads the SDK."""

from __future__ import annotations

import base64
import binascii
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

import httpx
import msgspec
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError
from label_studio_sdk.core.parse_error import ParsingError
from label_studio_sdk.types.view_data_request_request import ViewDataRequestRequest

from guidelint.labelstudio.connection.address import normal_address
from guidelint.labelstudio.connection.auth import auth_for
from guidelint.labelstudio.connection.error_words import words_of
from guidelint.labelstudio.connection.errors import Gone, LabelStudioError, Refused, Unreachable
from guidelint.labelstudio.connection.server_clock import ServerClock
from guidelint.labelstudio.connection.tab import Tab

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from label_studio_sdk.types.all_roles_project_list import AllRolesProjectList
    from label_studio_sdk.types.webhook import Webhook

TIMEOUT_S: Final = 30.0
_PAGE: Final = 500
_LEGACY: Final = re.compile(r"[0-9a-f]{40}")
_WHERE: Final = "Take one from Account & Settings in Label Studio."


@dataclass(frozen=True, slots=True)
class ProjectState:
    """A project as Label Studio holds it."""

    id: int
    title: str
    label_config: str
    maximum_annotations: int
    settings: Mapping[str, object]
    """Every field of the project under its API name."""


class _User(msgspec.Struct):
    email: str = ""


@dataclass(frozen=True, slots=True)
class HookState:
    """A webhook as Label Studio holds it."""

    id: int
    url: str
    headers: Mapping[str, str]
    actions: frozenset[str]
    is_active: bool
    send_payload: bool
    send_for_all_actions: bool


class Summary(msgspec.Struct, frozen=True):
    """What Label Studio counted in a project."""

    all_data_columns: dict[str, int] = {}
    """Key of task data → tasks that have it."""
    created_annotations: dict[str, int] = {}
    """``control|image|type`` → annotations that used it."""
    created_labels: dict[str, dict[str, int]] = {}
    """Control → label → annotations that used it."""
    created_labels_drafts: dict[str, dict[str, int]] = {}
    """The same of drafts."""


class _Uploaded(msgspec.Struct):
    file_upload_ids: list[int]


class _UploadedFile(msgspec.Struct):
    file: str


class _TaskData(msgspec.Struct):
    id: int
    data: dict[str, Any]


class _TaskPage(msgspec.Struct):
    tasks: list[_TaskData]
    total: int


class Administration:
    """One Label Studio, administered by one user. Every method may raise Gone, Unreachable or Refused.

    The SDK repeats creates after errors, which would make things twice; here nothing is repeated.
    """

    def __init__(self, url: str, token: str) -> None:
        """Prepare the connection, sending nothing; raises Refused when the token cannot be one."""
        self.url = normal_address(url)
        check_token(token)
        self._clock = ServerClock()
        self._http = httpx.Client(
            base_url=self.url,
            auth=auth_for(self.url, token),
            timeout=TIMEOUT_S,
            event_hooks={"response": [self._clock.hear]},
        )
        # The connection signs every request itself, for either kind of token; the SDK's own key is never sent.
        self._sdk: LabelStudio = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=self.url, api_key="unused", httpx_client=self._http, max_retries=0
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    @property
    def hears_the_clock(self) -> bool:
        """Whether an answer told what time it is on Label Studio's machine."""
        return self._clock.has_heard

    def moment(self) -> datetime:
        """Tell the present moment on Label Studio's clock, to the second, which also says when work is handed in."""
        return self._clock.moment()

    def project(self, project: int) -> ProjectState:
        """Read a project with its settings."""
        with self._asking(f"project {project}"):
            return _project(self._sdk.projects.get(project).model_dump())

    def projects(self) -> Iterator[ProjectState]:
        """Every project the user sees."""
        with self._asking("the list of projects"):
            listed: Iterable[AllRolesProjectList] = self._sdk.projects.list(include="id,title,label_config")
            yield from (_project(found.model_dump()) for found in listed)

    def create_project(self, title: str, label_config: str) -> int:
        """Make a project; its id."""
        with self._asking(f"making the project {title!r}"):
            return _id(self._sdk.projects.create(title=title, label_config=label_config).id)

    def update_project(self, project: int, changes: Mapping[str, object]) -> None:
        """Change settings of a project, by their API names."""
        with self._asking(f"project {project}"):
            self._sdk.projects.update(project, **changes)  # type: ignore[arg-type]

    def validate_config(self, project: int, config: str) -> None:
        """Ask whether a labeling config fits what was annotated; raises Refused with Label Studio's words."""
        with self._asking(f"the labeling config of project {project}"):
            self._sdk.projects.validate_label_config(project, label_config=config)

    def summary(self, project: int) -> Summary:
        """Count what was imported and annotated."""
        with self._asking(f"the summary of project {project}"):
            answer = self._http.get(f"/api/projects/{project}/summary/")
            if not answer.is_success:
                raise ApiError(status_code=answer.status_code, body=answer.text)
            return msgspec.json.decode(answer.content, type=Summary)

    def tabs(self, project: int) -> tuple[Tab, ...]:
        """Tabs of the Data Manager, in order."""
        with self._asking(f"the tabs of project {project}"):
            found = self._sdk.views.list(project=project)
        return tuple(_tab(view.id, view.data) for view in found)

    def create_tab(self, project: int, tab: Tab) -> None:
        """Add a tab."""
        with self._asking(f"the tab {tab.title!r}"):
            self._sdk.views.create(project=project, data=ViewDataRequestRequest.model_validate(dict(tab.data)))

    def update_tab(self, project: int, tab_id: int, data: Mapping[str, object]) -> None:
        """Replace what a tab holds."""
        with self._asking(f"tab {tab_id}"):
            view = ViewDataRequestRequest.model_validate(dict(data))
            self._sdk.views.update(str(tab_id), project=project, data=view)

    def hooks(self, project: int) -> tuple[HookState, ...]:
        """Webhooks of a project."""
        with self._asking(f"the webhooks of project {project}"):
            found = self._sdk.webhooks.list(project=str(project))
        return tuple(_hook(hook) for hook in found if hook.project == project)

    def create_hook(self, project: int, hook: HookState) -> None:
        """Register a webhook."""
        with self._asking(f"the webhook {hook.url}"):
            self._sdk.webhooks.create(
                project=project,
                url=hook.url,
                headers=dict(hook.headers),
                actions=sorted(hook.actions),
                is_active=hook.is_active,
                send_payload=hook.send_payload,
                send_for_all_actions=hook.send_for_all_actions,
            )

    def update_hook(self, hook_id: int, hook: HookState) -> None:
        """Set a webhook right; without its actions, Label Studio would empty their list."""
        with self._asking(f"the webhook {hook.url}"):
            self._sdk.webhooks.update(
                hook_id,
                url=hook.url,
                headers=dict(hook.headers),
                actions=sorted(hook.actions),
                is_active=hook.is_active,
                send_payload=hook.send_payload,
                send_for_all_actions=hook.send_for_all_actions,
            )

    def delete_hook(self, hook_id: int) -> None:
        """Remove a webhook."""
        with self._asking(f"webhook {hook_id}"):
            self._sdk.webhooks.delete(hook_id)

    def addresses(self) -> frozenset[str]:
        """E-mail addresses of all users, in small letters."""
        with self._asking("users"):
            answer = self._http.get("/api/users/").raise_for_status()
            return frozenset(user.email.casefold() for user in msgspec.json.decode(answer.content, type=list[_User]))

    def open_to_readers(self, task: int, readers: int) -> None:
        """Let a task be read by so many readers."""
        with self._asking(f"task {task}"):
            self._http.patch(f"/api/tasks/{task}/", json={"overlap": readers, "is_labeled": False}).raise_for_status()

    def upload(self, project: int, name: str, content: bytes) -> str:
        """Store a picture in a project, without a task; the address under which tasks name it."""
        with self._asking(f"the picture {name}"):
            path, committed = f"/api/projects/{project}/import", {"commit_to_project": "false"}
            answer = self._http.post(path, params=committed, files={"file": (name, content)}).raise_for_status()
            (number,) = msgspec.json.decode(answer.content, type=_Uploaded).file_upload_ids
            stored = self._http.get(f"/api/import/file-upload/{number}").raise_for_status()
            return f"/data/{msgspec.json.decode(stored.content, type=_UploadedFile).file}"

    def import_tasks(self, project: int, data: Sequence[Mapping[str, object]]) -> None:
        """Make tasks, in this order."""
        with self._asking(f"the tasks of project {project}"):
            tasks = [{"data": dict(one)} for one in data]
            self._http.post(f"/api/projects/{project}/import", json=tasks).raise_for_status()

    def tasks_by(self, project: int, key: str) -> dict[str, int]:
        """Lead from what stands in the data of the tasks of a project under a key to the ids of these tasks."""
        with self._asking(f"the tasks of project {project}"):
            found: dict[str, int] = {}
            seen, total, page = 0, 1, 1
            while seen < total:
                params = {"project": str(project), "fields": "task_only", "page": str(page), "page_size": str(_PAGE)}
                answer = self._http.get("/api/tasks", params=params).raise_for_status()
                read = msgspec.json.decode(answer.content, type=_TaskPage)
                found |= {str(task.data[key]): task.id for task in read.tasks if key in task.data}
                seen, total, page = seen + len(read.tasks), read.total if read.tasks else 0, page + 1
            return found

    @contextmanager
    def _asking(self, what: str) -> Generator[None]:
        try:
            yield
        except ApiError as error:
            raise refusal(what, error.status_code or 0, error.body) from error
        except httpx.HTTPStatusError as error:
            raise refusal(what, error.response.status_code, error.response.text) from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(
                f"Label Studio at {self.url} does not answer ({error}). Is it running, and is the address right?"
            ) from error
        except (ParsingError, msgspec.DecodeError, json.JSONDecodeError) as error:
            raise Unreachable(f"{self.url} answers, but not like Label Studio. Is the address right?") from error


def check_token(token: str) -> None:
    """Raise Refused when a token is of no kind that Label Studio takes."""
    if _LEGACY.fullmatch(token):
        return
    kind = _jwt_kind(token)
    if kind is None:
        raise Refused(f"this is no token of Label Studio: they are 40 hexadecimal digits, or a JWT. {_WHERE}", 401)
    if kind != "refresh":
        raise Refused(
            f"this token lives for minutes only (kind {kind!r}); the personal access token is needed. {_WHERE}", 401
        )


def _jwt_kind(token: str) -> str | None:
    """``token_type`` of a JWT; None when it is none."""
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, claims, signature
        return None
    try:
        claims: object = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return str(claims.get("token_type")) if isinstance(claims, dict) else None


def refusal(what: str, status: int, body: object) -> LabelStudioError:
    """Say what an error of Label Studio means, and what to do about it."""
    said = words_of(body)
    if status == HTTPStatus.NOT_FOUND:
        return Gone(f"Label Studio does not know {what} (404): it was removed, or belongs to someone else")
    if status == HTTPStatus.UNAUTHORIZED:
        return Refused(f"Label Studio does not accept the token (401): {_token_remedy(said)}", status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in {HTTPStatus.REQUEST_TIMEOUT, 429}:
        return Unreachable(f"{what}: Label Studio failed ({status}): {said}")
    return Refused(f"{what}: Label Studio refuses ({status}): {said}", status)


def _token_remedy(said: str) -> str:
    if "legacy" in said.lower():
        return (
            "legacy tokens are switched off. Use a personal access token, or switch legacy tokens on in Organization"
            " → API Tokens Settings."
        )
    return f"it is wrong, was revoked, or belongs to another Label Studio. {_WHERE}"


def _project(fields: Mapping[str, object]) -> ProjectState:
    return ProjectState(
        id=_id(fields.get("id")),
        title=str(fields.get("title") or ""),
        label_config=str(fields.get("label_config") or ""),
        maximum_annotations=_id(fields.get("maximum_annotations") or 1),
        settings=fields,
    )


def _tab(tab_id: object, data: object) -> Tab:
    fields = dict(data) if isinstance(data, dict) else {}
    return Tab(_id(tab_id), str(fields.get("title", "")), fields)


def _hook(hook: Webhook) -> HookState:
    headers = hook.headers if isinstance(hook.headers, dict) else {}
    return HookState(
        id=_id(hook.id),
        url=hook.url,
        headers={str(name): str(value) for name, value in headers.items()},
        actions=frozenset(map(str, hook.actions or ())),
        is_active=bool(hook.is_active),
        send_payload=bool(hook.send_payload),
        send_for_all_actions=bool(hook.send_for_all_actions),
    )


def _id(value: object) -> int:
    if not isinstance(value, int):
        raise Unreachable(f"the answer is not what Label Studio sends: {value!r} is no id")
    return value
