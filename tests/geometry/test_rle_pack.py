from __future__ import annotations

import json
import tracemalloc
import warnings
from time import process_time

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of, mask_of, pixels

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.mask import Mask, MaskError

Words = npt.NDArray[np.uint8]

# Written by @thi.ng/rle-pack 3.2.12 itself: image, pixels painted, stream in hexadecimal digits.
BROWSER_STREAMS = [
    pytest.param(np.ones((1, 1)), "00000004391bfc7fe0", id="one pixel"),
    pytest.param(np.zeros((1, 1)), "00000004391bfc6000", id="nothing on one pixel"),
    pytest.param(
        np.indices((4, 5)).sum(axis=0) % 2,
        "00000050391bfc6011ffc6011ffc6011ffc6011ffc6011ffc6011ffc6011ffc6011ffc6011ffc6011ff8",
        id="checkerboard",
    ),
    pytest.param(np.ones((130, 127)), "000101f8391bffffffffe03effe0", id="a run of more than 65,536 words"),
    pytest.param(np.zeros((128, 128)), "00010000391bffffff00", id="a run of exactly 65,536 words"),
    pytest.param(
        np.arange(40_000).reshape(200, 200) == 39_999, "00027100391bffffff00ffffe01dc3ec023ff0", id="the last pixel"
    ),
    pytest.param(np.arange(3)[:, None] == [1, 1, 1, 1], "00000030391bfdf00bfff7c000", id="a whole row"),
]
ANTIALIASED = bytes.fromhex("00000020391bfc6011a046ff1c047031e447ff1808")
"""Alpha 0, 64, 127, 128 / 129, 200, 255, 1, written by the browser."""
LITERALS = bytes.fromhex("00000018391bfa1700fe06fc0cfa12f818f61ef424f22af030ee36ec3cea42e8")
"""24 different words, written by the browser as they are."""
BLOB = rle_pack.encode(mask_of(np.add.outer((np.arange(40) - 20) ** 2, (np.arange(50) - 22) ** 2) < 150))


def _slow_words(data: bytes) -> Words:
    """Read the stream bit by bit."""
    bits = "".join(f"{byte:08b}" for byte in data)
    words, sizes = int(bits[:32], 2), [int(bits[37 + 4 * k : 41 + 4 * k], 2) + 1 for k in range(4)]
    found: list[int] = []
    place = 53
    while len(found) < words:
        repeated, size = bits[place] == "1", sizes[int(bits[place + 1 : place + 3], 2)]
        count, place = int(bits[place + 3 : place + 3 + size], 2) + 1, place + 3 + size
        values = [int(bits[place + 8 * k : place + 8 * k + 8], 2) for k in range(1 if repeated else count)]
        place += 8 * len(values)
        found += values * count if repeated else values
    return np.array(found, np.uint8)


def _stream(tokens: list[tuple[bool, int, list[int]]], sizes: tuple[int, int, int, int]) -> tuple[bytes, int]:
    """Write tokens (repeated, kind, words) as the format says: the stream and its number of words."""
    body, words = "", 0
    for repeated, kind, values in tokens:
        kept = values[: 2 ** sizes[kind]]
        body += f"{int(repeated)}{kind:02b}{len(kept) - 1:0{sizes[kind]}b}"
        body += "".join(f"{value:08b}" for value in (kept[:1] if repeated else kept))
        words += len(kept)
    bits = f"{words:032b}{7:05b}" + "".join(f"{size - 1:04b}" for size in sizes) + body
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[k : k + 8], 2) for k in range(0, len(bits), 8)), words


tokens = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.lists(st.integers(0, 255), min_size=1, max_size=40)), min_size=1
)
size = st.integers(1, 16)


@pytest.mark.parametrize(("painted", "stream"), BROWSER_STREAMS)
def test_encoding_gives_the_bytes_of_the_browser(painted: npt.NDArray[np.float64], stream: str) -> None:
    mask = mask_of(painted.astype(np.bool_))
    assert rle_pack.encode(mask).hex() == stream
    assert np.array_equal(array_of(rle_pack.decode(bytes.fromhex(stream), mask.shape)), painted)


