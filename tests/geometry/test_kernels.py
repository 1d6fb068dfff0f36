"""Both sets of kernels give the same runs, counts and reasons; the compiled one stays within its arrays."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.examples import examples
from tests.geometry.arrays import Pixels, mask_of, pixel_pairs, pixels, spacings

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.kernels import choice
from guidelint.geometry.kernels.change_over import ChangeOver
from guidelint.geometry.kernels.choice import KernelChoiceError, chosen_name, fast, installed, load, using
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.components import Connectivity, euler_number, run_labels, run_pieces
from guidelint.geometry.measures.diameter import hull_points, longest_diameter, mask_diameter_points
from guidelint.geometry.measures.overlap import intersection_px
from guidelint.geometry.measures.surface import nearest_mm
from guidelint.geometry.raster import Boundary, ellipse_mask, polygon_mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

both = pytest.mark.skipif("fast" not in installed(), reason="install the extra fast to compare the kernels")
SHAPE = (9, 11)
halves = st.integers(-4, 30).map(lambda number: number / 2)


@pytest.fixture(scope="module")
def kernels() -> None:
    """Choose for themselves: these tests compare the sets, and run once."""


def outcome(work: Callable[[], Any]) -> object:
    """What a kernel gives, in a form that can be compared; for what it refuses, the reason."""
    try:
        found = work()
    except MaskError as refusal:
        return str(refusal)
    if isinstance(found, Mask):
        assert all(ends.flags.c_contiguous and ends.dtype == np.int64 for ends in (found.starts, found.stops))
        return found.starts.tolist(), found.stops.tolist(), found.shape
    return found.tolist() if isinstance(found, np.ndarray) else found


def same(work: Callable[[], Any]) -> object:
    with using("base"):
        base = outcome(work)
    with using("fast"):
        assert outcome(work) == base
    return base


@both
@given(pixel_pairs())
@settings(deadline=None)
def test_set_operations_and_strokes_are_the_same(pair: tuple[Pixels, Pixels]) -> None:
    a, b = mask_of(pair[0]), mask_of(pair[1])
    for work in (lambda: a & b, lambda: a | b, lambda: a - b, lambda: rle_pack.encode(a)):
        same(work)


@both
@given(pixels(), st.sampled_from([4, 8]))
@settings(deadline=None)
def test_labels_and_touches_are_the_same(array: Pixels, connectivity: Connectivity) -> None:
    mask = mask_of(array)
    same(lambda: run_labels(Mask(mask.starts, mask.stops, mask.shape), connectivity))
    same(lambda: run_pieces(Mask(mask.starts, mask.stops, mask.shape), connectivity)[1:])
    same(lambda: euler_number(Mask(mask.starts, mask.stops, mask.shape), connectivity))
    same(lambda: Mask(mask.starts, mask.stops, mask.shape).shared)
    same(lambda: Mask(mask.starts, mask.stops, mask.shape).box)


@both
@given(pixels())
@settings(deadline=None, max_examples=examples(300))
def test_diameters_are_the_same_with_the_same_ends(array: Pixels) -> None:
    mask = mask_of(array)
    if mask.area_px:
        same(lambda: longest_diameter(mask_diameter_points(mask), Spacing(0.7, 0.5)))


@both
@given(hnp.arrays(np.float64, st.tuples(st.integers(1, 70), st.just(2)), elements=halves))
@settings(deadline=None, max_examples=examples(300))
def test_diameters_of_points_are_the_same_with_the_same_ends(points: Any) -> None:
    same(lambda: longest_diameter(points, Spacing(0.5, 0.5)))


@both
@given(pixels())
@settings(deadline=None)
def test_the_hull_has_the_vertices_that_shapely_finds(array: Pixels) -> None:
    mask = mask_of(array)
    with using("base"):
        corners = hull_points(mask_diameter_points(mask)).tolist() if mask.area_px else []
    with using("fast"):
        assert sorted(mask_diameter_points(mask).tolist()) == sorted(corners)


@both
@given(pixel_pairs())
@settings(deadline=None)
def test_shared_pixels_are_the_same(pair: tuple[Pixels, Pixels]) -> None:
    a, b = mask_of(pair[0]), mask_of(pair[1])
    same(lambda: intersection_px(a, b))


spots = hnp.arrays(np.int64, st.tuples(st.integers(1, 12), st.just(2)), elements=st.integers(0, 30))


@both
@given(spots, spots, spacings)
@settings(deadline=None, max_examples=examples(300))
def test_the_nearest_is_as_near(places: Any, others: Any, spacing: Spacing) -> None:
    with using("base"):
        base = nearest_mm(places, others, spacing)
    with using("fast"):
        assert nearest_mm(places, others, spacing) == pytest.approx(base, rel=1e-12)
    across = (places[:, None] - others) * (spacing.row_mm, spacing.column_mm)
    assert base == pytest.approx(np.hypot(across[..., 0], across[..., 1]).min(axis=1), rel=1e-12)


@both
@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 9))
@settings(deadline=None)
def test_runs_of_intervals_are_the_same(gaps: list[int], columns: int) -> None:
    edges = np.cumsum(gaps[: len(gaps) // 2 * 2], dtype=np.int64)
    same(lambda: Mask.from_runs(edges[0::2], edges[1::2], (200, columns)))


@both
@given(
    hnp.arrays(np.float64, st.tuples(st.integers(0, 9), st.just(2)), elements=halves | st.floats(-3, 14)),
    st.sampled_from(["inside", "outside"]),
)
@example(np.array([[0.5, 0.5], [3.5, 0.5], [3.5, 4.5], [0.5, 4.5]]), "outside")
@settings(deadline=None, max_examples=examples(400))
def test_outlines_cover_the_same_pixels(points: Any, boundary: Boundary) -> None:
    same(lambda: polygon_mask(points, SHAPE, boundary))


@both
@given(
    st.tuples(halves | st.floats(-3, 14), halves | st.floats(-3, 14)),
    st.tuples(halves | st.floats(-1, 9), halves | st.floats(-1, 9)),
    st.sampled_from([0.0, 45.0, 90.0]) | st.floats(-360, 360),
    st.sampled_from(["inside", "outside"]),
)
@settings(deadline=None, max_examples=examples(200))
def test_ellipses_cover_the_same_pixels(
    centre: tuple[float, float], radii: tuple[float, float], rotation_deg: float, boundary: Boundary
) -> None:
    same(lambda: ellipse_mask(*centre, *radii, rotation_deg, SHAPE, boundary))


@both
@pytest.mark.parametrize("far", [np.nan, np.inf, 1e8])
def test_outlines_are_refused_for_the_same_reason(far: float) -> None:
    points = np.array([[1.0, 1.0], [5.0, far], [7.0, 2.0]])
    assert isinstance(same(lambda: polygon_mask(points, SHAPE)), str)


@both
@given(st.binary(max_size=30), st.integers(1, 255))
@settings(deadline=None, max_examples=examples(400))
def test_streams_are_read_or_refused_alike(tail: bytes, threshold: int) -> None:
    head = rle_pack.encode(Mask.empty(SHAPE))[:6]
    same(lambda: rle_pack.decode(head + tail, SHAPE, threshold))


@both
@given(
    st.lists(st.sampled_from(["[", "]", ",", " ", "0", "7", "12", "255", "256", "007", "-1", "1.0", "\n"]), max_size=9)
)
@settings(deadline=None, max_examples=examples(400))
def test_texts_are_read_or_refused_alike(pieces: list[str]) -> None:
    text = "".join(pieces).encode()
    same(lambda: rle_pack.parse_bytes(text))
    same(lambda: rle_pack.parse_bytes(b"[1" + text + b"]"))


@pytest.fixture
def undecided(monkeypatch: pytest.MonkeyPatch) -> Generator[pytest.MonkeyPatch]:
    """A process that has done nothing yet and in which nothing was chosen."""
    token = choice.wanted.set(None)
    monkeypatch.delenv(choice.VARIABLE, raising=False)
    monkeypatch.setattr(choice.spent, "us", 0.0)
    monkeypatch.setattr(choice, "change_over", ChangeOver())
    for remembered in (choice.asked_for, choice.by_default):
        remembered.cache_clear()
    yield monkeypatch
    choice.wanted.reset(token)
    for remembered in (choice.asked_for, choice.by_default):
        remembered.cache_clear()


@both
def test_short_work_runs_on_numpy_and_long_work_on_compiled_loops(undecided: pytest.MonkeyPatch) -> None:
    load()  # compiled once on this machine
    undecided.setattr(choice, "change_over", ChangeOver())
    assert not fast(100)
    assert not fast(100)
    assert fast(50_000_000)
    assert fast(1)
    assert chosen_name() == "fast"


@both
@pytest.mark.usefixtures("undecided")
def test_the_compiled_loops_can_be_loaded_beforehand() -> None:
    load()
    assert fast(1)


@pytest.mark.parametrize("asked", ["base", "fast"])
def test_the_environment_can_ask_for_kernels(asked: str, undecided: pytest.MonkeyPatch) -> None:
    undecided.setattr(choice, "find_spec", str)
    undecided.setenv(choice.VARIABLE, asked)
    assert choice.asked_for() == chosen_name() == asked


@pytest.mark.parametrize(("asked", "found"), [("quick", "it can be base or fast"), ("fast", "pip install")])
def test_kernels_that_cannot_run_are_refused(asked: str, found: str, undecided: pytest.MonkeyPatch) -> None:
    undecided.setattr(choice, "find_spec", {}.get)
    undecided.setenv(choice.VARIABLE, asked)
    with pytest.raises(KernelChoiceError, match=found):
        fast(1)


WITHIN_BOUNDS = """
import random
import numpy as np
from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.measures.components import run_labels
from guidelint.geometry.kernels.choice import using
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.overlap import intersection_px
from guidelint.geometry.raster import polygon_mask

chance, shape, refused = random.Random(5), (23, 17), 0
noise = np.random.default_rng(3)
with using("fast"):
    for number in range(3000):
        mask = Mask.from_crop(noise.random((9, 9)) < chance.random(), 3, 5, shape)
        stream = bytearray(rle_pack.encode(mask))
        for _ in range(number % 4):
            stream[chance.randrange(7, len(stream))] = chance.randrange(256)
        del stream[chance.randrange(8, 2 * len(stream)) :]
        try:
            mask = mask | rle_pack.decode(bytes(stream), shape, chance.choice([1, 128, 255]))
        except MaskError:
            refused += 1
        try:
            rle_pack.parse_bytes(bytes(stream) if number % 2 else str(list(stream)).encode()[: chance.randrange(9, 99)])
        except MaskError:
            refused += 1
        run_labels(mask, 8), run_labels(mask, 4), mask.shared
        points = noise.integers(-9, 60, (number % 8, 2)) / 2 + noise.random((number % 8, 2)) * (number % 2)
        mask & polygon_mask(points, shape), mask - polygon_mask(points, shape, "outside")
print(refused)
"""


@pytest.mark.many
@both
def test_compiled_loops_stay_within_their_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", WITHIN_BOUNDS], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000
