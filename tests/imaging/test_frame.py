from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.resized import in_frame

HEADER = ImageFacts(rows=512, columns=400, spacing=Spacing(0.5, 0.8, source="Pixel Spacing"), modality="CT")


def test_the_original_size_keeps_its_spacing() -> None:
    assert in_frame(HEADER, 512, 400) is HEADER


def test_a_copy_resized_by_one_factor_keeps_its_size_in_mm_and_says_so() -> None:
    shown = in_frame(HEADER, 256, 200)
    assert shown.spacing is not None
    assert (shown.spacing.row_mm, shown.spacing.column_mm) == (1.0, 1.6)
    assert shown.spacing.source == "Pixel Spacing, rescaled from 400 × 512 to 200 × 256 pixels"
    assert (shown.rows, shown.columns, shown.modality) == (256, 200, "CT")


def test_a_side_may_be_rounded_to_a_whole_pixel() -> None:
    shown = in_frame(ImageFacts(rows=300, columns=512, spacing=Spacing(1, 1)), 234, 400)
    assert shown.spacing is not None
    assert shown.spacing.row_mm == pytest.approx(300 / 234)


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [
        (256, 400, "the image shown has 400 × 256 pixels, its header says 400 × 512, which is not the same shape"),
        (400, 512, "the image shown has 512 × 400 pixels, its header says 400 × 512: width and height are swapped"),
    ],
    ids=["squeezed", "turned"],
)
def test_any_other_size_makes_the_spacing_unknown(rows: int, columns: int, reason: str) -> None:
    shown = in_frame(HEADER, rows, columns)
    assert shown.spacing is None
    assert shown.spacing_problem == reason
    assert (shown.rows, shown.columns) == (512, 400)


def test_a_reason_that_was_there_before_stays() -> None:
    header = ImageFacts(rows=512, columns=512, spacing_problem="the task data has no PixelSpacing")
    assert in_frame(header, 512, 100).spacing_problem == "the task data has no PixelSpacing"
    assert in_frame(header, 256, 256).spacing_problem == "the task data has no PixelSpacing"


def test_without_rows_and_columns_the_stated_spacing_is_that_of_the_file_shown() -> None:
    shown = in_frame(ImageFacts(spacing=Spacing(0.7, 0.7)), 100, 200)
    assert shown.spacing == Spacing(0.7, 0.7)
    assert (shown.rows, shown.columns) == (100, 200)


@given(st.integers(50, 2000), st.integers(50, 2000), st.integers(1, 8))
def test_resizing_never_changes_the_physical_size(rows: int, columns: int, factor: int) -> None:
    header = ImageFacts(rows=rows * factor, columns=columns * factor, spacing=Spacing(0.3, 0.4))
    shown = in_frame(header, rows, columns)
    assert shown.spacing is not None
    assert shown.spacing.row_mm * rows == pytest.approx(0.3 * rows * factor)
    assert shown.spacing.column_mm * columns == pytest.approx(0.4 * columns * factor)
