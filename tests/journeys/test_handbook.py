"""A handbook is read at a desk, on a phone and on paper, with a keyboard and by a screen reader."""

from __future__ import annotations

import base64
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from guidelint import api

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from tests.journeys.browser import Browser

pytestmark = pytest.mark.browser

DESK, PHONE = 1440, 400
ASKED: Final = ("thyroid-nodule-ultrasound", "diabetic-retinopathy-fundus")
"""One with points and examples, one with decisions and groups of classes."""
_TOO_WIDE: Final = """
return [...document.querySelectorAll('body *')].filter(one => one.getClientRects().length
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !one.closest('.hb-table')).map(one => one.outerHTML.slice(0, 200));
"""
_AXE: Final = """
const done = arguments[0];
axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations.map(
  one => [one.id, one.impact, one.nodes.map(node => node.html.slice(0, 200))])));
"""
_SHOWN: Final = """
return [...document.querySelectorAll('main > section')].filter(one => one.getClientRects().length)
  .map(one => one.firstElementChild.textContent);
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the handbooks, by name."""
    folder, found = tmp_path_factory.mktemp("handbooks"), dict[str, str]()
    for name in ASKED:
        (folder / f"{name}.html").write_text(api.load(name).handbook(), encoding="utf-8")
        found[name] = (folder / f"{name}.html").as_uri()
    return found


def opened(browser: Browser, address: str, width: int, scheme: str = "light") -> Chrome:
    browser.resize(width, 900, mobile=width == PHONE)
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    browser.open(address)
    return browser.driver


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_cut_off_and_axe_finds_nothing(browser: Browser, pages: dict[str, str], name: str) -> None:
    axe = find_spec("axe_core_python")
    if axe is None or axe.origin is None:
        pytest.skip("axe-core-python is not installed")
    rules = Path(axe.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    for width, scheme in ((DESK, "light"), (DESK, "dark"), (PHONE, "light")):
        driver = opened(browser, pages[name], width, scheme)
        assert driver.execute_script(_TOO_WIDE) == []
        driver.execute_script(rules)
        assert driver.execute_async_script(_AXE) == []


def test_words_are_searched_from_the_keyboard_and_everything_comes_back(
    browser: Browser, pages: dict[str, str]
) -> None:
    driver = opened(browser, pages["thyroid-nodule-ultrasound"], DESK)
    every = driver.execute_script(_SHOWN)
    ActionChains(driver).send_keys("/", "comet tails").perform()
    assert driver.execute_script("return document.activeElement.id") == "hb-find"
    assert driver.execute_script(_SHOWN) == ["Classes", "Special cases"]
    assert re.fullmatch(r"\d+ places", driver.execute_script("return document.querySelector('#hb-found').textContent"))
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()
    assert driver.execute_script(_SHOWN) == every


def test_it_is_printed_on_a4_with_the_pages_counted(browser: Browser, pages: dict[str, str]) -> None:
    driver = opened(browser, pages["diabetic-retinopathy-fundus"], PHONE)
    printed: dict[str, Any] = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = base64.b64decode(printed["data"])
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", pdf)
    assert 5 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 20
