"""How long Label Studio waits for an answer to a webhook: let it call this machine, and do not answer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear

if TYPE_CHECKING:
    from guidelint.labelstudio.connection.administration import Administration, ProjectState

LONGEST_S = 6.0
NEEDED_S = 0.9
"""The service holds an answer up to 0.6 s by default, and the way takes time."""
_NAME = "time-out"


def time_out_link(administration: Administration, state: ProjectState) -> Link:
    """Register a webhook of our own, save the project's title as it is, measure, and take the webhook away."""
    from guidelint.labelstudio.connection.administration import HookState  # noqa: PLC0415 - loads the SDK

    with _Listener(_own_address(administration.url)) as listener:
        hook = HookState(0, listener.url, {}, frozenset({"PROJECT_UPDATED"}), True, False, False)
        try:
            administration.create_hook(state.id, hook)
        except LabelStudioError as error:
            said = f"not measured: Label Studio may not call this machine ({error})"
            return unclear(_NAME, said, "Run the doctor where the service runs.")
        try:
            administration.update_project(state.id, {"title": state.title})
        finally:
            for found in administration.hooks(state.id):
                if found.url == listener.url:
                    administration.delete_hook(found.id)
        return _told(listener)


def _told(listener: _Listener) -> Link:
    if listener.waited_s is None:
        said = f"not measured: Label Studio did not reach this machine at {listener.url}"
        return unclear(_NAME, said, "If it runs in a container, name the service by an address it can reach.")
    if listener.waited_s < NEEDED_S:
        said = f"Label Studio waits {listener.waited_s:.1f} s for an answer; the service holds it up to 0.6 s"
        return broken(_NAME, said, "Start Label Studio with WEBHOOK_TIMEOUT=1.0 or more, or serve with --hold-ms 0.")
    return fine(_NAME, f"Label Studio waits {listener.waited_s:.1f} s for an answer")


@dataclass
class _Listener:
    """Takes one call and keeps silent until the caller hangs up."""

    address: str
    waited_s: float | None = None
    _socket: socket.socket = field(default_factory=socket.socket)
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Address to call."""
        return f"http://{self.address}:{self._socket.getsockname()[1]}/guidelint-doctor"

    def __enter__(self) -> Self:
        self._socket.bind((self.address, 0))
        self._socket.listen(1)
        self._socket.settimeout(LONGEST_S)
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # closing alone does not wake a thread that waits for a call
        self._socket.close()
        if self._thread is not None:
            self._thread.join(LONGEST_S)

    def _take(self) -> None:
        try:
            call, _ = self._socket.accept()
        except OSError:
            return
        began = time.monotonic()
        with call:
            call.settimeout(LONGEST_S)
            try:
                while call.recv(65536):
                    pass
            except TimeoutError:
                self.waited_s = LONGEST_S
                return
            self.waited_s = time.monotonic() - began


def _own_address(url: str) -> str:
    """Find the address of this machine on the way to Label Studio."""
    parts = urlsplit(url)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect((parts.hostname or "127.0.0.1", parts.port or 80))
        except OSError:
            return "127.0.0.1"
        address: str = way.getsockname()[0]
    return address
