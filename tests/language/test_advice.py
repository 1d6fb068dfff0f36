"""Advice can be followed: it ends, it is never taken back, and there always is some."""

from __future__ import annotations

import random
import re
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from tests.language.mistakes import HANDED, SOUND, Mistake, problems
from tests.language.mistakes_of_text import MORE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.many


PIECES = (
    *(
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "“",
        "„",
        "\u00a0",
        "\u200b",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "-",
        " #",
        "|",
        ">",
    ),
    *(
        "&a",
        "*a",
        "!x",
        "@",
        "`",
        "%",
        ",",
        "=",
        "\uff1a",
        "\n",
        "\n  ",
        "...\n",
        "---\n",
        "<<<<<<< a\n",
        "\\",
        "~",
        "null",
    ),
)
SOON_S = 5
"""No hang; `python -m tests.bench.damaged` holds far more of them to 0.2 s, on an idle processor."""
FOREIGN = re.compile(
    r"input should|valid(ation)? error|while (scan|pars)|(did|could) not find|token|scalar|octet|pydantic|NoneType"
)


def pairs(chance: random.Random) -> Iterator[str]:
    """Texts with two mistakes in different places."""
    every = [mistake for mistake in (*HANDED, *MORE) if mistake.old != SOUND]
    while True:
        one, two = chance.sample(every, 2)
        if not overlap(one, two):
            yield one.text.replace(two.old, two.new, 1)


def overlap(one: Mistake, two: Mistake) -> bool:
    first, second = SOUND.index(one.old), SOUND.index(two.old)
    after = one.text.replace(two.old, two.new, 1)
    return (first < second + len(two.old) and second < first + len(one.old)) or after == one.text


def test_following_the_advice_comes_to_an_end_and_never_back() -> None:
    mended = 0
    for start in islice(pairs(random.Random(4)), 200):
        text, seen = start, {start}
        while edit := next((problem.edit for problem in problems(text) if problem.edit), None):
            text = edit.applied(text)
            assert text not in seen, (start, text)
            seen.add(text)
            assert len(seen) < 12, (start, text)
        mended += not problems(text)
    assert mended > 80


def test_two_thousand_damaged_guidelines_are_told_in_words_of_ours_with_advice() -> None:
    chance = random.Random(7)
    told = 0
    for _ in range(2_000):
        text = SOUND
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice([0, 0, 1, 4]) :]
        began = time.process_time()
        found = problems(text)
        assert time.process_time() - began < SOON_S, text
        for problem in found:
            told += 1
            assert problem.help, (problem, text)
            assert not FOREIGN.search(f"{problem.message} {problem.help}"), (problem, text)
            assert problem.line <= text.count("\n") + 1
    assert told > 1_500
