"""The main job in a Label Studio that runs: push, import, serve, submit, read the verdicts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.cli.demonstration.pushing import push_guideline
from guidelint.cli.demonstration.scenes import Played, play_scenes
from guidelint.cli.demonstration.service_process import Service, free_port, serving
from guidelint.cli.demonstration.story import Story, tell
from guidelint.cli.demonstration.studio import Studio
from guidelint.cli.demonstration.watch import Watch
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack
    from pathlib import Path

    import sqlalchemy as sa

    from guidelint.cli.demonstration.sample import SampleTask
    from guidelint.cli.demonstration.screen import Screen
    from guidelint.labelstudio.environment.server import RunningServer
    from guidelint.validation.judging.plan import Plan


@dataclass
class Inside:
    """The part of the demonstration that needs Label Studio; everything started in it ends with `until`."""

    screen: Screen
    folder: Path
    until: ExitStack
    guideline: str
    plan: Plan
    tasks: Sequence[SampleTask]

    def play(self, server: RunningServer) -> tuple[Played, str]:
        """Do the main job; what came of the submissions, and the project's address."""
        studio = self.until.enter_context(Studio(server))
        service = Service(free_port(), self.folder / "guidelint.sqlite3", secrets.token_hex(16))
        store = self._store(service)
        story = tell(self.plan, self.tasks)
        with self.screen.step(f"guidelint push {self.guideline}") as step:
            pushed = push_guideline(self.guideline, self.plan, server, service, store)
            step.outcome = pushed.url
        tasks = self._tasks(studio, pushed.project, story)
        with self.screen.step("guidelint serve: receiver, judge, sweep") as step:
            self.until.enter_context(serving(service, server.url, server.token, self.folder / "service.log"))
            step.outcome = service.url
        watch = Watch(studio, store, pushed.server, pushed.project)
        return play_scenes(self.screen, watch, tasks, story.scenes), pushed.url

    def _tasks(self, studio: Studio, project: int, story: Story) -> list[int]:
        with self.screen.step(f"{len(story.data)} tasks with phantom slices, {len(story.readers)} users"):
            studio.join(*story.readers)
            studio.show_pictures(project)
            return studio.import_tasks(project, story.data)

    def _store(self, service: Service) -> sa.Engine:
        url = store_url(str(service.store))
        migrate(url)
        engine = open_store(url)
        self.until.callback(engine.dispose)
        return engine
