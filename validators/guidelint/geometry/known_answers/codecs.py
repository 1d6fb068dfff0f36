"""Known answers for byte formats: streams written out by their definition, or by the browser itself."""

from __future__ import annotations

from guidelint.geometry.codecs import bitmask_png, coco_rle, cropped_rle, rle_pack
from guidelint.geometry.known_answers.answer import Group, KnownAnswer
from guidelint.geometry.known_answers.inputs import drawn, rectangle
from guidelint.geometry.mask import Mask

# Header: u32 words, then 00111 0010 0011 0111 1111, that is, 8-bit words and run lengths of 3, 4, 8 and 16 bits. Token
# of one painted pixel, four words 255: 1 00 011 11111111.
ONE_PIXEL = bytes.fromhex("00000004391bfc7fe0")
ONE_PIXEL_TEXT = b"[0, 0, 0, 4, 57, 27, 252, 127, 224]"
# 130 · 127 · 4 = 66,040 words: 1 11 and 65,535, then 1 11 and 503 (65,536 + 504 words).
LONG_RUN = bytes.fromhex("000101f8391bffffffffe03effe0")
# three rows of four pixels, the middle one painted: 16 words 0, 16 words 255, 16 words 0; 1 01 and 15 each
WHOLE_ROW = bytes.fromhex("00000030391bfdf00bfff7c000")
# two pixels as eight literal words 0 0 0 127, 0 0 0 128: 0 00 111 and the words
LITERALS = bytes.fromhex("00000008391bf8e000000fe000001000")
# alpha 0, 64, 127, 128 / 129, 200, 255, 1, as the browser writes it
ANTIALIASED = bytes.fromhex("00000020391bfc6011a046ff1c047031e447ff1808")
# ISO/IEC 15948: signature, IHDR, IDAT (one stored deflate block), IEND; grey 8 bit, 4 × 3 pixels:
# 0 255 255 0 / 0 128 127 0 / 0 0 0 255
GREY_PNG = (
    b"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAGklEQVR4AQEPAPD/AAD//wAAAIB/AAAAAAD/IW4D/YgM"
    b"SdwAAAAASUVORK5CYII="
)
# the same with red, green, blue and alpha, 3 × 2 pixels: white of alpha 0, black 255, 128 / 127, 255, 0
ALPHA_PNG = (
    b"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAJUlEQVR4AQEaAOX/AP///wAAAAD/AAAAgAAAAAB/AQEB/wAA"
    b"AABqRwX+Yh8DiAAAAABJRU5ErkJggg=="
)
COLUMNS = (".##.", ".#..", "...#")
"""Column by column 000 110 100 001: runs 3, 2, 1, 1, 4, 1."""

# format 1; 200 = 72 + 128 · 1, 300 = 44 + 128 · 2; box at 130 = 2 + 128 · 1, 7, of 2 × 2; runs 0, 1, 2, 1
TWO_PIXELS = bytes.fromhex("01 c801 ac02 8201 07 02 02 00 01 02 01")


def _differing(one: bytes, other: bytes) -> int:
    """How many bytes differ; missing ones do."""
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _not_common(one: Mask, other: Mask) -> int:
    return (one - other).area_px + (other - one).area_px


