"""Limits on several sizes of one shape, against shapes that are drawn and measured."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.mistakes import problems

from guidelint.geometry.measures.diameter import longest_diameter, short_axis
from guidelint.geometry.spacing import Spacing
from guidelint.language.lint.numbers.largest_area import largest_area, largest_marked_area
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from guidelint.geometry.measures.diameter import Points

ONE = Spacing(1.0, 1.0)
CODE = "sizes-exclude-each-other"


def enclosed(points: Points) -> float:
    """Area of a polygon (shoelace)."""
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def rounded(longest: float, short: float, corners: int = 120) -> Points:
    """A disc cut by two parallels: no shape of these diameters is larger."""
    turns = np.linspace(0, 2 * pi, corners, endpoint=False)
    points = np.column_stack((np.cos(turns) * longest / 2, np.sin(turns) * longest / 2))
    points[:, 1] = points[:, 1].clip(-short / 2, short / 2)
    return points


@given(st.lists(st.tuples(st.floats(0, 2 * pi), st.floats(1, 40)), min_size=5, max_size=12, unique_by=lambda at: at[0]))
def test_no_drawn_shape_is_larger_than_its_diameters_allow(corners: list[tuple[float, float]]) -> None:
    points = np.array([(far * cos(turn), far * sin(turn)) for turn, far in sorted(corners)])
    longest, short = longest_diameter(points, ONE).length_mm, short_axis(points, ONE).length_mm
    assert enclosed(points) <= largest_area(longest, short) * (1 + 1e-9)


@given(st.floats(2, 60), st.floats(0.05, 1))
def test_one_shape_is_as_large_as_its_diameters_allow(longest: float, share: float) -> None:
    most = largest_area(longest, longest * share)
    assert enclosed(rounded(longest, longest * share)) == pytest.approx(most, rel=5e-3)


def test_a_painted_disc_is_no_larger_than_what_may_be_marked() -> None:
    for radius in np.linspace(1, 12, 45):
        rows, columns = np.mgrid[-14:15, -14:15]
        area = int(((rows**2 + columns**2) <= radius**2).sum())
        assert area <= largest_marked_area(2 * radius, pixel=1.0)


def told(area: float, longest: float, *, short: float | None = None, unit: str = "mm", spacing: str = "") -> bool:
    cut = "" if short is None else f", short_axis_max_{unit}: {short}"
    areas, diameters = f"min_{unit}{'2' * (unit == 'mm')}: {area}", f"longest_max_{unit}: {longest}{cut}"
    rules = f"{{area-limits: {{{areas}}}, diameter-limits: {{{diameters}}}}}"
    part = f"classes:\n  mass: {{title: Mass, definition: A place., draw: polygon, rules: {rules}}}\n{spacing}"
    return CODE in {problem.code for problem in problems(with_part(part))}


@given(st.floats(5, 60), st.floats(0.1, 1), st.floats(0.2, 2))
def test_what_some_shape_meets_is_never_told_and_what_none_meets_is(longest: float, share: float, part: float) -> None:
    short = longest * share
    area = largest_area(longest, short) * part
    is_met = enclosed(rounded(longest, short)) >= area
    assert not (is_met and told(area, longest, short=short))
    if area > largest_marked_area(longest, short, pixel=1.0):
        assert told(area, longest, short=short)


def test_area_of_800_mm2_within_30_mm_cannot_be() -> None:
    assert told(800, 30)
    assert not told(700, 30)
    assert told(760, 30, spacing="images: {pixel_spacing: {max_mm: 0.2}}\n")
    assert not told(760, 30, spacing="images: {pixel_spacing: {max_mm: 2}}\n")
    assert told(800, 30, unit="px")


def test_limits_of_a_class_meet_those_of_the_whole_guideline_and_what_is_asked_under_the_same_condition() -> None:
    classes = "classes:\n  mass: {{title: Mass, definition: A place., draw: polygon, rules: {{area-limits: {{{}}}}}}}\n"
    whole = "rules: {{diameter-limits: {{longest_max_mm: 30{}}}}}\n"
    when, other = ", when: {source: [manual]}", ", when: {source: [prediction]}"

    def is_told(area: str, diameter: str) -> bool:
        text = with_part(classes.format(f"min_mm2: 800{area}") + whole.format(diameter))
        return CODE in {problem.code for problem in problems(text)}

    assert is_told("", "")
    assert is_told(when, "")
    assert is_told(when, when)
    assert not is_told(when, other)


def test_a_condition_on_two_sizes_that_no_shape_has_never_holds() -> None:
    size = "{{size: {{area_mm2: {{at_least: {}}}, longest_mm: {{at_most: 30}}}}}}"
    part = (
        "classes: {{mass: {{title: Mass, definition: A place., draw: brush, rules: {{single-piece: {{when: {}}}}}}}}}\n"
    )
    assert [problem.code for problem in problems(with_part(part.format(size.format(800))))] == ["when-never-holds"]
    assert problems(with_part(part.format(size.format(600)))) == ()


def sizes(*titles: str) -> list[str]:
    classes = "".join(
        f"  class-{at}: {{title: '{title}', definition: Kind {at} of spot., draw: keypoint}}\n"
        for at, title in enumerate(titles)
    )
    return [problem.message for problem in problems(with_part(f"classes:\n{classes}"))]


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (("Polyp < 6 mm", "Polyp 6–9 mm", "Polyp > 9 mm"), ""),
        (("Polyp < 6 mm", "Polyp 9 to 6 mm", "Polyp > 9 mm"), ""),
        (("Polyp < 0.6 cm", "Polyp ≥ 6 mm"), ""),
        (("Nodule ≥ 3 mm", "Non-nodule ≥ 3 mm"), ""),
        (("Polyp ≤ 5 mm", "Polyp ≥ 5 mm"), "5 mm belongs to `class-0` (≤ 5 mm) and `class-1` (≥ 5 mm)"),
        (("Polyp < 5 mm", "Polyp > 5 mm"), "exactly 5 mm belongs neither to `class-0` nor to `class-1`"),
        (
            ("Polyp < 5 mm", "Polyp ≥ 6 mm"),
            "what lies between 5 and 6 mm belongs neither to `class-0` (< 5 mm) nor to `class-1` (≥ 6 mm)",
        ),
        (("Polyp < 6 mm", "Polyp 5-9 mm"), "what lies between 5 and 6 mm belongs to"),
        (("Polyp > 6 mm", "Polyp > 9 mm"), "whatever is above 9 mm belongs to"),
        (("Area > 5 mm²", "Area < 5 mm²"), ""),
    ],
)
def test_a_size_belongs_to_one_class(titles: tuple[str, ...], said: str) -> None:
    found = sizes(*titles)
    assert len(found) == bool(said)
    assert all(said in message for message in found)


BANDED = """\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [keypoint, ellipse, polygon]
    rules:
      diameter-limits: {{{limits}}}
      geometry-by-size:
        bands: [{{below_{unit}: 3, tools: [{first}]}}, {{below_{unit}: 9, tools: [ellipse]}}, {{tools: [polygon]}}]
