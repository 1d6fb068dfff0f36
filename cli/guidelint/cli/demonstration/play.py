"""The demonstration from beginning to end: loads what offline checking needs, and the rest once it is installed."""

from __future__ import annotations

import importlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.cli.demonstration.opening import offline_check
from guidelint.cli.demonstration.pictures import draw_pictures
from guidelint.cli.demonstration.sample import sample_tasks
from guidelint.geometry.kernels.beside import compile_beside
from guidelint.geometry.kernels.choice import installed
from guidelint.geometry.kernels.kept import complete
from guidelint.labelstudio.environment.environment import LABEL_STUDIO_VERSION, cached_environment, run_installer
from guidelint.labelstudio.environment.server import RunningServer, ServerPool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack
    from pathlib import Path

    from guidelint.cli.demonstration.sample import SampleTask
    from guidelint.cli.demonstration.scenes import Played
    from guidelint.cli.demonstration.screen import Screen, Step
    from guidelint.validation.judging.plan import Plan

GUIDELINE = "lung-nodule-ct"


@dataclass(frozen=True)
class Performance:
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
    still_to_install: Sequence[str] = ()
    """The command that installs the extras, where only what offline checking needs is there; empty: all is there."""
    plan: Plan = field(init=False)
    tasks: tuple[SampleTask, ...] = field(init=False)

    def play(self) -> Performance:
        """Check offline while the extras and Label Studio are installed, then do the main job in it."""
        title = f"Label Studio {LABEL_STUDIO_VERSION} in an environment of its own"
        with ThreadPoolExecutor(3) as background, self.screen.step(title) as step:
            extras = background.submit(self._extras, step)
            coming = background.submit(self._label_studio, step)
            first_offline = self._meanwhile(background)
            extras.result()
            server = coming.result()
            step.outcome = server.url
        from guidelint.cli.demonstration.inside import Inside  # noqa: PLC0415 - loads the extras, installed by now

        inside = Inside(self.screen, self.folder, self.until, GUIDELINE, self.plan, self.tasks)
        played, url = inside.play(server)
        return Performance(first_offline, played, url, server)

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

    def _extras(self, step: Step) -> None:
        """Install what is not there yet; only then can the service and the compiled kernels be loaded.

        Kernels are compiled while Label Studio is installed, for whoever comes later: nothing waits for them.
        """
        if self.still_to_install:
            run_installer(self.still_to_install, step.detail)
            importlib.invalidate_caches()
        if "fast" in installed() and not complete() and (compiler := compile_beside()) is not None:
            self.until.callback(compiler.end)

    def _label_studio(self, step: Step) -> RunningServer:
        environment = cached_environment()
        step.detail("installing")
        environment.install(step.detail)
        log = self.folder / "label-studio.log"
        pool = self.until.enter_context(
            ServerPool(environment.python, environment.empty_database, log, on_phase=step.detail)
        )
        return pool.start(self.folder, port=self.port)
