"""Pixels of files: as their header means them, one frame of several, and within bounds."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as Pillow
from pydicom.data import get_testdata_file
from tests.imaging.dicom_file import DEFLATED, EXPLICIT, write_dicom
from tests.imaging.png_without_rows import chunk, without_last_row

from guidelint.geometry.mask import Box
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.beside import KEYWORDS, Record
from guidelint.imaging.pixels import bounds, dicom
from guidelint.imaging.pixels.frame import Frame
from guidelint.imaging.pixels.grey import Grey
from guidelint.imaging.pixels.pixels import NO_PIXELS, Pixels, Recent
from guidelint.imaging.providers.folder import FolderImages, folder_images
from guidelint.imaging.supplied.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Mapping

STORED = np.array([[0, 100, 200], [1000, 1500, 4095]], np.uint16)


def write_image(
    path: Path,
    stored: npt.NDArray[np.uint16] = STORED,
    given: Mapping[str, object] | None = None,
    *,
    syntax: str = EXPLICIT,
    **more: object,
) -> Path:
    """Write a DICOM image of 12 bits."""
    rows, columns = stored.shape[-2:]
    facts: dict[str, object] = {
        "SOPInstanceUID": "1.2.3",
        "Modality": "CT",
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "Rows": rows,
        "Columns": columns,
        "BitsAllocated": 16,
        "BitsStored": 12,
        "HighBit": 11,
        "PixelRepresentation": 0,
        "PixelData": stored.astype("<u2").tobytes(),
        **(given or {}),
        **more,
    }
    write_dicom(path, {name: value for name, value in facts.items() if value is not None}, syntax=syntax)
    return path


def read(folder: Path, name: str = "a.png", frame: Frame | None = None) -> Grey:
    return folder_images(folder).read(name, "", frame)


def values(grey: Grey) -> list[list[float]]:
    rows, columns = grey.shape
    return [[float(value) for value in row] for row in grey.within(Box(0, 0, rows, columns))]


def why_not(folder: Path, name: str = "a.png", frame: Frame | None = None) -> str:
    with pytest.raises(NotMeasurable) as told:
        read(folder, name, frame)
    return str(told.value)


@pytest.mark.parametrize("syntax", [EXPLICIT, DEFLATED])
def test_ct_is_rescaled_to_hounsfield_units(tmp_path: Path, syntax: str) -> None:
    write_image(tmp_path / "a.dcm", syntax=syntax, RescaleSlope="1", RescaleIntercept="-1000")
    grey = read(tmp_path)
    assert values(grey) == [[-1000, -900, -800], [0, 500, 3095]]
    assert (grey.unit, grey.source) == ("HU", f"{tmp_path.name}/a.dcm")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"Modality": "MR", "RescaleSlope": "1", "RescaleIntercept": "-1000"}, id="MR"),
        pytest.param({"RescaleSlope": "1", "RescaleIntercept": "-1000", "RescaleType": "US"}, id="unspecified type"),
        pytest.param({"RescaleSlope": "1", "RescaleIntercept": "0"}, id="air cannot be stored"),
        pytest.param(
            {"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"], "RescaleSlope": "1", "RescaleIntercept": "-1000"},
            id="localizer",
        ),
        pytest.param({}, id="not rescaled"),
    ],
)
def test_what_is_not_surely_in_hounsfield_units_is_grey(tmp_path: Path, more: dict[str, object]) -> None:
    write_image(tmp_path / "a.dcm", given=more)
    assert read(tmp_path).unit == "grey"


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"RescaleSlope": "0", "RescaleIntercept": "-1000"}, id="all values one"),
        pytest.param({"RescaleSlope": "1e300", "RescaleIntercept": "-1000"}, id="too steep"),
        pytest.param({"RescaleSlope": "2000", "RescaleIntercept": "-1000"}, id="too steep for CT"),
        pytest.param({"Modality": "MR", "RescaleSlope": "1e-300", "RescaleIntercept": "0"}, id="too flat"),
        pytest.param({"RescaleSlope": "1", "RescaleIntercept": "1e300"}, id="too far"),
        pytest.param({"RescaleSlope": "", "RescaleIntercept": "-1000"}, id="empty"),
    ],
)
def test_a_rescaling_that_no_image_has_makes_its_values_unknown(tmp_path: Path, more: dict[str, object]) -> None:
    write_image(tmp_path / "a.dcm", given=more)
    assert "which no image is. Export it again" in why_not(tmp_path)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"Modality": "SEG"}, "a segmentation"),
        ({"Modality": "RTDOSE"}, "a dose"),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.30", "Modality": "MR"}, "a parametric map"),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.66.4", "NumberOfFrames": "3"}, "a segmentation"),
    ],
)
def test_what_has_pixels_and_is_no_image_is_not_read(tmp_path: Path, more: dict[str, object], what: str) -> None:
    write_image(tmp_path / "a.dcm", given=more)
    assert f"cannot be read: it is {what}, no image. Name the file of the image so" in why_not(tmp_path)


def test_where_low_values_are_white_they_are_turned_over(tmp_path: Path) -> None:
    write_image(tmp_path / "a.dcm", Modality="DX", PhotometricInterpretation="MONOCHROME1")
    assert values(read(tmp_path)) == [[4095, 3995, 3895], [3095, 2595, 0]]


def test_padding_has_no_value(tmp_path: Path) -> None:
    write_image(tmp_path / "a.dcm", PixelPaddingValue=0, PixelPaddingRangeLimit=100)
    assert np.isnan(values(read(tmp_path))).tolist() == [[True, True, False], [False, False, False]]


def test_one_frame_of_several_is_read_where_the_task_lists_as_many_images(tmp_path: Path) -> None:
    frames = np.stack([STORED, STORED[:, ::-1]])
    write_image(tmp_path / "a.dcm", frames, NumberOfFrames="2")
    assert values(read(tmp_path, frame=Frame(1, 2))) == STORED[:, ::-1].tolist()
    assert "holds 2 frames, and the task does not say which it is about" in why_not(tmp_path)
    assert "holds 2 frames, and the task lists 3 images" in why_not(tmp_path, frame=Frame(1, 3))
    write_image(tmp_path / "b.dcm", SOPInstanceUID="1.2.4")
    assert values(read(tmp_path, "b.png", Frame(7, 9))) == STORED.tolist()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"PhotometricInterpretation": "PALETTE COLOR"}, "its pixels are no grey values, but PALETTE COLOR"),
        ({"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB"}, "its pixels are no grey values, but RGB"),
        (
            {"Rows": 60_000, "Columns": 60_000},
            "claims 60,000 × 60,000 pixels, more than the 23.5 million that are read",
        ),
        ({"Rows": None}, "it states no size of its image"),
        ({"PixelData": b"12"}, "cannot be read: it is broken (cannot reshape"),
        ({"PixelData": None}, "has no 'Pixel Data'"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, more: dict[str, object], why: str) -> None:
    write_image(tmp_path / "a.dcm", given=more)
    told = why_not(tmp_path)
    assert told.startswith(f"the pixels of {tmp_path.name}/a.dcm cannot be read")
    assert why in told


def fragments(*parts: bytes) -> bytes:
    """Write compressed pixels, after an item without offsets."""
    items = b"".join(struct.pack("<HHI", 0xFFFE, 0xE000, len(part)) + part for part in (b"", *parts))
    return items + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


@pytest.mark.parametrize("syntax", [EXPLICIT, DEFLATED])
def test_more_pixels_than_the_header_states_are_not_those_of_the_frames_that_it_does(
    tmp_path: Path, syntax: str
) -> None:
    write_image(tmp_path / "a.dcm", np.stack([STORED, STORED]), syntax=syntax)
    more = "its pixels take 24 bytes, and 3 × 2 pixels, which it states, take 12. Export it again"
    assert more in why_not(tmp_path)
    write_image(tmp_path / "a.dcm", STORED, syntax=syntax, Rows=1, NumberOfFrames="1")
    assert "its pixels take 12 bytes, and 3 × 1 pixels, which it states, take 6" in why_not(tmp_path)
    frames = np.stack([STORED, STORED, STORED])
    write_image(tmp_path / "a.dcm", frames, syntax=syntax, NumberOfFrames="2")
    assert "3 × 2 pixels in 2 frames, which it states, take 24" in why_not(tmp_path, frame=Frame(0, 2))


def test_a_byte_that_makes_their_number_even_is_no_pixel(tmp_path: Path) -> None:
    write_image(
        tmp_path / "a.dcm", STORED[:1], BitsAllocated=8, BitsStored=8, HighBit=7, PixelData=bytes([0, 100, 200])
    )
    assert values(read(tmp_path)) == [[0, 100, 200]]


@pytest.mark.parametrize("name", ["JPEG", "JPEG2000"])
def test_more_compressed_frames_than_the_header_states_are_not_passed_over(tmp_path: Path, name: str) -> None:
    syntax = {"JPEG": "1.2.840.10008.1.2.4.50", "JPEG2000": "1.2.840.10008.1.2.4.90"}[name]
    packed = BytesIO()
    Pillow.fromarray(np.full((16, 16), 100, np.uint8)).save(packed, name, no_jp2=True)
    half = len(packed.getvalue()) // 4 * 2
    of_eight_bits = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "Rows": 16, "Columns": 16}
    parts = packed.getvalue()[:half], packed.getvalue()[half:] + bytes(len(packed.getvalue()) % 2)
    write_image(tmp_path / "a.dcm", given=of_eight_bits, syntax=syntax, PixelData=fragments(*parts))
    assert values(read(tmp_path)) == [[100] * 16] * 16
    write_image(tmp_path / "a.dcm", given=of_eight_bits, syntax=syntax, PixelData=fragments(*parts, *parts))
    assert "it holds the pixels of 2 frames, and states 1. Export it again" in why_not(tmp_path)


def test_real_files_with_a_row_or_a_frame_too_many_are_not_read() -> None:
    path = get_testdata_file("MR_small_padded.dcm", download=False)
    assert isinstance(path, str)
    with pytest.raises(NotMeasurable, match="its pixels take 8,320 bytes, and 64 × 64 pixels"):
        folder_images_of(Path(path)).read("MR_small_padded.dcm", "", None)


def test_a_compression_that_nothing_installed_reads_is_named(tmp_path: Path) -> None:
    write_image(tmp_path / "a.dcm", syntax="1.2.840.10008.1.2.4.57", PixelData=b"\xff\xd8\xff\xd9")
    told = why_not(tmp_path)
    assert "it is compressed as JPEG Lossless, Non-Hierarchical (Process 14), which cannot be read here" in told
    assert "Convert it to an uncompressed form" in told


def test_damaged_pixels_of_a_compression_that_is_read_are_told_apart(tmp_path: Path) -> None:
    broken = struct.pack("<HHI", 0xFFFE, 0xE000, 0) + struct.pack("<HHI", 0xFFFE, 0xE000, 8) + b"\xff\x4f\xff\x51" * 2
    end = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    write_image(tmp_path / "a.dcm", syntax="1.2.840.10008.1.2.4.90", PixelData=broken + end)
    told = why_not(tmp_path)
    assert "are damaged or of a kind that is not read. Export it again, or convert it to an uncompressed form" in told


def test_what_is_without_end_is_no_grey_value(tmp_path: Path) -> None:
    Pillow.fromarray(np.array([[1, np.inf, -np.inf]], np.float32)).save(tmp_path / "a.tif")
    read_values = read(tmp_path, "a.tif").within(Box(0, 0, 1, 3))
    assert np.isnan(read_values).tolist() == [[False, True, True]]


@pytest.mark.parametrize("form", ["", "_RLE", "_bigendian", "_jp2klossless"])
def test_real_files_are_the_same_in_every_form(form: str) -> None:
    name = f"MR_small{form}.dcm"
    path = get_testdata_file(name, download=False)
    plain = get_testdata_file("MR_small.dcm", download=False)
    assert isinstance(path, str)
    assert isinstance(plain, str)
    images = FolderImages(Path(path).parent, folder_images_of(Path(path), Path(plain)).supply)
    one, other = (images.read(Path(file).name, "", None) for file in (path, plain))
    assert values(one) == values(other)
    assert one.shape == (64, 64)


def folder_images_of(*paths: Path) -> FolderImages:
    nothing = ("",) * len(KEYWORDS)
    records = tuple(Record(path.name, path.name, nothing, is_header=True) for path in dict.fromkeys(paths))
    return FolderImages(paths[0].parent, Supply("pydicom", "files", records))


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        pytest.param("a.png", Pillow.fromarray(STORED), id="PNG of 16 bits"),
        pytest.param("a.tif", Pillow.fromarray(STORED), id="TIFF of 16 bits"),
        pytest.param("a.tiff", Pillow.fromarray(STORED.astype(np.float32)), id="TIFF of real numbers"),
    ],
)
def test_pictures_keep_their_values(tmp_path: Path, name: str, picture: Pillow.Image) -> None:
    picture.save(tmp_path / name)
    assert values(read(tmp_path, f"s3://x/{name}")) == STORED.tolist()


def test_a_picture_with_three_equal_channels_is_grey_and_another_is_not(tmp_path: Path) -> None:
    grey = np.array([[10, 200]], np.uint8)
    Pillow.fromarray(np.stack([grey] * 3, axis=-1)).save(tmp_path / "a.png")
    Pillow.fromarray(np.stack([grey, grey, grey + 1], axis=-1)).save(tmp_path / "b.png")
    Pillow.fromarray(grey).convert("P").save(tmp_path / "c.png")
    assert values(read(tmp_path)) == grey.tolist()
    assert values(read(tmp_path, "c.png")) == grey.tolist()
    assert "it is in colour, so that its pixels have no single grey value" in why_not(tmp_path, "b.png")


def png(bits: int, colour: int, row: bytes) -> bytes:
    """Write a PNG of 4 × 1 pixels."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 4, 1, bits, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" + row)),
        (b"IEND", b""),
    )
    framed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


