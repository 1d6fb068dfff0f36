"""A real Chromium that logs in to Label Studio and keeps screenshots."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.remote.webelement import WebElement
    from tests.journeys.server import LabelStudio, Person

T = TypeVar("T")

PATIENCE_S = 300.0
"""Long enough for the busiest machine: only what never comes is a failure."""

WINDOW = 1400, 1000
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--window-size={WINDOW[0]},{WINDOW[1]}",
)
_HOW = "install chromium and chromium-driver (Debian: apt-get install chromium chromium-driver)"
_SAYING = """
const [css, text, begins] = arguments;
return [...document.querySelectorAll(css)].filter(element => {
  if (!element.getClientRects().length) return false;
  if (!text) return true;
  const said = element.innerText.trim();
  return begins ? said.startsWith(text) : said === text;
});
"""


def pause_s(waited_s: float) -> float:
    """How long to wait before asking again: soon at first, and later than asking costs those who are waited for."""
    return min(0.5, max(0.05, waited_s / 10))


def chromium(profile: Path) -> Chrome:
    """Start the Chromium of this machine with an empty profile, or skip with the way to get one."""
    binary = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip(_HOW)
    options = ChromeOptions()
    options.binary_location = binary
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    return Chrome(options=options, service=ChromeService(executable_path=driver))


def forget(driver: Chrome) -> None:
    """Give the browser a new window, and leave of what pages stored in it nothing but what was fetched."""
    old = driver.window_handles
    driver.switch_to.new_window("window")
    new = driver.current_window_handle
    for window in old:
        driver.switch_to.window(window)
        driver.close()
    driver.switch_to.window(new)
    stored = {"origin": "*", "storageTypes": "cookies,indexeddb,local_storage,service_workers"}
    driver.execute_cdp_cmd("Storage.clearDataForOrigin", stored)
    driver.set_window_size(*WINDOW)


def artifacts_folder() -> Path:
    """The folder of screenshots, made when missing."""
    folder = Path(os.environ.get("GUIDELINT_ARTIFACTS", "artifacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class Browser:
    """One window; waits are bounded and fail with a screenshot."""

    driver: Chrome
    artifacts: Path

    def open(self, url: str) -> None:
        self.driver.get(url)

    def login(self, url: str, email: str, password: str) -> None:
        """Sign in on the login page of the Label Studio at `url`."""
        self.open(f"{url}/user/login/")
        self.see('input[name="email"]').send_keys(email)
        self.see('input[name="password"]').send_keys(password)
        self.see('[type="submit"]').click()
        self.wait(lambda: "/user/login" not in self.driver.current_url, "being signed in")

    def login_as(self, studio: LabelStudio, person: Person | None = None) -> None:
        """Be signed in as a user of the test's server, by default its owner, without the pages that lead there."""
        for cookie in studio.signed_in(person).cookies.jar:
            told = {"name": cookie.name, "value": cookie.value, "url": studio.url}
            self.driver.execute_cdp_cmd("Network.setCookie", told)

    def resize(self, width: int, height: int, *, mobile: bool = False) -> None:
        """Show pages as on a screen of this size, in pixels; ``mobile``: as a phone does."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def see(self, css: str, *, within_s: float = PATIENCE_S) -> WebElement:
        """The first displayed element that matches."""
        return self.wait(lambda: self.shown(css), f"{css} to be shown", within_s=within_s)

    def see_text(self, text: str, *, within_s: float = PATIENCE_S) -> None:
        """Wait until the page shows a text."""
        self.wait(lambda: self.holds(text) and text in self.text(), f"the text {text!r}", within_s=within_s)

    def text(self) -> str:
        """Everything the page shows as text; half a second of work in the editor."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    def holds(self, text: str) -> bool:
        """Whether the page lays a text out, be it that something hides it; asked in no time."""
        found: bool = self.driver.execute_script("return document.body.innerText.includes(arguments[0])", text)
        return found

    def shown(self, css: str, text: str = "", *, begins: bool = False) -> WebElement | None:
        """The first displayed element that matches and says a text, or begins with it; the page looks them through."""
        candidates: list[WebElement] = self.driver.execute_script(_SAYING, css, text, begins)
        return next((element for element in candidates if element.is_displayed()), None)

    def heard(self, css: str) -> list[tuple[str, str]]:
        """What a screen reader is given of an element: roles and texts, in the order in which it reads them."""
        page = self.driver.execute_cdp_cmd("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        found = self.driver.execute_cdp_cmd("DOM.querySelector", {"nodeId": page, "selector": css})
        wanted = self.driver.execute_cdp_cmd("DOM.describeNode", found)["node"]["backendNodeId"]
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        begin = next(node for node in nodes if node.get("backendDOMNodeId") == wanted)
        return list(_spoken(begin, {node["nodeId"]: node for node in nodes}))

    def wait(self, condition: Callable[[], T | None], what: str, *, within_s: float = PATIENCE_S) -> T:
        """Wait until the condition gives something true; that value. A failure leaves a screenshot."""
        began = time.monotonic()
        while (waited_s := time.monotonic() - began) < within_s:
            try:
                if value := condition():
                    return value
            except StaleElementReferenceException:
                continue  # the page was redrawn between two questions
            time.sleep(pause_s(waited_s))
        shot = self.screenshot(f"failed-{re.sub(r'[^a-z0-9]+', '-', what.lower())[:60]}")
        pytest.fail(f"waited {within_s} s for {what}; see {shot}")

    def screenshot(self, name: str) -> Path:
        """Keep what the window shows as `<name>.png` among the artefacts."""
        path = self.artifacts / f"{name}.png"
        self.driver.save_screenshot(str(path))
        return path


def _spoken(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Roles and names of a node of Chromium's accessibility tree and of all below it; what is hidden is left out."""
    role = node.get("role", {}).get("value", "")
    if not node.get("ignored") and role != "InlineTextBox":
        yield role, str(node.get("name", {}).get("value", ""))
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _spoken(nodes[child], nodes)
