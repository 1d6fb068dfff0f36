"""The page of benchmarks says what was measured."""

from __future__ import annotations

import re

from tests.bench.report import PAGE, duration, kept, page


def test_the_page_is_made_of_the_kept_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(*kept())


def test_every_picture_is_there_and_every_drawn_kernel_has_one() -> None:
    named = set(re.findall(r"\((images/bench/[^)]+)\)", PAGE.read_text(encoding="utf-8")))
    folder = PAGE.parent / "images" / "bench"
    assert named == {f"images/bench/{path.name}" for path in folder.iterdir()}


def test_every_kept_kernel_agreed_with_its_peer() -> None:
    kernels, _, _ = kept()
    assert all(figure["same"] for figure in kernels)


def test_times_have_two_digits() -> None:
    assert [duration(each) for each in (0.0004, 0.0123, 0.9, 1.25, 45.2, 1234.0)] == [
        "400 ns",
        "12 µs",
        "900 µs",
        "1.2 ms",
        "45 ms",
        "1.2 s",
    ]
