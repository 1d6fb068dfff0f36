"""The judging process: its settings come on the first line of standard input, and it ends when that input ends.

It is a process of its own because judging would make the receiver late. It is told of new rows by a line on standard
input and tells of dealt-with rows by lines on standard output; both only save time, the inbox is what counts.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING

import msgspec

from guidelint.checking.supplied import SuppliedError
from guidelint.service.given import given_by
from guidelint.service.log import note, start_logging
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import open_store
from guidelint.service.store.projects import Plans
from guidelint.service.worker.retention import Retention
from guidelint.service.worker.servers.clients import clients_of
from guidelint.service.worker.servers.server_watch import ServerWatch
from guidelint.service.worker.stopping import LET_GO_WITHIN_S, die_with_parent, stop_on_signals, within
from guidelint.service.worker.subjects import SubjectsNowAndThen
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.task.judging_times import JudgingTimes
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.warm_up import warm_up
from guidelint.service.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.service.messages import Told

FULL_SWEEPS_APART_S = 300.0
"""Whoever knows the secret can ask for full sweeps, which cost Label Studio much."""
NO_IMAGES = 69
"""Exit status: what was there when the service began is not there now."""
NICENESS = 5
"""The receiver goes first where both want the processor: Label Studio waits for it, and it needs little."""


class Teller:
    """Writes lines to a pipe; when nobody reads them any more, that is no fault."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def __call__(self, told: Told) -> None:
        """Write one line."""
        line = msgspec.json.encode(told) + b"\n"
        try:
            with self._lock:
                os.write(self._descriptor, line)
        except OSError:
            return


def make_worker(settings: Settings, tell: Callable[[Told], None] | None = None) -> Worker:
    """Make a worker on the store and servers of the settings. Raises SuppliedError."""
    engine = open_store(settings.store, durable=False)
    clients, judging = clients_of(settings), JudgingTimes()
    sweep = Sweep(engine, clients, settings.full_sweep_every_s, settings.open_after_s, full_apart_s=FULL_SWEEPS_APART_S)
    given = given_by(settings, clients, lambda: _has_read(judging, sweep))
    for line in given.supplied.notes:
        note("not all is used of what was given of images", logging.WARNING, reason=line)
    sweep.given_of = given
    durable = open_store(settings.store)
    work = TaskWork(engine, durable, clients, Plans(engine), settings.open_after_s, judging, given)
    speak = tell or Teller(sys.stdout.fileno())
    retention = Retention(engine, settings.keep_inbox_days, settings.keep_history_days)
    subjects = SubjectsNowAndThen(engine, work.plans, clients.keys())
    worker = Worker(engine, work, settings.workers, sweep, settings.sweep_every_s, retention, subjects, speak)
    retention.stop = worker.stop
    return worker


def _has_read(judging: JudgingTimes, sweep: Sweep) -> None:
    """Count no waiting for images as judging."""
    judging.anew()
    sweep.manners.anew()


def watches(settings: Settings, worker: Worker) -> list[ServerWatch]:
    """Make what looks at the servers, beside the work on their tasks."""
    secrets = [settings.secret, *settings.older_secrets] if settings.secret else []
    return [ServerWatch(worker.engine, client, secrets, worker.tell) for client in worker.work.clients.values()]


def main() -> None:
    """Read the settings from the first line of standard input, then work until standard input ends."""
    die_with_parent()
    start_logging()
    os.nice(NICENESS)
    first = sys.stdin.buffer.readline()
    if not first:  # the receiver was gone before it could say anything
        return
    settings = msgspec.json.decode(first, type=Settings)
    try:
        worker = make_worker(settings)
    except SuppliedError as error:
        note("what was given of images cannot be used", logging.ERROR, reason=str(error))
        sys.exit(NO_IMAGES)
    stop_on_signals(worker.stop.set)
    threading.Thread(target=_listen, args=(worker,), daemon=True).start()
    for watch in watches(settings, worker):
        threading.Thread(target=watch.run, args=(worker.stop,), daemon=True).start()
    threading.Thread(target=warm_up, args=(lambda: worker.busy,), daemon=True).start()
    worker.run()
    within(LET_GO_WITHIN_S, worker.close)
    os._exit(0)  # whatever still runs is broken off: waiting for it could take as long as Label Studio likes


def _listen(worker: Worker) -> None:
    while sys.stdin.buffer.readline():
        worker.wake()
    worker.stop.set()
    worker.wake()


if __name__ == "__main__":
    main()
