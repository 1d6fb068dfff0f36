"""Pictures of classes in the editor: in the buttons and beside the definitions, and the image stands where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from tests.journeys.room import SMALL, Screen
from tests.labelstudio.chest import THREE, chest

from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import Marker

if TYPE_CHECKING:
    from tests.journeys.room import Room

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
_PICTURE = (
    "data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA0IDMiPjxyZWN0IHdpZHRoPSI0IiBoZWlnaHQ9IjMi"
    "IGZpbGw9IiMyNjJjMzMiLz48Y2lyY2xlIGN4PSIyIiBjeT0iMS41IiByPSIxIiBmaWxsPSIjNWZkMzhhIi8+PC9zdmc+"
)
_SHOWN = """
return [...document.querySelectorAll(arguments[0])].filter(one => one.getClientRects().length)
  .map(one => getComputedStyle(one).backgroundImage.slice(0, 30));
"""


def test_each_button_shows_its_class_and_the_image_stands_where_it_stood(room: Room) -> None:
    asked = chest(THREE)
    guideline = asked.guideline()
    config = label_config(guideline, Marker("pictured", "1.0.0", "0" * 64), dict.fromkeys(guideline.classes, _PICTURE))
    view = room.quick_view(asked, SMALL, config=config)
    driver = view.browser.driver
    assert view.measured("thumbnails").image_top <= 110
    shown = driver.execute_script(_SHOWN, ".gl-classes .lsf-label .gl-thumb")
    assert shown == ['url("data:image/svg+xml;base64'] * len(guideline.classes)
    names = [one.text.split("\n")[0].strip() for one in driver.find_elements(By.CSS_SELECTOR, ".lsf-label")]
    assert {one.title for one in guideline.classes.values()} <= set(names)
    driver.find_element(By.CSS_SELECTOR, ".gl-definitions .ant-collapse-header").click()
    view.browser.wait(lambda: bool(driver.execute_script(_SHOWN, ".gl-definition .gl-thumb")), "the picture")
    view.keep("thumbnail-beside-definition")
    view = room.quick_view(asked, Screen(400, 800), config=config)
    view.keep("thumbnails")
    assert driver.execute_script(_SHOWN, ".gl-classes .lsf-label .gl-thumb") == []
