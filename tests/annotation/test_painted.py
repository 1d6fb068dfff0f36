"""Images of values as masks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from tests.geometry.arrays import array_of

from guidelint.annotation.decoding.parts import painted as part
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.geometry.mask import MaskError

Values = npt.NDArray[np.int16]


@given(arrays(np.int16, array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.integers(-2, 3)))
@settings(deadline=None)
def test_every_value_but_the_background_has_the_pixels_that_have_it(values: Values) -> None:
    found = dict(painted(values))
    assert list(found) == sorted(set(values.reshape(-1).tolist()) - {0})
    for value, mask in found.items():
        assert np.array_equal(array_of(mask), values == value)


def test_every_value_may_mean_something() -> None:
    found = dict(painted(np.array([[0, 0, 5]]), background=None))
    assert {value: mask.area_px for value, mask in found.items()} == {0: 2, 5: 1}


def test_columns_may_lie_apart_in_memory() -> None:
    values = np.arange(12).reshape(3, 4).T
    assert all(array_of(mask)[values == value].all() for value, mask in painted(values))


def test_noise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_RUNS", 3)
    assert len(dict(painted(np.array([[1, 2, 3]])))) == 3
    with pytest.raises(MaskError, match="changes its value more than 3 times"):
        dict(painted(np.array([[1, 2], [3, 4]])))


def test_an_image_without_pixels_has_no_values() -> None:
    assert dict(painted(np.zeros((0, 3), np.uint8))) == {}


def test_more_values_than_are_judged_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_VALUES", 2)
    assert len(dict(painted(np.array([[1, 2]])))) == 2
    with pytest.raises(MaskError, match="the image has 3 values; more than 2 on one are not read"):
        dict(painted(np.array([[1, 2, 3]])))