@given(pixels())
@settings(deadline=None)
def test_what_is_encoded_decodes_to_the_same_mask(array: Pixels) -> None:
    assert np.array_equal(
        array_of(rle_pack.decode(rle_pack.encode(mask_of(array)), (array.shape[0], array.shape[1]))), array
    )


@pytest.mark.parametrize(("threshold", "area_px"), [(1, 7), (64, 6), (128, 4), (129, 3), (255, 1)])
def test_the_threshold_decides_which_antialiased_pixels_belong(threshold: int, area_px: int) -> None:
    assert rle_pack.decode(ANTIALIASED, (2, 4), threshold).area_px == area_px


def test_half_painted_pixels_belong_by_default() -> None:
    assert array_of(rle_pack.decode(ANTIALIASED, (2, 4))).tolist() == [[False] * 3 + [True], [True] * 3 + [False]]


def test_literal_words_are_read_one_by_one() -> None:
    alpha = _slow_words(LITERALS).reshape(2, 3, 4)[..., 3]
    assert np.array_equal(array_of(rle_pack.decode(LITERALS, (2, 3), 240)), alpha >= 240)


@given(tokens, st.tuples(size, size, size, size), st.integers(1, 255))
@settings(deadline=None, max_examples=examples(200))
def test_decoding_equals_reading_bit_by_bit(
    drawn: list[tuple[bool, int, list[int]]], sizes: tuple[int, int, int, int], threshold: int
) -> None:
    told = sum(min(len(values), 2 ** sizes[kind]) for _, kind, values in drawn)
    data, words = _stream([*drawn, *[(False, 0, [9])] * (-told % 4)], sizes)
    alpha = _slow_words(data).reshape(1, words // 4, 4)[..., 3]
    assert np.array_equal(array_of(rle_pack.decode(data, (1, words // 4), threshold)), alpha >= threshold)


def test_the_sdk_reads_what_is_written_and_writes_what_is_read() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        brush = pytest.importorskip("label_studio_sdk.converter.brush", exc_type=ImportError)
    rng = np.random.default_rng(5)
    for shape in ((1, 1), (7, 9), (64, 64), (90, 31)):
        for share in (0.0, 0.1, 0.5, 1.0):
            array = rng.random(shape) < share
            words = np.asarray(brush.decode_rle(list(rle_pack.encode(mask_of(array)))))
            assert np.array_equal(words.reshape(*shape, 4)[..., 3] == 255, array)
            alpha = np.where(array, rng.integers(0, 256, shape), 0)
            theirs = bytes(brush.encode_rle(np.repeat(alpha.reshape(-1), 4)))
            assert np.array_equal(array_of(rle_pack.decode(theirs, shape)), alpha >= 128)


@pytest.mark.parametrize(
    "painted",
    [
        pytest.param([(0, 1), (39_999, 40_000)], id="far apart"),
        pytest.param([(3, 20_003), (39_990, 40_000)], id="longer than a token can tell, painted"),
        pytest.param([(0, 16_384), (32_768, 40_000)], id="exactly as long as a token can tell"),
    ],
)
def test_runs_longer_than_a_token_can_tell_are_written_in_pieces(painted: list[tuple[int, int]]) -> None:
    mask = Mask.from_runs([start for start, _ in painted], [stop for _, stop in painted], (200, 200))
    stream = rle_pack.encode(mask)
    assert np.array_equal(_slow_words(stream)[3::4] == 255, array_of(mask).reshape(-1))
    assert len(stream) < 40


def test_an_image_larger_than_the_header_can_tell_has_no_stream() -> None:
    with pytest.raises(MaskError, match="too large for a brush stream"):
        rle_pack.encode(Mask.from_runs([0], [1], (2**15, 2**15)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "stop after 0 bytes, within their header"),
        (BLOB[:6], "stop after 6 bytes, within their header"),
        (BLOB[:-4], "stop early"),
        (BLOB[:7], "stop early, after 0 of 2,000 pixels"),
        (BLOB + b"\0\0", "go on for"),
        (BLOB + b"\1", "go on for"),
        (b"\xff" * 40, "32-bit words"),
        (b"\xff\xff\xff\xff\x39\x1b\xf8" + bytes(40), "made for an image of 1,073,741,823.75 pixels"),
        (rle_pack.encode(Mask.empty((50, 41))), "image of 2,050 pixels, but this one has 50 × 40 = 2,000"),
        (bytes.fromhex("00001f40391bff") + b"\xff" * 4, "run over the end of the image"),
        (bytes(20_000_000), "more than any drawing"),
    ],
)
def test_streams_that_make_no_mask_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        rle_pack.decode(data, (40, 50))


def test_the_zero_byte_that_the_sdk_adds_is_accepted() -> None:
    assert rle_pack.decode(BLOB + b"\0", (40, 50)).area_px == rle_pack.decode(BLOB, (40, 50)).area_px


@pytest.mark.many
def test_twenty_thousand_corrupted_streams_give_a_mask_or_a_reason() -> None:
    rng = np.random.default_rng(11)
    outcome = {"mask": 0, "reason": 0}
    reasons: set[str] = set()
    for _ in range(20_000):
        data = bytearray(BLOB if rng.random() < 0.7 else LITERALS)
        for place in rng.integers(0, len(data), rng.integers(1, 4)):
            data[place] = rng.integers(0, 256)
        cut = len(data) if rng.random() < 0.5 else int(rng.integers(0, len(data) + 1))
        shape = (40, 50) if len(data) == len(BLOB) else (2, 3)
        try:
            mask = rle_pack.decode(bytes(data[:cut]), shape)
        except MaskError as error:
            outcome["reason"] += 1
            reasons.add(str(error)[:14])
        else:
            outcome["mask"] += 1
            assert mask.starts.size == 0 or mask.stops[-1] <= shape[0] * shape[1]
    assert min(outcome.values()) > 100
    assert reasons == {"the brush data"}


@pytest.mark.many
@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"\x55", b"\x10\x80"], ids=["zeros", "ones", "mixed", "literals"])
def test_a_hostile_megabyte_takes_bounded_time_and_memory(filling: bytes) -> None:
    shape = (30_000, 30_000)
    data = (4 * 30_000 * 30_000).to_bytes(4, "big") + b"\x39\x1b\xf8" + filling * (2**20 // len(filling))
    begin = process_time()
    with pytest.raises(MaskError):
        rle_pack.decode(data, shape)
    spent = process_time() - begin
    tracemalloc.start()
    with pytest.raises(MaskError):
        rle_pack.decode(data, shape)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 256 * 2**20
    assert spent < 20  # processor time; generous, since a shared processor takes some times as much: it is under 2 s


def test_the_size_in_the_header_is_checked_before_anything_is_allocated() -> None:
    data = b"\xff\xff\xff\xfc\x39\x1b\xf8" + bytes(64)
    tracemalloc.start()
    with pytest.raises(MaskError):
        rle_pack.decode(data, (512, 512))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**16


@given(st.lists(st.integers(0, 255)), st.sampled_from([",", ", ", " ,\n"]))
@settings(deadline=None)
def test_json_text_becomes_bytes(numbers: list[int], separator: str) -> None:
    text = json.dumps(numbers, separators=(separator, ":"))
    assert rle_pack.parse_bytes(text.encode()) == bytes(numbers)


@given(st.text('0123456789,[] -.eE+nultr"', max_size=12))
@settings(deadline=None, max_examples=examples(500))
def test_json_text_is_refused_just_when_it_is_no_list_of_bytes(text: str) -> None:
    expected = _bytes_of(text)
    if expected is None:
        with pytest.raises(MaskError, match="whole numbers from 0 to 255"):
            rle_pack.parse_bytes(text.encode())
    else:
        assert rle_pack.parse_bytes(text.encode()) == expected


def _bytes_of(text: str) -> bytes | None:
    try:
        values = json.loads(text)
    except ValueError:
        return None
    good = isinstance(values, list) and all(type(value) is int and 0 <= value <= 255 for value in values)
    return bytes(values) if good else None


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[1,2", b"[256]", b"[-1]", b"[1.0]", b"[true]", b"[01]", b"[1,,2]", b"[,1]", b"[1,]", b"\xff\xfe",
     b"[" * 100_000, b"[1000]", b"[99999999999999999999]", b"[1 2]", b'["1"]', b"{}"],
)  # fmt: skip
def test_text_that_is_no_list_of_bytes_is_refused(text: bytes) -> None:
    with pytest.raises(MaskError, match="whole numbers from 0 to 255"):
        rle_pack.parse_bytes(text)
