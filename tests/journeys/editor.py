"""Label Studio's editor as a person uses it: mouse, keys, and what the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.journeys.browser import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selenium.webdriver.remote.webelement import WebElement
    from tests.journeys.browser import Browser

BANNER = ".gl-verdict"
_WATCH = """
const [banner, text] = arguments;
const told = window.guidelintTold = {};
document.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (button && ['Submit', 'Update'].includes(button.innerText.trim())) told.pressed = performance.now();
}, true);
new MutationObserver(() => {
  const shown = document.querySelector(banner);
  if (told.pressed && !told.seen && shown && shown.innerText.includes(text)) told.seen = performance.now();
}).observe(document.body, {childList: true, subtree: true, characterData: true});
"""


def mouse_on(canvas: WebElement, x: float, y: float) -> ActionChains:
    """Move the mouse to a place of a picture, in pixels of the page from its corner, scrolled into sight."""
    driver = canvas.parent
    left, top = driver.execute_script(
        "arguments[0].scrollIntoView({block: 'nearest'});"
        "const r = arguments[0].getBoundingClientRect(); return [r.left, r.top]",
        canvas,
    )
    actions = ActionChains(driver)
    actions.w3c_actions.pointer_action.move_to_location(round(left + x), round(top + y))  # type: ignore[no-untyped-call]
    return actions


@dataclass(frozen=True)
class Editor:
    """The editor of one project, in quick view or in the label stream; places are pixels of an image `side` wide."""

    browser: Browser
    url: str
    project: int
    side: int = 512

    def quick_view(self, task: int) -> None:
        """Open one task beside the Data Manager's list."""
        self.browser.open(f"{self.url}/projects/{self.project}/data?task={task}")
        self._ready()

    def label_stream(self) -> None:
        """Open the first task of the queue, as "Label All Tasks" does."""
        self.browser.open(f"{self.url}/projects/{self.project}/data?labeling=1")
        self._ready()

    def close_instructions(self) -> None:
        """Close the instructions that the label stream shows first."""
        self.browser.see_text("Labeling Instructions")
        ActionChains(self.browser.driver).send_keys(Keys.ESCAPE).perform()
        self.browser.wait(lambda: not self.browser.holds("Labeling Instructions"), "the instructions to close")

    def choose(self, label: str) -> None:
        """Press a class button."""
        self._press(".lsf-label__text", label)

    def draw(self, places: Iterable[tuple[float, float]]) -> None:
        """Click at each place of the image."""
        for x, y in places:
            self.click(x, y)

    def click(self, x: float, y: float) -> None:
        """Click at a place of the image."""
        self._mouse(x, y).click().perform()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one place of the image and let it go at another."""
        self._mouse(*start).click_and_hold().perform()
        self._mouse((start[0] + end[0]) / 2, (start[1] + end[1]) / 2).perform()
        self._mouse(*end).release().perform()

    def select(self, number: int) -> None:
        """Select a region by its number in the region list; its questions appear."""
        regions = '[class*="outliner-item__index"]'
        self._press(regions, str(number))

    def answer(self, question: str, option: str) -> None:
        """Choose an option (the text on its button) of a question (its title)."""
        box = self.browser.wait(
            lambda: self.browser.shown(".gl-question", question, begins=True), f"the question {question}"
        )
        for element in box.find_elements(By.CSS_SELECTOR, ".lsf-choice"):
            if element.text.split("\n")[0].startswith(option):
                self.browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
                element.click()
                return
        raise AssertionError(f"{question} has no option {option}: {box.text!r}")

    def key(self, *keys: str) -> None:
        """Press keys."""
        ActionChains(self.browser.driver).send_keys(*keys).perform()

    def shifted(self, key: str) -> None:
        """Press a key while Shift is held."""
        ActionChains(self.browser.driver).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def draw_with(self, tool: str) -> None:
        """Press a position of the switch of tools, by what is written on it."""
        self._press(".gl-sw summary", tool)

    def chord(self, modifier: str, key: str) -> None:
        """Press a key while another is held."""
        ActionChains(self.browser.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def submit(self) -> None:
        """Press Submit."""
        self._press("button:enabled", "Submit")

    def skip(self) -> None:
        """Press Skip, in the label stream."""
        self._press("button:enabled", "Skip")

    def update(self) -> None:
        """Press Update."""
        self._press("button:enabled", "Update")

    def remove(self, number: int) -> None:
        """Delete a region by its number in the region list."""
        self.select(number)
        self.key(Keys.BACKSPACE)

    def previous(self) -> None:
        """Go back to the task submitted last, in the label stream."""
        self.browser.see('[data-testid="prev-task"], [aria-label="Previous task"], .lsf-history-buttons button').click()

    def banner(self) -> str:
        """The verdict as the page shows it, empty when there is none; style shows what the driver takes for folded."""
        said: list[str] = self.browser.driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map(shown => shown.innerText)", BANNER
        )
        return " ".join(" ".join(said).split())

    def watch_for(self, text: str) -> None:
        """Let the page itself take the time from Submit until the banner holds a text."""
        self.browser.driver.execute_script(_WATCH, BANNER, text)

    def seconds_to_verdict(self) -> float | None:
        """What the page took down; None: the text was not seen since Submit."""
        told: dict[str, float] = self.browser.driver.execute_script("return window.guidelintTold || {}")
        return (told["seen"] - told["pressed"]) / 1000 if "seen" in told else None

    def see_verdict(self, text: str, *, within_s: float = PATIENCE_S) -> str:
        """Wait until the banner holds a text; the whole banner."""
        return self.browser.wait(
            lambda: said if text in (said := self.banner()) else None, f"the verdict {text!r}", within_s=within_s
        )

    def _ready(self) -> None:
        self.browser.see("canvas")
        self.browser.wait(lambda: self._image_width() > 0, "the image to be loaded")

    def _image_width(self) -> float:
        width = self.browser.driver.execute_script(
            "const o = window.Htx && window.Htx.annotationStore.selected"
            " && window.Htx.annotationStore.selected.objects.find(o => o.type === 'image');"
            "return o && o.imageIsLoaded ? o.stageWidth : 0"
        )
        return float(width or 0)

    def _mouse(self, x: float, y: float) -> ActionChains:
        """Move the mouse to a place of the image, scrolled into sight."""
        scale = self._image_width() / self.side
        return mouse_on(self.browser.see("canvas"), x * scale, y * scale)

    def _press(self, css: str, text: str) -> None:
        """Press what says a text, once it is there; if it is drawn anew meanwhile, what stands in its place."""

        def pressed() -> bool:
            if element := self.browser.shown(css, text):
                element.click()
            return element is not None

        self.browser.wait(pressed, f"{css} saying {text!r}")
