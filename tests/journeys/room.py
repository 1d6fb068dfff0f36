"""A reading room for measuring: one Label Studio and one browser for many tests, any guideline on any screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from tests.journeys.edge_marked import SQUARE, Shape, borders_seen, edge_marked
from tests.journeys.editor import Editor
from tests.journeys.in_sight import InSight, in_sight
from tests.labelstudio.chest_reading import PLACES

from guidelint.labelstudio.config.label_config import VERDICT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio
    from tests.labelstudio.chest import Chest
    from tests.labelstudio.chest_reading import Items

_THEME: Final = "localStorage.setItem('preferred-color-scheme', arguments[0])"


@dataclass(frozen=True, slots=True)
class Screen:
    """Size of the window, in pixels, and Label Studio's theme."""

    width: int
    height: int
    theme: Literal["Light", "Dark"] = "Light"
    touch: bool = False

    def __str__(self) -> str:
        dark = "-dark" if self.theme == "Dark" else ""
        return f"{self.width}x{self.height}{dark}{'-touch' if self.touch else ''}"


SMALL: Final = Screen(1280, 900)
LARGE: Final = Screen(1920, 1080)
OLD: Final = Screen(1024, 768)


@dataclass(frozen=True, slots=True)
class View:
    """A task open in the editor."""

    asked: Chest
    browser: Browser
    editor: Editor
    screen: Screen
    shape: Shape

    def measured(self, name: str) -> InSight:
        """Measure what is in sight and keep a screenshot under a name."""
        seen = in_sight(self.browser, list(self.asked.of_region), list(self.asked.of_image))
        self.keep(name)
        return seen

    def keep(self, name: str) -> Path:
        """Keep a screenshot under a name."""
        return self.browser.screenshot(self._file(name))

    def borders(self, seen: InSight, name: str) -> dict[str, float]:
        """Share of each border of the picture that the screenshot kept under a name shows."""
        place = seen.image_left, seen.image_top, seen.image_width, seen.image_height
        return borders_seen(self.browser.artifacts / f"{self._file(name)}.png", *place)

    def select(self) -> None:
        """Click into the first region on the picture; its questions appear."""
        columns, rows = self.shape
        x, y = PLACES[0]
        self.editor.click((x + 6) / 100 * columns, (y + 5) / 100 * rows)
        first = next(iter(self.asked.of_region))
        self.browser.wait(lambda: self.browser.shown(".gl-question", first, begins=True), "the questions of a region")

    def _file(self, name: str) -> str:
        return f"layout-{name}-{self.screen}"


@dataclass
class Room:
    """Opens one task after another in the same browser; a project is made once for each config."""

    studio: LabelStudio
    browser: Browser
    _projects: dict[str, int] = field(default_factory=dict[str, int])
    _inside: bool = False

    def quick_view(
        self,
        asked: Chest,
        screen: Screen,
        items: Items = (),
        *,
        verdict: str = "",
        shape: Shape = SQUARE,
        config: str = "",
    ) -> View:
        """Open a task beside the Data Manager's list; with items it was read before; `config` is shown instead."""
        project = self.project(config or asked.outputs()["label_config.xml"])
        task = self.task(project, verdict=verdict, shape=shape)
        if items:
            self.studio.submit(task, items)
        return self.open(asked, screen, project, task, shape)

    def open(self, asked: Chest, screen: Screen, project: int, task: int, shape: Shape = SQUARE) -> View:
        """Open a task of any project in quick view."""
        self.enter(screen)
        view = self._view(asked, screen, project, shape)
        view.editor.quick_view(task)
        return view

    def label_stream(self, asked: Chest, screen: Screen, *, verdict: str = "", shape: Shape = SQUARE) -> View:
        """Open a task, the only one of its project, as "Label All Tasks" does."""
        self.enter(screen)
        project = self.studio.project("Label stream", asked.outputs()["label_config.xml"])
        self.task(project, verdict=verdict, shape=shape)
        view = self._view(asked, screen, project, shape)
        view.editor.label_stream()
        return view

    def project(self, config: str) -> int:
        """The project of a labeling config, made at its first use."""
        if config not in self._projects:
            self._projects[config] = self.studio.project("Quick view", config)
        return self._projects[config]

    def task(self, project: int, *, verdict: str = "", shape: Shape = SQUARE) -> int:
        """Import a task."""
        (task,) = self.studio.tasks(project, [{"image": edge_marked(shape), VERDICT: verdict}])
        return task

    def _view(self, asked: Chest, screen: Screen, project: int, shape: Shape) -> View:
        editor = Editor(self.browser, self.studio.url, project, side=shape[0])
        return View(asked, self.browser, editor, screen, shape)

    def enter(self, screen: Screen) -> None:
        """Take a seat at a screen, signed in."""
        self.browser.resize(screen.width, screen.height)
        self.browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": screen.touch})
        if not self._inside:
            self.browser.login_as(self.studio)
            self.browser.open(f"{self.studio.url}/version")
            self._inside = True
        self.browser.driver.execute_script(_THEME, screen.theme)
