"""Places in another unit than percent: what is recognised, and what is left alone."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.region import Region
from guidelint.annotation.shape import Ellipse, KeyPoint, Rectangle
from guidelint.annotation.unit_slip import Unit, UnitSlip, unit_slip
from guidelint.annotation.vocabulary import Vocabulary
from guidelint.labelstudio.decoding.decoder import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from guidelint.annotation.shape import Shape
    from guidelint.annotation.submission import Submission

ROWS, COLUMNS = 1728, 3072
Box = tuple[float, float, float, float]
"""x, y, width, height as delivered."""


def region(shape: Shape, number: int = 1) -> Region:
    return Region(id=f"r{number}", class_name="lesion", shape=shape, image_shape=(ROWS, COLUMNS), number=number)


def delivered(*boxes: Box, turned: float = 0.0) -> tuple[Region, ...]:
    """Regions that Label Studio's numbers make, read as percent."""
    x_px, y_px = COLUMNS / 100, ROWS / 100
    return tuple(
        region(Rectangle(x * x_px, y * y_px, width * x_px, height * y_px, turned), number)
        for number, (x, y, width, height) in enumerate(boxes, 1)
    )


def told(slip: UnitSlip | None) -> tuple[Unit, int, bool] | None:
    return (slip.unit, len(slip.regions), slip.certain) if slip else None


FEW: tuple[Box, ...] = ((2691.55, 218.4, 143.4, 193.6), (20.0, 30.0, 40.0, 50.0), (600.0, 900.0, 90.0, 60.0))


@pytest.mark.parametrize(
    ("regions", "tells"),
    [
        pytest.param(delivered(FEW[0]), ("pixels", 1, True), id="one box in pixels"),
        pytest.param(delivered(*FEW), ("pixels", 3, True), id="and those that would fit as percent are meant too"),
        pytest.param(
            delivered(FEW[0], FEW[1], FEW[1], FEW[1]), ("pixels", 1, True), id="but not where most are percent"
        ),
        pytest.param(
            delivered(*(tuple(10 * n for n in box) for box in [(80, 10, 15, 9), (20, 85, 9, 9)])),  # type: ignore[arg-type]
            ("pixels", 2, True),
            id="thousandths of a larger image look like pixels",
        ),
        pytest.param(delivered((8000, 9000, 500, 500)), ("hundredfold", 1, True), id="percent times a hundred"),
        pytest.param(delivered((80_000, 9000, 500, 500)), None, id="no unit that is known"),
        pytest.param(delivered((50, 20, 160, 20)), ("pixels", 1, True), id="larger than the image"),
        pytest.param(delivered((95, 20, 9, 20)), None, id="sticking out of the image"),
        pytest.param(delivered((100, 20, 9, 20)), ("pixels", 1, True), id="beside the image"),
        pytest.param(delivered((-60, 20, 9, 20)), None, id="beside the image on the left"),
        pytest.param(delivered((0, 0, 105, 105)), None, id="hardly larger than the image"),
        pytest.param(
            delivered((0, 0, 110.5, 20)), ("pixels", 1, True), id="larger than the image by more than a tenth"
        ),
        pytest.param(delivered((0, 0, 109.5, 20)), None, id="larger than the image by less than a tenth"),
        pytest.param(delivered((80, 5, 50, 20), turned=90.0), None, id="turned into the image"),
        pytest.param(delivered((0.2, 0.3, 0.1, 0.2), (0.6, 0.5, 0.1, 0.2)), ("fractions", 2, True), id="fractions"),
        pytest.param(delivered((0.2, 0.3, 0.1, 0.2)), ("fractions", 1, False), id="one small region may be there"),
        pytest.param(delivered((0.2, 0.3, 0.01, 0.2)), ("fractions", 1, True), id="thinner than a pixel"),
        pytest.param(delivered((0.2, 0.3, 0.1, 0.2), (50, 5, 9, 9)), ("fractions", 1, False), id="one of two"),
        pytest.param(
            delivered(*[(0.2, 0.3, 0.1, 0.2)] * 3, (50, 5, 9, 9)), ("fractions", 3, True), id="three beside another"
        ),
        pytest.param(delivered((0.5, 0.5, 0.49, 0.2)), ("fractions", 1, False), id="just within the corner"),
        pytest.param(delivered((0.5, 0.5, 0.51, 0.2)), None, id="just out of the corner"),
        pytest.param(
            delivered(*[(0.2, 0.3, 0.1, 0.2)] * 2, (50, 5, 9, 9)), ("fractions", 2, False), id="two beside another"
        ),
        pytest.param(delivered((0.5, 0.5, 0.6, 0.2)), None, id="reaching out of the corner"),
        pytest.param(delivered((0, 0, 0, 0)), None, id="nothing but zero"),
        pytest.param((region(KeyPoint(float("nan"), 1.0)),), None, id="no number"),
        pytest.param((region(Ellipse(20.0, 10.0, 8.0, 6.0)),), ("fractions", 1, False), id="an ellipse"),
        pytest.param((), None, id="nothing drawn"),
    ],
)
def test_what_is_recognised(regions: tuple[Region, ...], tells: tuple[Unit, int, bool] | None) -> None:
    assert told(unit_slip(regions)) == tells