@pytest.mark.parametrize(
    ("bits", "colour", "row", "why"),
    [
        pytest.param(
            16, 2, b"\x75\x30" * 12, "it stores more than 8 bits in each of several channels", id="RGB of 16 bits"
        ),
        pytest.param(
            16, 4, b"\x75\x30\xff\xff" * 4, "it stores more than 8 bits in each", id="grey and alpha of 16 bits"
        ),
        pytest.param(
            16, 6, (b"\x75\x30" * 3 + b"\xff\xff") * 4, "it stores more than 8 bits in each", id="RGBA of 16 bits"
        ),
        pytest.param(4, 0, b"\x55" * 2, "it stores less than 8 bits of each pixel. Save it as grey of 8", id="4 bits"),
        pytest.param(2, 0, b"\x55", "it stores less than 8 bits of each pixel", id="2 bits"),
        pytest.param(8, 4, b"\x09\xff" * 3 + b"\x09\0", "some of it is transparent", id="grey with a hole"),
        pytest.param(8, 6, b"\x09\x09\x09\xff" * 3 + b"\x09\x09\x09\x7f", "some of it is transparent", id="RGBA"),
    ],
)
def test_values_that_do_not_come_out_as_they_are_stored_are_not_read(
    tmp_path: Path, bits: int, colour: int, row: bytes, why: str
) -> None:
    (tmp_path / "a.png").write_bytes(png(bits, colour, row))
    assert f"/a.png cannot be read: {why}" in why_not(tmp_path)


