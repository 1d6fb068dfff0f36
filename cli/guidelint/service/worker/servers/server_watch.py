"""Looking at one Label Studio now and then, with requests that cost it little, whether anything is judged or not."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.labelstudio.connection.errors import LabelStudioError, NotMine
from guidelint.service.log import logger
from guidelint.service.messages import HookLook, ServerLook, Told
from guidelint.service.store.missing import missing_projects
from guidelint.service.store.projects import followed_projects

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import HookRead, TaskClient

EVERY_S = 10.0
PROJECTS_AT_ONCE = 3
"""So many projects are asked for their webhooks at one look; the others have their turn at the next ones."""


@dataclass(slots=True)
class ServerWatch:
    """Looks at one Label Studio and tells how it stands."""

    engine: sa.Engine
    client: TaskClient
    secrets: Sequence[str]
    """Secrets that the receiver accepts; empty: webhooks are not looked at."""
    tell: Callable[[Told], None]
    every_s: float = EVERY_S
    _hooks: dict[int, HookLook | None] = field(default_factory=dict[int, "HookLook | None"])
    """Project → what was wrong with its webhook when it was last looked at, the longest ago first."""

    def run(self, stop: threading.Event) -> None:
        """Look again and again."""
        while not stop.is_set():
            try:
                self.tell(Told(server=self.look()))
            except Exception:  # noqa: BLE001 - the next look may succeed, and one that is missing is noticed
                logger.exception("a Label Studio could not be looked at")
            stop.wait(self.every_s)

    def look(self) -> ServerLook:
        """Look once."""
        address = self.client.base_url
        try:
            self.client.prove_that_it_is_there()
            saw_all = self._look_at_hooks()
        except NotMine as error:
            return ServerLook(address, "not ours", str(error))
        except LabelStudioError as error:
            return ServerLook(address, "not at all", str(error))
        wrong = tuple(hook for hook in self._hooks.values() if hook)
        return ServerLook(address, "as itself", hooks=wrong, saw_all_hooks=saw_all)

    def _look_at_hooks(self) -> bool:
        """Look at some; whether all were looked at by now."""
        projects = self._projects() if self.secrets else []
        for gone in self._hooks.keys() - set(projects):
            del self._hooks[gone]
        new = [project for project in projects if project not in self._hooks]
        for project in list(islice([*new, *self._hooks], PROJECTS_AT_ONCE)):
            self._hooks.pop(project, None)
            self._hooks[project] = self._hook(project)
        return bool(projects) and self._hooks.keys() == set(projects)

    def _projects(self) -> list[int]:
        try:
            followed = followed_projects(self.engine)
            not_there = missing_projects(self.engine, self.client.base_url)
        except SQLAlchemyError:  # told by the check of the store
            return list(self._hooks)
        return [project for server, project in followed if server == self.client.base_url and project not in not_there]

    def _hook(self, project: int) -> HookLook | None:
        """Say what is wrong with the webhook of a project; None: nothing."""
        try:
            hooks = self.client.hooks(project)
        except LabelStudioError:
            return HookLook(project, "unread")
        ours = [(hook, secret) for hook in hooks if (secret := _secret_of(hook)) is not None]
        if not ours:
            return HookLook(project, "missing")
        right = [hook for hook, secret in ours if self._is_right(secret)]
        if not right:
            return HookLook(project, "other secret")
        return None if any(hook.is_active and hook.send_payload for hook in right) else HookLook(project, "off")

    def _is_right(self, secret: str) -> bool:
        return any(hmac.compare_digest(secret.encode(), right.encode()) for right in self.secrets)


def _secret_of(hook: HookRead) -> str | None:
    """Secret that a webhook of ours carries; None: it is somebody else's."""
    headers = {name.lower(): value for name, value in (hook.headers or {}).items()}
    return headers.get(SECRET_HEADER.lower())