@given(st.lists(st.tuples(*[st.floats(0.1, 0.45)] * 4), min_size=2, max_size=6))
def test_one_slip_for_all_regions_of_a_program(shares: list[Box]) -> None:
    fractions = unit_slip(delivered(*shares))
    pixels = unit_slip(delivered(*((x * COLUMNS, y * ROWS, w * COLUMNS, h * ROWS) for x, y, w, h in shares)))
    percent = unit_slip(delivered(*((100 * x, 100 * y, 100 * w, 100 * h) for x, y, w, h in shares)))
    assert told(fractions) == ("fractions", len(shares), True)
    assert told(pixels) == ("pixels", len(shares), True)
    assert percent is None


def test_no_false_alarm_on_real_work_and_most_of_it_recognised_in_another_unit(real_data: Path) -> None:
    placed = slips = 0
    recognised = {"pixels": 0, "fractions": 0}
    for submission in _submissions(real_data):
        drawn = [one for one in submission.regions if one.tool in {"rectangle", "polygon", "keypoint", "ellipse"}]
        slips += unit_slip(submission.regions) is not None
        if not drawn:
            continue
        placed += 1
        for unit, scale in (("pixels", None), ("fractions", 0.01)):
            slip = unit_slip([_scaled(one, scale) for one in drawn])
            recognised[unit] += slip is not None and slip.unit == unit
    assert slips == 0
    assert placed > 3000
    assert recognised["pixels"] > 0.99 * placed
    assert recognised["fractions"] == placed


def _scaled(one: Region, scale: float | None) -> Region:
    """The region as it would be read had its program written pixels, or another share than percent."""
    rows, columns = one.image_shape
    x, y = (columns / 100, rows / 100) if scale is None else (scale, scale)
    match one.shape:
        case KeyPoint() as point:
            shape: Shape = KeyPoint(point.x * x, point.y * y)
        case _:
            assert one.outline is not None
            (left, top), (right, bottom) = one.outline.min(axis=0), one.outline.max(axis=0)
            shape = Rectangle(left * x, top * y, (right - left) * x, (bottom - top) * y)
    return Region(id=one.id, class_name=None, shape=shape, image_shape=one.image_shape)


def _submissions(folder: Path) -> Iterator[Submission]:
    names: Sequence[str] = (
        "bccd/bccd.json",
        "chestxdet/chestxdet_dev.json.gz",
        "eiph/eiph_round1_manual.json.gz",
        "eiph/eiph_round2_ai_assisted.json.gz",
        "lidc/lidc_dev.json.gz",
        "label_studio/exports/p1_JSON.json",
    )
    for name in names:
        packed = (folder / name).read_bytes()
        for task in json.loads(gzip.decompress(packed) if name.endswith(".gz") else packed):
            for annotation in task["annotations"]:
                yield decode(json.dumps(annotation).encode(), {}, Vocabulary(classes={}))
