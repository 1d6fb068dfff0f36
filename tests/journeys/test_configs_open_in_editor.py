"""Compiled labeling configs in Label Studio's own editor: they open, fit a screen and deliver what was promised."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.journeys.editor import Editor
from tests.labelstudio.guidelines import everything, phantom

import guidelint.labelstudio
from guidelint.labelstudio.config.label_config import VERDICT
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import released
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

COMPILED = Path(guidelint.labelstudio.__path__[0]).parent / "compiled"
STORED = [COMPILED / item.label.replace("@", "/") / "label_config.xml" for item in released()]
"""Of what is released; a draft is opened and looked at by whoever writes it."""
WIDTH, HEIGHT = 1280, 900
BOTTOM_BAR = 50
WHOLE = 490
"""Side in pixels of a square image that is whole in sight; before, 512 px of which 21 on each side were cut off."""
DRAWN = {"polygon", "rectangle", "ellipse", "keypoint", "brush", "bitmask", "vector"}
BANNER = "<p><b>Returned: 1 thing to change.</b> Region 1: the outline is open by <b>4.6 mm</b>.</p>"


@dataclass(frozen=True)
class Opened:
    """A task open in the editor on a screen of 1280 × 900."""

    server: LabelStudio
    browser: Browser
    editor: Editor
    task: int

    def classes(self) -> list[str]:
        return [item.text.split("\n")[0] for item in self.browser.driver.find_elements(By.CSS_SELECTOR, ".lsf-label")]

    def bottom_of(self, css: str) -> float:
        """Lower edge, in pixels from the top of the window, of the lowest displayed element that matches."""
        found = self.browser.driver.find_elements(By.CSS_SELECTOR, css)
        return max(float(item.rect["y"] + item.rect["height"]) for item in found if item.is_displayed())


def opened(server: LabelStudio, browser: Browser, config: str, **data: str) -> Opened:
    """Make a project of a config with one phantom, and open it as its owner."""
    browser.resize(WIDTH, HEIGHT)
    project = server.project("A labeling config", config)
    key = "slice" if "$slice" in config else "image"
    (task,) = server.tasks(project, [{key: phantom(), **data}])
    browser.login_as(server)
    return Opened(server, browser, Editor(browser, server.url, project), task)


def test_there_are_stored_configs() -> None:
    assert STORED != []


@pytest.mark.parametrize("file", STORED, ids=lambda file: f"{file.parts[-3]}-{file.parts[-2]}")
def test_a_stored_config_opens_with_image_and_class_buttons_in_sight(
    file: Path, label_studio: LabelStudio, browser: Browser
) -> None:
    found = opened(label_studio, browser, file.read_text("utf-8"))
    found.editor.quick_view(found.task)

    browser.screenshot(f"config-{file.parts[-3]}-{file.parts[-2]}")
    assert "ConfigurationError" not in browser.text()
    assert len(found.classes()) == file.read_text("utf-8").count("<Label ")
    assert found.bottom_of(".lsf-label") <= found.bottom_of("canvas") <= HEIGHT - BOTTOM_BAR
    assert browser.see("canvas").rect["width"] >= WHOLE


def test_the_nine_ratings_of_a_nodule_are_answered_beside_the_image_without_scrolling(
    label_studio: LabelStudio, browser: Browser
) -> None:
    config = (COMPILED / "lung-nodule-ct" / "1.0.0" / "label_config.xml").read_text("utf-8")
    found = opened(label_studio, browser, config)
    found.editor.quick_view(found.task)
    found.editor.choose("Nodule ≥ 3 mm")
    found.editor.draw([(170, 230), (195, 230), (195, 255), (170, 255), (170, 230)])
    found.editor.select(1)
    browser.see(".gl-scale")

    browser.screenshot("config-ratings")
    shown = [item for item in browser.driver.find_elements(By.CSS_SELECTOR, ".gl-question") if item.is_displayed()]
    assert len(shown) == 9
    assert found.bottom_of(".gl-question") <= HEIGHT - BOTTOM_BAR
    assert browser.see("canvas").rect["width"] >= WHOLE
    ends = [item.text for item in shown[-1].find_elements(By.CSS_SELECTOR, ".gl-end")]
    assert ends == ["Highly unlikely", "Highly suspicious"]
    found.editor.answer("Malignancy", "4")
    chosen = shown[-1].find_element(By.CSS_SELECTOR, ".ant-checkbox-checked + span .gl-chosen")
    assert (chosen.text, chosen.value_of_css_property("clip-path")) == ("Moderately suspicious", "none")


def test_a_verdict_stands_above_the_image_and_nothing_does_before_there_is_one(
    label_studio: LabelStudio, browser: Browser
) -> None:
    config = STORED[0].read_text("utf-8")
    without = opened(label_studio, browser, config)
    (judged,) = label_studio.tasks(without.editor.project, [{"image": phantom(), VERDICT: BANNER}])
    without.editor.quick_view(without.task)
    assert browser.driver.find_element(By.CSS_SELECTOR, ".gl-verdict").rect["height"] == 0

    without.editor.quick_view(judged)
    without.editor.see_verdict("the outline is open by 4.6 mm")
    assert without.bottom_of(".gl-verdict") <= browser.see("canvas").rect["y"]


def test_what_the_editor_delivers_fits_the_schema(label_studio: LabelStudio, browser: Browser) -> None:
    texts = outputs(everything(), compile_plan(everything(), catalogue()))
    found = opened(label_studio, browser, texts["label_config.xml"])
    editor = found.editor
    editor.quick_view(found.task)
    assert "ConfigurationError" not in browser.text()

    editor.key("q")
    editor.draw([(60, 60), (120, 60), (120, 110), (60, 110), (60, 60)])
    editor.key(Keys.ESCAPE)
    editor.shifted("a")
    editor.drag((200, 60), (260, 100))
    editor.key(Keys.ESCAPE, "a")
    editor.drag((330, 90), (360, 110))
    editor.key(Keys.ESCAPE)
    editor.shifted("q")
    editor.drag((60, 200), (110, 215))
    editor.key(Keys.ESCAPE)
    editor.draw_with("Mask")
    editor.choose("Mass < 3 cm & more")
    editor.drag((200, 200), (250, 215))
    editor.key(Keys.ESCAPE, "s")
    editor.click(340, 210)
    editor.key(Keys.ESCAPE, "d")
    editor.draw([(60, 300), (160, 320), (260, 310)])
    editor.key(Keys.ESCAPE)
    editor.answer("Image quality", "Good")
    editor.answer("Other findings", "Effusion")
    for number in range(1, 6):
        editor.select(number)
        editor.answer("Suspicion", "2")
    browser.screenshot("config-every-tool")
    editor.submit()

    result = browser.wait(lambda: submitted(found), "the submission to be stored")
    assert {item["from_name"] for item in result} >= DRAWN | {"suspicion", "quality", "findings"}
    schema = json.loads(texts["submission.schema.json"])
    assert [error.message[:200] for error in Draft202012Validator(schema).iter_errors(result)] == []


def submitted(found: Opened) -> list[dict[str, Any]] | None:
    annotations = found.server.task(found.task)["annotations"]
    return annotations[0]["result"] if annotations else None


def test_this_test_sees_a_config_that_the_server_takes_and_the_editor_does_not(
    label_studio: LabelStudio, browser: Browser
) -> None:
    config = (
        '<View><Image name="image" value="$image"/><Collapse><Panel value="x"><Markdown value="y"/></Panel></Collapse>'
        '<Choices name="c" toName="image"><Choice value="a"/></Choices></View>'
    )
    found = opened(label_studio, browser, config)
    browser.open(f"{label_studio.url}/projects/{found.editor.project}/data?task={found.task}")
    browser.see_text("ConfigurationError")


def test_instructions_open_by_themselves_with_their_tables(label_studio: LabelStudio, browser: Browser) -> None:
    folder = COMPILED / "lung-nodule-ct" / "1.0.0"
    found = opened(label_studio, browser, (folder / "label_config.xml").read_text("utf-8"))
    texts = {
        **json.loads((folder / "project.json").read_text("utf-8")),
        "expert_instruction": (folder / "instructions.html").read_text("utf-8"),
    }
    answer = label_studio.api.patch(f"/api/projects/{found.editor.project}/", json=texts)
    assert answer.json()["expert_instruction"] == texts["expert_instruction"]

    found.editor.label_stream()
    browser.see_text("How to draw")
    browser.screenshot("config-instructions")
    swatch = browser.see(".gli-swatch")
    assert swatch.value_of_css_property("background-color") == "rgba(229, 57, 53, 1)"
