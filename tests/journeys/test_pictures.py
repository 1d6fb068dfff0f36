"""The pictures of the documentation are what people see: taken in a real browser from a real Label Studio."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from tests.journeys.editor import Editor
from tests.journeys.room import LARGE
from tests.labelstudio.chest import chest
from tests.labelstudio.chest_reading import SIDE, twelve_findings, verdict_html

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.cli.demonstration.phantom import phantom
from guidelint.cli.demonstration.pictures import draw_pictures
from guidelint.cli.demonstration.play import GUIDELINE
from guidelint.cli.demonstration.pushing import push_guideline
from guidelint.cli.demonstration.sample import sample_tasks
from guidelint.cli.demonstration.service_process import Service, free_port, serving
from guidelint.cli.demonstration.story import tell
from guidelint.cli.demonstration.studio import Studio
from guidelint.cli.demonstration.watch import Watch
from guidelint.labelstudio.config.label_config import VERDICT
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.browser import Browser
    from tests.journeys.room import Room
    from tests.journeys.server import LabelStudio

SECRET = "a secret of sixteen or more characters"  # noqa: S105 - of a test on loopback
SCENES = 14
WIDE = 1720, 900
SPOT = [(136, 170), (150, 184), (136, 198), (122, 184)]


@pytest.mark.label_studio
@pytest.mark.browser
def test_the_demonstration_looks_as_pictured(label_studio: LabelStudio, browser: Browser, tmp_path: Path) -> None:
    plan, tasks = chosen_plan(GUIDELINE), sample_tasks()
    service = Service(free_port(), tmp_path / "store.sqlite3", SECRET)
    url = store_url(str(service.store))
    migrate(url)
    store = open_store(url)
    story = tell(plan, tasks)
    draw_pictures(tasks, label_studio.folder)
    with Studio(label_studio.server) as studio:
        pushed = push_guideline(GUIDELINE, plan, label_studio.server, service, store)
        studio.join(*story.readers)
        studio.show_pictures(pushed.project)
        numbers = studio.import_tasks(pushed.project, story.data)
        watch = Watch(studio, store, pushed.server, pushed.project)
        with serving(service, label_studio.url, label_studio.token, tmp_path / "service.log"):
            shown = [watch.verdict(studio.submit(numbers[s.task], s.items, s.by)) for s in story.scenes[:SCENES]]
    store.dispose()
    assert [verdict and verdict.decision for verdict in shown] == [scene.decision for scene in story.scenes[:SCENES]]
    left_open = next(scene for scene in story.scenes if scene.what == "outline left open")
    browser.login_as(label_studio)
    editor = Editor(browser, label_studio.url, pushed.project)
    editor.quick_view(numbers[left_open.task])
    assert "open by" in editor.see_verdict("Returned")
    editor.select(1)
    browser.screenshot("picture-verdict")
    editor.label_stream()
    browser.see_text("Labeling Instructions")
    browser.screenshot("picture-instructions")
    browser.driver.set_window_size(*WIDE)
    browser.open(pushed.url)
    browser.see_text("Escalated")
    browser.driver.find_element(By.XPATH, "//*[text()='Returned']").click()
    browser.see_text("open by")
    browser.screenshot("picture-data-manager")


@pytest.mark.label_studio
@pytest.mark.browser
def test_thirteen_classes_look_as_pictured(room: Room) -> None:
    asked = chest()
    items = twelve_findings(asked)
    project = room.project(asked.outputs()["label_config.xml"])
    (task,) = room.studio.tasks(project, [{"image": drawn(), VERDICT: verdict_html(asked, items)}])
    room.studio.submit(task, items)
    view = room.open(asked, LARGE, project, task)
    view.select()
    assert "Regions 1 to 6: Malignancy is not answered" in view.editor.banner()
    view.keep("thirteen-classes")


def drawn() -> str:
    """A phantom with one bright spot, as a data URL."""
    with io.BytesIO() as file:
        phantom([SPOT], SIDE, 3).save(file, "PNG")
        return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