"""


@pytest.mark.parametrize(
    ("limits", "first", "unit", "bands"),
    [
        ("longest_min_mm: 3", "keypoint", "mm", []),
        ("longest_min_mm: 9", "keypoint", "mm", ["bands[1]"]),
        ("longest_min_mm: 8.9", "keypoint", "mm", []),
        ("longest_max_mm: 8", "keypoint", "mm", ["bands[2]"]),
        ("longest_max_mm: 9", "keypoint", "mm", []),
        ("longest_min_mm: 9", "keypoint", "px", []),
        ("longest_min_px: 9", "keypoint", "px", ["bands[1]"]),
        ("longest_min_mm: 4, when: {source: [manual]}", "ellipse, keypoint", "mm", []),
        ("longest_min_mm: 4", "ellipse, keypoint", "mm", ["bands[0]"]),
    ],
)
def test_a_band_of_which_limits_leave_nothing_is_told(limits: str, first: str, unit: str, bands: list[str]) -> None:
    text = with_part(BANDED.format(limits=limits, first=first, unit=unit))
    found = [problem for problem in problems(text) if problem.code == "band-never-reached"]
    line = text.splitlines()
    shown = [line[problem.span.line][problem.span.column :] for problem in found]
    parts = {"bands[0]": "{below_", "bands[1]": f"{{below_{unit}: 9", "bands[2]": "{tools: [polygon]"}
    assert len(shown) == len(bands)
    assert all(one.startswith(parts[name]) for one, name in zip(shown, bands, strict=True))


@pytest.mark.parametrize(
    ("end", "limit", "told"),
    [
        ("{times: 2, of: slice_thickness}", "longest_max_mm: 30", 0),
        ("{times: 2, of: slice_thickness, at_least: 3}", "longest_max_mm: 3", 0),
        ("{times: 2, of: slice_thickness, at_least: 3}", "longest_max_mm: 2", 1),
        ("{times: 2, of: slice_thickness, at_most: 9}", "longest_min_mm: 9", 1),
        ("{times: 2, of: slice_thickness, at_most: 9}", "longest_min_mm: 8", 0),
    ],
)
def test_a_band_begins_no_later_than_the_multiple_before_it_may_be(end: str, limit: str, told: int) -> None:
    part = BANDED.format(limits=limit, first="keypoint", unit="mm")
    bands = f"[{{below_mm: {end}, tools: [ellipse]}}, {{tools: [keypoint, polygon]}}]"
    text = with_part(part[: part.index("bands:")] + f"bands: {bands}\n")
    assert [problem.code for problem in problems(text)] == ["band-never-reached"] * told
