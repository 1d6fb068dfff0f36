"""Four sequences in one task, in a real Label Studio: drawn on two of them, answered, handed in, judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.journeys.editor import Editor, mouse_on
from tests.journeys.guided import PICTURES, SIDE, guided

from guidelint.cli.demonstration.phantom import phantom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selenium.webdriver.remote.webelement import WebElement
    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

GUIDELINE = Path(__file__).parents[1] / "data" / "four_sequences.yaml"
SEQUENCES = ("t1", "t1c", "t2", "flair")
LARGE = [(0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.6), (0.3, 0.3)]
BESIDE = [(0.7, 0.7), (0.8, 0.7), (0.8, 0.8), (0.7, 0.8), (0.7, 0.7)]


def panel(browser: Browser, sequence: str) -> WebElement:
    """The panel of one image."""
    return browser.driver.find_elements(By.CSS_SELECTOR, ".gl-panel")[SEQUENCES.index(sequence)]


def draw(browser: Browser, sequence: str, label: str, places: Iterable[tuple[float, float]]) -> None:
    """Choose a class of one image, and click at places of it, as parts of its width and height."""
    of = panel(browser, sequence)
    next(one for one in of.find_elements(By.CSS_SELECTOR, ".lsf-label") if one.text.startswith(label)).click()
    canvas = of.find_element(By.CSS_SELECTOR, "canvas")
    width, height = canvas.rect["width"], canvas.rect["height"]
    for x, y in places:
        mouse_on(canvas, x * width, y * height).click().perform()
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()


def choose(of: WebElement, option: str) -> None:
    """Choose an option of what an image is asked."""
    next(one for one in of.find_elements(By.CSS_SELECTOR, ".gl-of-image .lsf-choice") if one.text == option).click()


def test_each_part_is_drawn_on_its_sequence_and_compared_across_them(
    label_studio: LabelStudio, browser: Browser, tmp_path: Path
) -> None:
    with guided(label_studio, tmp_path, str(GUIDELINE)) as project:
        data: dict[str, object] = {"PixelSpacing": [1, 1], "Rows": SIDE, "Columns": SIDE}
        for number, sequence in enumerate(SEQUENCES):
            phantom([], SIDE, number).save(project.pictures / f"{sequence}.png")
            data[sequence] = f"/data/local-files/?d={PICTURES}/{sequence}.png"
        (task,) = label_studio.tasks(project.project, [data])
        browser.resize(1440, 900)
        browser.login_as(label_studio)
        editor = Editor(browser, label_studio.url, project.project)
        editor.quick_view(task)

        draw(browser, "flair", "Oedema", LARGE)
        draw(browser, "t1c", "Enhancing tumour", BESIDE)
        for number in (1, 2):
            editor.select(number)
            editor.answer("Sharpness of the border", "Sharp")
        editor.key(Keys.ESCAPE)
        choose(panel(browser, "t1c"), "None")
        choose(panel(browser, "flair"), "Some")
        editor.answer("Resection cavity", "No")
        editor.submit()
        browser.see_text("Enhancing tumour on T1 after contrast")
        browser.screenshot("several-verdict")
        assert "only 0 % lies inside Oedema" in editor.banner()
