"""The demonstration from beginning to end."""

from __future__ import annotations

import secrets
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.cli.chosen_plan import chosen_plan
from guidelint.cli.demonstration.opening import offline_check
from guidelint.cli.demonstration.pushing import push_guideline
from guidelint.cli.demonstration.receiver import Service, free_port, serving
from guidelint.cli.demonstration.sample import sample_tasks
from guidelint.cli.demonstration.scenes import Played, play_scenes
from guidelint.cli.demonstration.story import Story, tell
from guidelint.cli.demonstration.studio import Studio, draw_pictures
from guidelint.cli.demonstration.watch import Watch
from guidelint.labelstudio.environment import LABEL_STUDIO_VERSION, cached_environment
from guidelint.labelstudio.environment_server import RunningServer, ServerPool
from guidelint.service.store import migrate, open_store, store_url

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    import sqlalchemy as sa

    from guidelint.cli.demonstration.sample import SampleTask
    from guidelint.cli.demonstration.screen import Screen, Step
    from guidelint.validation.plan import Plan

GUIDELINE = "lung-nodule-ct"


@dataclass(frozen=True)
class Outcome:
    """What the demonstration came to."""

    first_offline_s: float
    played: Played
    url: str
    """The project's Data Manager."""
    server: RunningServer


@dataclass
class Demonstration:
    """One run: everything started in it ends with `until`."""

    screen: Screen
    folder: Path
    until: ExitStack
    port: int = 0
    plan: Plan = field(init=False)
    tasks: tuple[SampleTask, ...] = field(init=False)

    def play(self) -> Outcome:
        """Check offline while Label Studio installs, then do the main job in it."""
        title = f"Label Studio {LABEL_STUDIO_VERSION} in an environment of its own"
        with ThreadPoolExecutor(2) as background, self.screen.step(title) as step:
            coming = background.submit(self._label_studio, step)
            first_offline = self._meanwhile(background)
            server = coming.result()
            step.outcome = server.url
        studio = self.until.enter_context(Studio(server))
        service = Service(free_port(), self.folder / "guidelint.sqlite3", secrets.token_hex(16))
        store = self._store(service)
        story = tell(self.plan, self.tasks)
        with self.screen.step(f"guidelint push {GUIDELINE}") as step:
            pushed = push_guideline(GUIDELINE, self.plan, server, service, store)
            step.outcome = pushed.url
        tasks = self._tasks(studio, pushed.project, story)
        with self.screen.step("guidelint serve: receiver, judge, sweep") as step:
            self.until.enter_context(serving(service, server.url, server.token, self.folder / "service.log"))
            step.outcome = service.url
        watch = Watch(studio, store, pushed.server, pushed.project)
        return Outcome(first_offline, play_scenes(self.screen, watch, tasks, story.scenes), pushed.url, server)

    def _meanwhile(self, background: ThreadPoolExecutor) -> float:
        self.plan = chosen_plan(GUIDELINE)
        self.tasks = sample_tasks()
        first = offline_check(self.plan, self.tasks, GUIDELINE, self.screen)
        drawing = background.submit(draw_pictures, self.tasks, self.folder)
        self._finish(drawing, f"{len(self.tasks)} phantom slices drawn around the published outlines (no CT pixels)")
        return first

    def _finish(self, work: Future[None], title: str) -> None:
        with self.screen.step(title):
            work.result()

    def _label_studio(self, step: Step) -> RunningServer:
        environment = cached_environment()
        step.detail("installing")
        environment.install(step.detail)
        log = self.folder / "label-studio.log"
        pool = self.until.enter_context(
            ServerPool(environment.python, environment.empty_database, log, on_phase=step.detail)
        )
        return pool.start(self.folder, port=self.port)

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
