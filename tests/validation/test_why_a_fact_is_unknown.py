"""A fact that is not known says what is wrong with what was delivered."""

from __future__ import annotations

import pytest

from guidelint.imaging.header import header_facts
from guidelint.imaging.keys import ImageKeys
from guidelint.validation.rule.image_fact import FACTS

NAMED = ImageKeys(slice_thickness="thickness")


@pytest.mark.parametrize(
    ("data", "keys", "why"),
    [
        ({}, NAMED, "is not known: the task data has no thickness; deliver it"),
        ({"thickness": " "}, NAMED, "is not known: the task data has no thickness; deliver it"),
        ({"SliceThickness": -1}, ImageKeys(), "is not known: SliceThickness in the task data cannot be read: a number"),
        ({}, ImageKeys(), "is not known; deliver it, or name the key"),
    ],
)
def test_the_reason_is_that_of_the_delivery(data: dict[str, object], keys: ImageKeys, why: str) -> None:
    assert why in str(FACTS["slice_thickness"].not_known(header_facts(data, keys)))