# what of what, how much; how it is measured, how the answer is derived
# fmt: off
CODECS = Group("Byte formats", (
    KnownAnswer("brush, pixels", "one painted pixel", 1, "px",
                lambda: rle_pack.decode(ONE_PIXEL, (1, 1)).area_px, "4 words 255"),
    KnownAnswer("brush, pixels", "130 × 127 painted pixels", 16_510, "px",
                lambda: rle_pack.decode(LONG_RUN, (130, 127)).area_px, "66,040 words in two tokens"),
    KnownAnswer("brush, pixels not in common", "the middle of three rows", 0, "px",
                lambda: _not_common(rle_pack.decode(WHOLE_ROW, (3, 4)), drawn("....", "####", "....")), "as made"),
    KnownAnswer("brush, pixels of alpha ≥ 128", "literal words, alpha 127 and 128", 1, "px",
                lambda: rle_pack.decode(LITERALS, (1, 2)).area_px, "128"),
    KnownAnswer("brush, pixels of alpha ≥ 127", "literal words, alpha 127 and 128", 2, "px",
                lambda: rle_pack.decode(LITERALS, (1, 2), 127).area_px, "127 and 128"),
    KnownAnswer("brush, pixels of alpha ≥ 128", "alpha 0, 64, 127, 128, 129, 200, 255, 1", 4, "px",
                lambda: rle_pack.decode(ANTIALIASED, (2, 4)).area_px, "128, 129, 200, 255"),
    KnownAnswer("brush, pixels of alpha ≥ 1", "alpha 0, 64, 127, 128, 129, 200, 255, 1", 7, "px",
                lambda: rle_pack.decode(ANTIALIASED, (2, 4), 1).area_px, "all but 0"),
    KnownAnswer("brush, bytes read amiss", "the stream of one pixel as JSON text", 0, "",
                lambda: _differing(rle_pack.parse_bytes(ONE_PIXEL_TEXT), ONE_PIXEL), "the same nine numbers"),
    KnownAnswer("brush, bytes written amiss", "one pixel", 0, "",
                lambda: _differing(rle_pack.encode(drawn("#")), ONE_PIXEL), "the bytes of the browser"),
    KnownAnswer("brush, bytes written amiss", "the middle of three rows", 0, "",
                lambda: _differing(rle_pack.encode(drawn("....", "####", "....")), WHOLE_ROW),
                "the bytes of the browser"),
    KnownAnswer("brush, bytes written amiss", "130 × 127 painted pixels", 0, "",
                lambda: _differing(rle_pack.encode(rectangle(130, 127, 0, 0, (130, 127))), LONG_RUN),
                "the bytes of the browser"),
    KnownAnswer("bitmask, pixels not in common", "grey PNG: 0 255 255 0 / 0 128 127 0 / 0 0 0 255", 0, "px",
                lambda: _not_common(bitmask_png.decode(GREY_PNG, (3, 4)), drawn(".##.", ".#..", "...#")),
                "grey of 128 and more"),
    KnownAnswer("bitmask, pixels not in common", "PNG with alpha: 0 255 128 / 127 255 0", 0, "px",
                lambda: _not_common(bitmask_png.decode(ALPHA_PNG, (2, 3)), drawn(".##", ".#.")),
                "alpha of 128 and more; colours do not count"),
    KnownAnswer("COCO runs, pixels not in common", "3, 2, 1, 1, 4, 1 on 3 × 4 pixels", 0, "px",
                lambda: _not_common(coco_rle.decode([3, 2, 1, 1, 4, 1], (3, 4)), drawn(*COLUMNS)),
                "column by column, background first"),
    KnownAnswer("COCO text, pixels not in common", "321O30 on 3 × 4 pixels", 0, "px",
                lambda: _not_common(coco_rle.decode("321O30", (3, 4)), drawn(*COLUMNS)),
                "3, 2, 1, then 1 − 2 = −1 (O), 4 − 1 = 3, 1 − 1 = 0"),
    KnownAnswer("COCO text, pixels", "d0\\9`2 on 20 × 20 pixels", 300, "px",
                lambda: coco_rle.decode("d0\\9`2", (20, 20)).area_px, "20 = d0, 300 = 9 · 32 + 12 = \\9, 80 = `2"),
    KnownAnswer("COCO text, characters written amiss", "columns 1 to 15 of 20 × 20 pixels", 0, "",
                lambda: _differing(coco_rle.encode(rectangle(20, 15, 0, 1, (20, 20))).encode(), b"d0\\9`2"),
                "20, 300 and 80 pixels"),
    KnownAnswer("COCO runs, sum of squares", "the mask of 3, 2, 1, 1, 4, 1", 32, "",
                lambda: sum(run * run for run in coco_rle.encode_runs(drawn(*COLUMNS))), "9 + 4 + 1 + 1 + 16 + 1"),
    KnownAnswer("stored mask, bytes written amiss", "two pixels on two rows of 200 × 300", 0, "",
                lambda: _differing(cropped_rle.encode(Mask.from_runs([130 * 300 + 7, 131 * 300 + 8],
                                                                     [130 * 300 + 8, 131 * 300 + 9], (200, 300))),
                                   TWO_PIXELS), "the format's definition"),
    KnownAnswer("stored mask, pixels not in common", "two pixels on two rows of 200 × 300", 0, "px",
                lambda: _not_common(cropped_rle.decode(TWO_PIXELS),
                                    Mask.from_runs([130 * 300 + 7, 131 * 300 + 8],
                                                   [130 * 300 + 8, 131 * 300 + 9], (200, 300))),
                "the format's definition"),
))
# fmt: on
