"""Masks in PNG: values, palettes and colours, what a legend does not name, and what cannot be read."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from tests.cli.delivery_file import run
from tests.imaging.png_without_rows import without_last_row

from guidelint.annotation.decoding.decoder import Opened, TaskRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.png_mask.decoder import DECODER
from guidelint.annotation.decoding.legends.legend import Legend
from guidelint.annotation.decoding.parts.budget import Budget
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.checking.input.formats import decoder_of
from guidelint.imaging.pixels.png_rows import SIGNATURE
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

VOCABULARY = Vocabulary(classes={"lesion": ClassEntry(title="Lesion", tools=("brush",), labels=("Tumour",))})
LEGEND = Legend("legend.csv", {1: "Tumour", 2: "Organ", 300: "Lesion"})
IN_COLOUR = Legend("labelmap.txt", {}, {0xFF0000: "Tumour", 0x00FF00: "Organ", 0: ""})
VALUES = np.array([[0, 1, 1], [2, 2, 1]], np.uint8)
COLOURS = np.array([[[0, 0, 0], [255, 0, 0], [255, 0, 0]], [[0, 255, 0], [0, 255, 0], [255, 0, 0]]], np.uint8)


def png(values: npt.NDArray[Any] | Image.Image, **options: Any) -> bytes:
    file = io.BytesIO()
    (values if isinstance(values, Image.Image) else Image.fromarray(values)).save(file, "PNG", **options)
    return file.getvalue()


def submission(raw: bytes, legend: Legend = LEGEND) -> Submission | PayloadError:
    blocks = Blocks(io.BufferedReader(io.BytesIO(raw)), lambda _: None)
    (task,) = DECODER.records(Opened(Source("1.png"), blocks, VOCABULARY, legend=legend))
    assert isinstance(task, TaskRecord)
    (found,) = task.read()
    return found


def areas(raw: bytes, legend: Legend = LEGEND) -> dict[str, int]:
    found = submission(raw, legend)
    assert isinstance(found, Submission), found
    return {region.labels[0]: region.mask.area_px for region in found.regions}


def unread(raw: bytes, legend: Legend = LEGEND) -> list[str]:
    found = submission(raw, legend)
    assert isinstance(found, Submission), found
    return [item.reason for item in found.unreadable_items]


def test_each_value_is_a_region_with_its_class_on_an_image_of_its_size() -> None:
    found = submission(png(VALUES))
    assert isinstance(found, Submission)
    assert [(one.class_name, one.labels, one.image_shape, one.tool) for one in found.regions] == [
        ("lesion", ("Tumour",), (2, 3), "brush"),
        (None, ("Organ",), (2, 3), "brush"),
    ]
    assert (found.image.rows, found.image.columns) == (2, 3)
    assert (found.regions[0].mask.starts.tolist(), found.regions[0].mask.stops.tolist()) == ([1, 5], [3, 6])


def indexed(colours: list[int]) -> Image.Image:
    image = Image.frombytes("P", (3, 2), VALUES.tobytes())
    image.putpalette(colours)
    return image


def palette(colours: list[int]) -> bytes:
    return png(indexed(colours))


@pytest.mark.parametrize(
    ("raw", "legend"),
    [
        (png(VALUES), LEGEND),
        (png(VALUES.astype(np.uint16)), LEGEND),
        (palette([0, 0, 0, 9, 9, 9, 8, 8, 8]), LEGEND),
        (palette([0, 0, 0, 255, 0, 0, 0, 255, 0]), IN_COLOUR),
        (png(COLOURS), IN_COLOUR),
        (png(np.dstack([COLOURS, np.full((2, 3), 255, np.uint8)])), IN_COLOUR),
        (png(np.dstack([COLOURS, np.array([[0, 255, 255], [255, 255, 255]], np.uint8)])), IN_COLOUR),
        (png(np.dstack([VALUES] * 3)), LEGEND),
        (png(VALUES), Legend("labelmap.txt", {}, {0x010101: "Tumour", 0x020202: "Organ"})),
    ],
    ids=[
        "grey",
        "16 bits",
        "indices",
        "palette",
        "colours",
        "opaque",
        "transparent background",
        "grey as colour",
        "colour as grey",
    ],
)
def test_values_are_those_that_are_stored(raw: bytes, legend: Legend) -> None:
    assert areas(raw, legend) == {"Tumour": 3, "Organ": 2}
    assert unread(raw, legend) == []


def test_grey_of_few_bits_has_the_values_that_are_stored() -> None:
    assert areas(png(Image.frombytes("1", (3, 2), bytes((0b01100000, 0b00100000))))) == {"Tumour": 3}
    for bits in (2, 4):
        packed = as_grey(png(indexed([0, 0, 0, 1, 1, 1, 2, 2, 2]), bits=bits))
        assert areas(packed) == {"Tumour": 3, "Organ": 2}, bits


def as_grey(packed: bytes) -> bytes:
    """Say of a picture with a palette that its indices are grey, which no writer here can."""
    head, kept, at = bytearray(packed[:33]), b"", 33
    head[25] = 0
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    while at < len(packed):
        end = at + int.from_bytes(packed[at : at + 4], "big") + 12
        kept += b"" if packed[at + 4 : at + 8] == b"PLTE" else packed[at:end]
        at = end
    return bytes(head) + kept


def test_16_bits_tell_more_values_apart() -> None:
    assert areas(png(np.array([[0, 300], [256, 300]], np.uint16))) == {"Lesion": 2}
    assert unread(png(np.array([[0, 300], [256, 300]], np.uint16))) == [
        "the value 256 is not in the legend legend.csv: 1 pixel"
    ]


def test_what_the_legend_does_not_name_is_told_with_how_much_it_is() -> None:
    values = np.array([[0, 1, 7], [9, 9, 7]], np.uint8)
    assert unread(png(values)) == [
        "the value 7 is not in the legend legend.csv: 2 pixels",
        "the value 9 is not in the legend legend.csv: 2 pixels",
    ]
    half = np.dstack([COLOURS, np.array([[255, 255, 9], [255, 255, 255]], np.uint8)])
    assert unread(png(half), IN_COLOUR) == [
        "a colour that is half transparent is not in the legend labelmap.txt: 1 pixel"
    ]
    assert unread(png(COLOURS + 1), IN_COLOUR)[0] == "the colour #000101 is not in the legend labelmap.txt: 3 pixels"


def test_of_many_values_that_mean_nothing_the_first_are_told_and_the_others_counted() -> None:
    told = unread(png(np.arange(3, 103, dtype=np.uint8).reshape(10, 10)))
    assert len(told) == 21
    assert told[-1] == "80 further values mean nothing: 80 pixels"


def test_a_value_and_its_colour_that_mean_two_things_are_not_read() -> None:
    both = Legend("labels.txt", {1: "Tumour", 2: "Organ"}, {0xFF0000: "Tumour", 0x00FF00: "Organ"})
    assert areas(palette([0, 0, 0, 255, 0, 0, 0, 255, 0]), both) == {"Tumour": 3, "Organ": 2}
    found = submission(palette([0, 0, 0, 0, 255, 0, 255, 0, 0]), both)
    assert str(found) == "by its value 1 it is Tumour, by its colour Organ: nobody knows which is meant"


def test_a_mask_on_which_nothing_is_painted_marks_nothing() -> None:
    found = submission(png(np.zeros((2, 3), np.uint8)))
    assert isinstance(found, Submission)
    assert (found.regions, found.unreadable_items) == ((), ())


def large(rows: int, columns: int) -> bytes:
    raw = bytearray(png(VALUES))
    raw[16:24] = columns.to_bytes(4, "big") + rows.to_bytes(4, "big")
    return bytes(raw)


def deep() -> bytes:
    raw = bytearray(png(COLOURS))
    raw[24] = 16
    return bytes(raw)


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 3
    return png(VALUES, exif=exif)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (png(VALUES)[:20], "it is cut off before its size is told"),
        (png(VALUES)[:50], "its pixels are damaged, or were cut off. Export it again"),
        (png(VALUES)[:41] + b"\0\0\0\0" + png(VALUES)[45:], "its pixels are damaged, or were cut off"),
        (large(30_000, 30_000), "it claims 30,000 × 30,000 pixels, more than the 23.5 million that are read"),
        (large(0, 3), "it states no size of its image"),
        (deep(), "it has 16 bits in each of several channels. Save it as grey of 16, or colour of 8 bits"),
        (
            png(VALUES, save_all=True, append_images=[Image.fromarray(VALUES[::-1].copy())]),
            "it holds several pictures. Save each by itself",
        ),
        (without_last_row(png(np.ones((300, 300), np.uint8)), 301), "it ends before its last row. Export it again"),
        (turned(), "it is shown turned (EXIF Orientation). Save it as it is shown"),
    ],
    ids=[
        *("cut off in the head", "cut off", "damaged", "too large", "without a size", "deep colours", "animated"),
        *("without its last row", "shown turned"),
    ],
)
def test_pixels_that_cannot_be_had_as_they_are_stored_are_told_with_the_task(raw: bytes, reason: str) -> None:
    found = submission(raw)
    assert isinstance(found, PayloadError)
    assert str(found).startswith(reason)


def test_noise_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.annotation.decoding.parts.painted.MOST_RUNS", 3)
    assert str(submission(png(VALUES))).startswith("the image changes its value more than 3 times")


def test_a_file_that_is_larger_than_what_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.annotation.decoding.formats.png_mask.decoder.MOST_BYTES", 50)
    guideline, first = delivery(tmp_path)
    told = run("check", guideline, first, "--from", "png-mask", "-f", "concise")
    assert told.exit_code == 2
    assert "the most that is read of a picture" in told.stdout


def test_what_is_no_png_is_refused() -> None:
    with pytest.raises(FormatError, match="it is no PNG, so not a mask in PNG"):
        submission(b"GIF89a")


def test_chunks_of_text_do_no_harm() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Software", "a tool")
    assert areas(png(VALUES, pnginfo=text)) == {"Tumour": 3, "Organ": 2}


def test_a_png_is_told_by_its_beginning() -> None:
    assert decoder_of(png(VALUES)).name == "png-mask"
    assert png(VALUES)[:8] == SIGNATURE


TAKES = "delivery: {formats: png-mask}\n"
PAINTED = ("draw: polygon", "draw: brush")


def delivery(folder: Path, values: npt.NDArray[Any] = VALUES) -> tuple[str, str]:
    """Lay a guideline, a legend and the masks of two readers, and name the first two."""
    (folder / "guideline.yaml").write_text(with_part(TAKES).replace(*PAINTED), encoding="utf-8")
    for reader in ("reader-a", "reader-b"):
        (folder / reader / "train").mkdir(parents=True)
        (folder / reader / "legend.csv").write_text("value,label\n1,Lesion\n2,Lesion\n", encoding="utf-8")
        (folder / reader / "train" / "1.png").write_bytes(png(values))
    return str(folder / "guideline.yaml"), str(folder / "reader-a")


def test_a_folder_of_masks_is_the_work_of_a_reader(tmp_path: Path) -> None:
    guideline, first = delivery(tmp_path)
    told = run("check", guideline, first, str(tmp_path / "reader-b"), "--from", "png-mask", "-f", "concise")
    assert "2 accepted" in told.stdout, told.output
    assert "Repeated" not in told.stdout
    assert "left alone" not in told.stderr
    told = run("check", guideline, first, "--from", "png-mask", "--annotator", "reader-b", "--allow-empty")
    assert "1 left out" in told.stdout, told.output


def test_a_value_without_a_name_is_never_accepted(tmp_path: Path) -> None:
    guideline, first = delivery(tmp_path, VALUES + 1)
    told = run("check", guideline, first, "--from", "png-mask", "-f", "concise")
    assert told.exit_code == 1
    assert "the value 3 is not in the legend legend.csv: 2 pixels" in told.stdout
    assert "1 returned" in told.stdout


def test_a_legend_may_be_given_and_is_refused_at_once_where_it_is_none(tmp_path: Path) -> None:
    guideline, first = delivery(tmp_path)
    mask, other = f"{first}/train/1.png", tmp_path / "other.json"
    other.write_text('{"Lesion": 1, "Node": 2}', encoding="utf-8")
    told = run("check", guideline, mask, "--legend", str(other), "-f", "concise")
    assert "the label “Node” is not in the guideline" in told.stdout, told.output
    told = run("check", guideline, mask, "--legend", guideline)
    assert told.exit_code == 2
    assert "--legend" in told.stderr
    assert "the legend guideline.yaml cannot be read" in told.stderr


def test_facts_beside_a_mask_are_found_by_its_place(tmp_path: Path) -> None:
    guideline, first = delivery(tmp_path)
    (tmp_path / "facts.csv").write_text("image,PixelSpacing\ntrain/1.jpg,0.5\\0.5\n", encoding="utf-8")
    told = run("check", guideline, first, "--from", "png-mask", "--facts", str(tmp_path / "facts.csv"))
    assert "facts.csv tells of 1 of 1 images" in told.stdout


def test_regions_that_lie_within_each_other_too_much_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.annotation.decoding.formats.png_mask.decoder.Budget", lambda: Budget(compared=3))
    assert "lie so much within each other" in str(submission(png(VALUES)))
