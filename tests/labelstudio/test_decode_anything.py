"""Nothing that JSON can say stops the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.labelstudio.payloads import VOCABULARY

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.submission import Submission
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.keys import ImageKeys
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.labelstudio.decoding.shapes import TOOL_OF_TYPE

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

pytestmark = pytest.mark.many

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
NUMBER = st.floats(-200, 200) | JSON
TYPES = st.sampled_from([*TOOL_OF_TYPE, "labels", "choices", "rating", "number", "textarea", "taxonomy", "relation"])
VALUE = st.fixed_dictionaries(
    {},
    optional={
        "x": NUMBER,
        "y": NUMBER,
        "width": NUMBER,
        "height": NUMBER,
        "rotation": NUMBER,
        "radiusX": NUMBER,
        "radiusY": NUMBER,
        "points": st.lists(st.lists(NUMBER, min_size=2, max_size=2), max_size=5) | JSON,
        "vertices": st.lists(st.fixed_dictionaries({"x": NUMBER, "y": NUMBER}), max_size=4) | JSON,
        "rle": st.lists(st.integers(-1, 300), max_size=30) | JSON,
        "imageDataURL": st.just("data:image/png;base64,iVBORw0KGgo=") | JSON,
        "polygonlabels": st.just(["effusion"]) | JSON,
        "brushlabels": st.just(["Ground-glass nodule"]) | JSON,
        "choices": st.just(["Smooth"]) | JSON,
        "rating": JSON,
        "text": JSON,
        "taxonomy": JSON,
    },
)
CONTROLS = st.sampled_from(["box", "ell", "poly", "kp", "vec", "bm", "lesion", "margin", "quality", "vessel"])
ITEM = st.fixed_dictionaries(
    {"type": TYPES | JSON},
    optional={
        "id": st.sampled_from(["a", "b"]) | JSON,
        "from_name": CONTROLS | JSON,
        "to_name": JSON,
        "value": VALUE | JSON,
        "original_width": st.integers(1, 40) | JSON,
        "original_height": st.integers(1, 40) | JSON,
        "meta": JSON,
        "origin": JSON,
        "parentID": JSON,
    },
)
ANNOTATION = st.fixed_dictionaries(
    {"result": st.lists(ITEM | JSON, max_size=6) | JSON},
    optional={"id": JSON, "completed_by": JSON, "was_cancelled": JSON, "lead_time": JSON, "created_at": JSON},
)


def _measured(region: Region) -> bool:
    """Whether a region has an area, or a reason why it has none."""
    try:
        return region.mask.area_px >= 0
    except NotMeasurable as reason:
        return bool(str(reason))


def _read(raw: bytes, data: dict[str, object]) -> Submission | str:
    """Decode, or give the reason why not."""
    try:
        return decode(raw, data, VOCABULARY)
    except PayloadError as error:
        return str(error)


@settings(deadline=None, max_examples=examples(300))
@given(ANNOTATION | JSON, st.dictionaries(st.sampled_from(list(msgspec.to_builtins(ImageKeys()).values())), JSON))
def test_any_json_is_a_submission_or_refused_with_a_reason(annotation: object, data: dict[str, object]) -> None:
    read = _read(msgspec.json.encode(annotation), data)
    assert read
    if isinstance(read, Submission):
        assert all(_measured(region) for region in read.regions)
        assert [region.number for region in read.regions] == list(range(1, len(read.regions) + 1))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_reason_or_read(raw: bytes) -> None:
    assert _read(raw, {})
