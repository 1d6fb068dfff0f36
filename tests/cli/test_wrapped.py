"""Long lines on a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.cli.render.terminal.ink import Ink
from guidelint.cli.render.terminal.wrapped import NARROWEST, wrapped

SENTENCE = "    error        Region 1 Lesion: " + "the area is 2 mm², below the limit of 4 mm², " * 4


@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_goes_on_stands_below_what_it_belongs_to(width: int) -> None:
    first, *others = wrapped(SENTENCE, width, 17).splitlines()
    assert max(map(len, (first, *others))) <= width
    assert first.startswith("    error        Region 1")
    assert others
    assert all(line[:17].isspace() and not line[17].isspace() for line in others)


def test_colours_take_no_room() -> None:
    ink = Ink(colour=True)
    coloured = wrapped(" ".join(ink(word, "bold") for word in SENTENCE.split()), 80, 2)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain == wrapped(" ".join(SENTENCE.split()), 80, 2)


def test_letters_that_are_twice_as_wide_take_twice_the_room() -> None:
    lines = wrapped("結節 " * 40, 60, 0).splitlines()
    assert {len(line.rstrip()) for line in lines} == {12 * 3 - 1, 4 * 3 - 1}


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")), st.integers(0, 200), st.integers(0, 20))
def test_no_word_is_lost_nor_parted(text: str, width: int, indent: int) -> None:
    assert wrapped(text, width, indent).split() == text.split()
    if width < NARROWEST:
        assert wrapped(text, width, indent) == text
