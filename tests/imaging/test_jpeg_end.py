"""A JPEG that lacks blocks is not read as one that is grey there, whatever its data say themselves."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow
from tests.imaging.test_pixels import fragments, read, why_not, write_image

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels import jpeg_end

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = (61, 83)
CONTENTS = {
    "smooth": np.add.outer(np.arange(61), np.arange(83)).astype(np.uint8),
    "noise": np.random.default_rng(1).integers(0, 256, SHAPE, np.uint8),
    "flat": np.full(SHAPE, 77, np.uint8),
}
WAYS = {
    "sequential": {},
    "progressive": {"progressive": True},
    "optimized": {"optimize": True},
    "restarting": {"restart_marker_blocks": 3},
    "in colour": {"mode": "RGB", "subsampling": 2},
}
END = b"\xff\xd9"


def jpeg(content: str, *, mode: str = "L", **way: object) -> bytes:
    file = BytesIO()
    Pillow.fromarray(CONTENTS[content]).convert(mode).save(file, "JPEG", quality=85, **way)
    return file.getvalue()


def ended_at(whole: bytes, share: float) -> bytes:
    """Cut off the data of the last scan, and say that they end there."""
    begin = whole.rfind(b"\xff\xda") + 14
    cut = begin + int((len(whole) - len(END) - begin) * share)
    return whole[:cut].removesuffix(b"\xff") + END


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("content", CONTENTS)
def test_a_whole_one_is_read_and_one_that_ends_early_says_so(tmp_path: Path, content: str, way: str) -> None:
    whole = jpeg(content, **WAYS[way])  # type: ignore[arg-type]
    (tmp_path / "a.jpg").write_bytes(whole)
    assert read(tmp_path, "a.jpg").shape == SHAPE
    shown = np.asarray(Pillow.open(BytesIO(whole)))
    for share in (0.1, 0.5, 0.9):
        ended = ended_at(whole, share)
        if not np.array_equal(np.asarray(Pillow.open(BytesIO(ended))), shown):
            (tmp_path / "a.jpg").write_bytes(ended)
            assert f"a.jpg cannot be read: {jpeg_end.ENDS_EARLY}" in why_not(tmp_path, "a.jpg")


def test_one_that_is_just_cut_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg("noise")[:-400])
    assert "image file is truncated" in why_not(tmp_path, "a.jpg")


def test_a_progressive_one_without_its_last_scan_is_no_whole_picture(tmp_path: Path) -> None:
    whole = jpeg("noise", progressive=True)
    (tmp_path / "a.jpg").write_bytes(whole[: whole.rfind(b"\xff\xc4")] + END)
    assert jpeg_end.ENDS_EARLY in why_not(tmp_path, "a.jpg")


def test_what_stands_behind_a_whole_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg("smooth") + jpeg("noise")[:900] + bytes(100))
    assert read(tmp_path, "a.jpg").shape == SHAPE


def test_one_of_arithmetic_coding_or_larger_than_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = jpeg("smooth")
    with Pillow.open(BytesIO(whole)) as picture, pytest.raises(NotMeasurable, match="of arithmetic coding"):
        jpeg_end.refuse_early_end(BytesIO(whole.replace(b"\xff\xc0", b"\xff\xc9")), picture)
    (tmp_path / "a.jpg").write_bytes(whole + bytes(2**20))
    monkeypatch.setattr(jpeg_end, "MOST_BYTES", 2**20)
    assert "it is larger than 1 MiB, the most that is read of a JPEG" in why_not(tmp_path, "a.jpg")


def test_a_frame_of_a_dicom_file_that_ends_early_says_so(tmp_path: Path) -> None:
    whole = jpeg("noise")
    of_eight_bits = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "Rows": 61, "Columns": 83}
    for name, content in {"a.dcm": whole, "b.dcm": ended_at(whole, 0.5)}.items():
        even = content + bytes(len(content) % 2)
        given = {**of_eight_bits, "SOPInstanceUID": f"1.{len(name)}", "PixelData": fragments(even)}
        write_image(tmp_path / name, given=given, syntax="1.2.840.10008.1.2.4.50")
    assert read(tmp_path, "a.dcm").shape == SHAPE
    assert jpeg_end.ENDS_EARLY in why_not(tmp_path, "b.dcm")
