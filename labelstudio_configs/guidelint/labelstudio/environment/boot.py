"""Serve Label Studio to this machine; run by the Python of Label Studio's own environment, never imported.

Reads one JSON object per line from standard input and answers with one per line on standard output:
`{"serve": {…}}` starts a server in a process of its own and answers `{"url", "pid", "token"}`;
`{"stop": pid}` ends one and answers `{"stopped": pid}`. The end of the input ends everything.
The application is loaded once and the empty database is migrated once; each server is a fork with its own folder.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_PORT_FREE = 0
_RARE_COLLECTIONS = (50_000, 10, 50)


def _application() -> Callable[..., Any]:
    """Load Label Studio; about ten seconds on a cold disk."""
    server = import_module("label_studio.server")
    sys.path.insert(0, str(Path(server.__file__ or "").parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "label_studio.core.settings.label_studio")
    application: Callable[..., Any] = import_module("django.core.wsgi").get_wsgi_application()
    return application


def _use_database(path: Path) -> None:
    """Point Django's only connection at one SQLite file."""
    connections = import_module("django.db").connections
    connections.close_all()
    connections["default"].settings_dict["NAME"] = str(path)


def _migrate_once(empty: Path) -> None:
    """Leave a migrated, empty database at `empty`; rare collections halve the time (40 s to 20 s)."""
    if empty.exists():
        return
    unfinished = empty.with_suffix(f".{os.getpid()}")
    _use_database(unfinished)
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_RARE_COLLECTIONS)
    import_module("django.core.management").call_command("migrate", "--no-color", verbosity=0)
    gc.set_threshold(*usual)
    import_module("django.db").connections.close_all()
    unfinished.replace(empty)


def _apply(settings: dict[str, Any], folder: Path) -> None:
    """Give this process its own folders and the settings asked for."""
    django_settings = import_module("django.conf").settings
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    (folder / "export").mkdir(exist_ok=True)  # Label Studio makes it at its own start, and fails to export without
    own = {
        "BASE_DATA_DIR": str(folder),
        "MEDIA_ROOT": str(media),
        "EXPORT_DIR": str(folder / "export"),
        "LOCAL_FILES_DOCUMENT_ROOT": str(folder),
    }
    for name, value in {**own, **settings}.items():
        setattr(django_settings, name, value)


def _administrator(email: str, password: str) -> str:
    """Make sure the first user and the organisation exist; the legacy token of that user."""
    user_model = import_module("users.models").User
    user = user_model.objects.filter(email=email).first()
    if user is None:
        user = user_model.objects.create_user(email=email, password=password)
        organisation_model = import_module("organizations.models").Organization
        user.active_organization = organisation_model.create_organization(
            created_by=user, title="Label Studio", legacy_api_tokens_enabled=True
        )
        user.save()
    token: str = user.auth_token.key
    return token


def _serve(application: Callable[..., Any], order: dict[str, Any], answer: Callable[[dict[str, Any]], None]) -> None:
    """Serve until killed or orphaned; `answer` is called once, when requests are accepted."""
    folder = Path(order["folder"])
    _apply(order.get("settings", {}), folder)
    database = folder / "label_studio.sqlite3"
    if not database.exists():
        shutil.copyfile(order["empty_database"], database)
    _use_database(database)
    token = _administrator(order["email"], order["password"])
    http = import_module("django.core.servers.basehttp")
    server = http.ThreadedWSGIServer((order["host"], order.get("port", _FIRST_PORT_FREE)), http.WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(application)
    answer({"url": f"http://{order['host']}:{server.server_port}", "pid": os.getpid(), "token": token})
    server.serve_forever()


def _end_with(parent: int) -> None:
    """Leave no server behind when the starting process is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def _say(message: dict[str, Any], stream: Any) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def _child(application: Callable[..., Any], order: dict[str, Any], parent: int, pipe: int) -> None:
    """Run one server in a forked process; a failure to start is told through the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    with os.fdopen(pipe, "w") as stream:
        try:
            _serve(application, order, lambda message: _say(message, stream))
        except Exception as error:  # noqa: BLE001 - the parent tells people
            _say({"failed": f"{type(error).__name__}: {error}"}, stream)
    os._exit(1)


def _fork(application: Callable[..., Any], order: dict[str, Any]) -> dict[str, Any]:
    """Start one server; its address, process and token, or the reason why not."""
    reading, writing = os.pipe()
    parent = os.getpid()
    if os.fork() == 0:
        os.close(reading)
        _child(application, order, parent, writing)
    os.close(writing)
    with os.fdopen(reading) as stream:
        answer: dict[str, Any] = json.loads(stream.readline() or '{"failed": "it ended before it answered"}')
    return answer


def _stop(pid: int) -> dict[str, Any]:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ChildProcessError, ProcessLookupError):
        return {"stopped": pid, "was": "gone"}
    return {"stopped": pid}


def _orders() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def main() -> None:
    """Load, migrate, then follow orders until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Label Studio prints to standard output while it loads
    empty = Path(sys.argv[1])
    _say({"phase": "loading"}, answers)
    application = _application()
    if not empty.exists():
        _say({"phase": "migrating"}, answers)
    _migrate_once(empty)
    import_module("django.urls").resolve("/api/projects/")  # loads every view now rather than in each server
    gc.freeze()
    _say({"ready": True}, answers)
    running: set[int] = set()
    for order in _orders():
        if "serve" in order:
            answer = _fork(application, {**order["serve"], "empty_database": str(empty)})
            running.add(answer.get("pid", -1))
        else:
            answer = _stop(order["stop"])
            running.discard(order["stop"])
        _say(answer, answers)
    for pid in running - {-1}:
        _stop(pid)


if __name__ == "__main__":
    main()
