"""The means by which the editor is measured tell what is there: a picture that is cropped, a name that is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.journeys.room import SMALL
from tests.labelstudio.chest import chest

if TYPE_CHECKING:
    from tests.journeys.room import Room

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

TOO_LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis"
AS_LABEL_STUDIO_HAS_IT = f"""
<View>
  <Style>.lsf-label {{ max-width: 90px; overflow: hidden }}</Style>
  <RectangleLabels name="rectangle" toName="image"><Label value="Mass"/><Label value="{TOO_LONG}"/></RectangleLabels>
  <Image name="image" value="$image" zoom="true" zoomControl="true"/>
  <View className="gl-question"><Header value="View"/>
    <Choices name="view" toName="image"><Choice value="PA"/></Choices></View>
</View>
"""


def test_a_config_without_our_style_is_seen_to_crop_the_picture_and_to_cut_a_name(room: Room) -> None:
    """Should Label Studio ever show all of a picture by itself, the style that sees to it can go."""
    view = room.quick_view(chest(), SMALL, config=AS_LABEL_STUDIO_HAS_IT)
    seen = view.measured("plain")
    assert seen.zoom > 1
    assert seen.image_share < 0.95
    assert view.borders(seen, "plain")["right"] == 0
    assert (seen.classes, seen.classes_cut) == (("Mass", TOO_LONG), (TOO_LONG,))
    assert (seen.class_rows, seen.classes_in_sight) == (1, 2)
    assert (seen.region_questions, seen.image_questions) == (0, 0)

    view.browser.driver.execute_script("document.querySelector('.gl-question').scrollIntoView()")
    assert view.measured("plain-scrolled").image_questions == 1