def test_grey_that_nothing_shines_through_is_read_and_one_bit_is_two_values(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(8, 4, b"\x09\xff" * 4))
    (tmp_path / "b.png").write_bytes(png(1, 0, b"\xa0"))
    assert values(read(tmp_path)) == [[9, 9, 9, 9]]
    assert values(read(tmp_path, "b.png")) == [[1, 0, 1, 0]]


def test_a_colour_that_stands_for_transparent_is_not_read(tmp_path: Path) -> None:
    Pillow.new("L", (2, 2), 9).save(tmp_path / "a.png", transparency=9)
    assert "some of it is transparent" in why_not(tmp_path)


def test_a_tiff_that_is_turned_by_a_quarter_is_read_only_where_it_comes_out_right(tmp_path: Path) -> None:
    stored = np.zeros((8, 16), np.uint8)
    stored[0, 0] = 9
    picture = Pillow.fromarray(stored)
    picture.save(tmp_path / "a.tif", tiffinfo={0x0112: 6})
    picture.save(tmp_path / "b.tif", tiffinfo={0x0112: 6}, compression="tiff_adobe_deflate")
    assert "it is an uncompressed TIFF that is shown turned by a quarter" in why_not(tmp_path, "a.tif")
    assert values(read(tmp_path, "b.tif")) == np.rot90(stored, -1).tolist()


