"""The project in disorder, dealt with by the worker itself over a real store."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import sqlalchemy as sa
from tests.service.bench import SERVER
from tests.service.disorder import PLAN, World

from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import claims, inbox, verdicts
from guidelint.service.store.hints import inbox as inbox_module
from guidelint.service.store.projects import Plans, record_push
from guidelint.service.worker.pace import BulkPace
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidelint.service.store.known import AnnotationIdentity

MOST_ROUNDS = 20


class StoreWorld(World):
    """Dealt with by the worker over SQLite; every commit and every request is a step that may be its last."""

    def __init__(self, slots: int, store: Path) -> None:
        self.engine = open_store(store_url(str(store)), durable=False)
        commit: Callable[[sa.PoolProxiedConnection], None] = self.engine.dialect.do_commit

        def step_and_commit(connection: sa.PoolProxiedConnection) -> None:
            self.step()
            commit(connection)

        self.engine.dialect.do_commit = step_and_commit  # type: ignore[assignment, method-assign]
        self.lives = None
        super().__init__(slots)
        record_push(self.engine, SERVER, self.project, PLAN, "2020-01-01T00:00:00.000000Z")
        self.restart()

    def receive(self, body: bytes) -> None:
        """Store a delivery as the receiver does."""
        with self.engine.begin() as connection:
            inbox_module.put(connection, inbox_module.rows_of(SERVER, decode_event(body)))

    def work(self) -> None:
        """Work off, and once more what was put off because the task changed all the time."""
        for _ in range(MOST_ROUNDS):
            self.worker.work_off()
            if not inbox_module.unfinished(self.engine):
                return
            self.meddler = None
            self._let_time_pass()
        raise AssertionError("the inbox never came to its end")

    def sweep(self) -> None:
        """Compare every task with what the store holds."""
        (swept,) = Sweep(self.engine, {SERVER: self.client}).all_projects(full=True)
        assert swept.problem == ""

    def restart(self) -> None:
        """Begin with a new worker, after the claims of the old one have ended."""
        self._let_time_pass()
        work = TaskWork(self.engine, self.engine, {SERVER: self.client}, Plans(self.engine), 0.0)
        self.worker = Worker(self.engine, work, 1)
        self.worker._pace = BulkPace(lambda: False, lambda: False)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    def table(self) -> dict[AnnotationIdentity, str]:
        """Annotation → its one current decision."""
        current = sa.select(verdicts).where(verdicts.c.is_current)
        with read_only(self.engine) as connection:
            rows = connection.execute(current).all()
        found = {(row.annotation, row.created_at): row.decision for row in rows}
        assert len(found) == len(rows)
        return found

    def close(self) -> None:
        """Let connections go."""
        super().close()
        self.engine.dispose()

    def _let_time_pass(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.delete(claims))
            connection.execute(sa.update(inbox).values(not_before=""))


def store_worlds(folder: Path) -> Callable[[int], StoreWorld]:
    """Make worlds, each with a copy of a store that was migrated once."""
    empty = folder / "empty.db"
    migrate(store_url(str(empty)))
    made: list[Path] = []

    def make(slots: int) -> StoreWorld:
        made.append(folder / f"{len(made)}.db")
        shutil.copy(empty, made[-1])
        return StoreWorld(slots, made[-1])

    return make