def test_a_picture_is_turned_as_browsers_show_it(tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.fromarray(np.zeros((8, 16), np.uint8)).save(tmp_path / "a.jpg", exif=exif)
    assert read(tmp_path, "a.jpg").shape == (16, 8)


def test_one_picture_of_several_in_a_tiff(tmp_path: Path) -> None:
    one, other = (Pillow.fromarray(np.full((2, 2), value, np.uint8)) for value in (1, 2))
    one.save(tmp_path / "a.tif", save_all=True, append_images=[other])
    assert values(read(tmp_path, "a.tif", Frame(1, 2))) == [[2, 2], [2, 2]]
    assert "it holds 2 frames" in why_not(tmp_path, "a.tif")


@pytest.mark.parametrize(
    ("mode", "bits"), [("1", 1), ("L", 8), ("I;16", 16), ("P", 8), ("LA", 16), ("RGB", 24), ("RGBA", 32)]
)
@pytest.mark.parametrize("size", [(1, 2), (13, 7), (300, 300)])
def test_a_png_without_its_last_row_is_not_read_with_a_black_one(
    tmp_path: Path, mode: str, bits: int, size: tuple[int, int]
) -> None:
    grey = np.full(size[::-1], 200, np.uint16 if mode == "I;16" else np.uint8)
    file = BytesIO()
    picture = Pillow.fromarray(grey)
    (picture if mode == "I;16" else picture.convert(mode)).save(file, "PNG")
    (tmp_path / "whole.png").write_bytes(file.getvalue())
    (tmp_path / "a.png").write_bytes(without_last_row(file.getvalue(), 1 + (bits * size[0] + 7) // 8))
    assert read(tmp_path, "whole.png").shape == size[::-1]
    assert "it ends before its last row. Export it again" in why_not(tmp_path)


def test_an_interlaced_png_has_rows_of_several_lengths(tmp_path: Path) -> None:
    """Of 5 × 3 pixels: five passes of 1, 1, 0, 1 and 3 pixels, two rows of 2 and one of 5."""
    rows = [1, 1, 1, 3, 2, 2, 5]
    head = struct.pack(">IIBBBBB", 5, 3, 8, 0, 0, 0, 1)
    pixels = zlib.compress(b"".join(b"\0" + b"\7" * length for length in rows))
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    whole = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    (tmp_path / "whole.png").write_bytes(whole)
    (tmp_path / "a.png").write_bytes(without_last_row(whole, 6))
    assert values(read(tmp_path, "whole.png")) == [[7] * 5] * 3
    assert "it ends before its last row. Export it again" in why_not(tmp_path)


def png_that_claims(side: int) -> bytes:
    file = BytesIO()
    Pillow.new("L", (1, 1)).save(file, "PNG")
    data = bytearray(file.getvalue())
    data[16:24] = struct.pack(">II", side, side)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


@pytest.mark.parametrize("side", [5_000, 7_000, 60_000])
def test_a_picture_that_claims_too_much_is_refused_before_memory_is_taken(tmp_path: Path, side: int) -> None:
    (tmp_path / "a.png").write_bytes(png_that_claims(side))
    told = why_not(tmp_path)
    assert told.startswith(f"the pixels of {tmp_path.name}/a.png cannot be read")
    assert "pixels" in told


def test_a_codestream_that_claims_more_than_its_header_is_refused(tmp_path: Path) -> None:
    file = BytesIO()
    Pillow.new("L", (64, 64)).save(file, "JPEG")
    claims = file.getvalue().replace(b"\x00\x40\x00\x40", b"\xff\xff\xff\xff", 1)
    fragment = claims + b"\0" * (len(claims) % 2)
    items = struct.pack("<HHI", 0xFFFE, 0xE000, 0) + struct.pack("<HHI", 0xFFFE, 0xE000, len(fragment)) + fragment
    write_image(
        tmp_path / "a.dcm",
        np.zeros((64, 64), np.uint16),
        BitsAllocated=8,
        BitsStored=8,
        HighBit=7,
        syntax="1.2.840.10008.1.2.4.50",
        PixelData=items + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0),
    )
    assert "cannot be read" in why_not(tmp_path)


def test_a_deflated_file_is_inflated_no_further_than_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicom, "MOST_PIXELS", 100)
    monkeypatch.setattr(dicom, "MOST_HEADER_BYTES", 1000)
    write_image(tmp_path / "a.dcm", np.zeros((100, 100), np.uint16), syntax=DEFLATED)
    assert "it inflates to more than the" in why_not(tmp_path)


def test_an_image_that_is_not_there_and_one_of_which_there_are_two_say_so(tmp_path: Path) -> None:
    for folder in "xy":
        write_image(tmp_path / folder / "a.dcm", SOPInstanceUID=f"1.{ord(folder)}")
    assert why_not(tmp_path, "b.png") == f"no file of {tmp_path.name} is the image b.png"
    assert why_not(tmp_path).startswith("2 files may be the image a.png, among them ")
    assert values(folder_images(tmp_path).read("a.png", f"1.{ord('y')}", None)) == STORED.tolist()


def test_a_file_that_cannot_be_read_says_why_in_words(tmp_path: Path) -> None:
    Pillow.new("L", (4, 4)).save(tmp_path / "a.bmp")
    (tmp_path / "b.png").write_text("<html>", encoding="utf-8")
    Pillow.fromarray(np.arange(4096, dtype=np.uint8).reshape(64, 64)).save(tmp_path / "c.png")
    (tmp_path / "c.png").write_bytes((tmp_path / "c.png").read_bytes()[:90])
    (tmp_path / "d.png").symlink_to(tmp_path / "nothing")
    found = f"; {tmp_path.name}/a.bmp has its name, and is no DICOM file, PNG, JPEG or TIFF that can be read"
    assert found in why_not(tmp_path, "x/a.bmp")
    assert "cannot be read: it is no PNG, JPEG or TIFF, whatever its name says" in why_not(tmp_path, "b.png")
    assert "cannot be read: it is broken (" in why_not(tmp_path, "c.png")
    assert "cannot be read: it cannot be opened: no such file" in why_not(tmp_path, "d.png")


def test_what_was_read_is_kept_as_far_as_there_is_room() -> None:
    asked: list[int] = []

    def pixels(number: int) -> Pixels:
        def read_it() -> Grey:
            asked.append(number)
            return Grey(np.zeros((10, 10), np.uint8), "x")

        return Pixels(read_it, recent)

    recent = Recent(most_bytes=250)
    images = [pixels(number) for number in range(3)]
    for one in (*images, images[2], images[0]):
        assert one.grey.shape == (10, 10)
    assert asked == [0, 1, 2, 0]


def test_pixels_that_nobody_gave_say_how_to_give_them() -> None:
    with pytest.raises(NotMeasurable, match="`guidelint check --images FOLDER` reads them"):
        _ = NO_PIXELS.grey
    assert bounds.MOST_PIXELS > 4_096 * 5_624
