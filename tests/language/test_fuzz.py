"""Whatever the text, a guideline or its problems come back, soon, and the problems can be shown."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.language.damage import damaged, moved
from tests.language.test_sections import BESIDE, CLASSES

from guidelint.language.library import released
from guidelint.language.load import loaded
from guidelint.language.reference.problem_explanations import SMALLEST, explanations, with_part
from guidelint.language.text.parse import MAX_BYTES
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.problem_text import report

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline

pytestmark = pytest.mark.many

TEXTS = [
    SMALLEST,
    with_part(CLASSES + BESIDE),
    *(item.text for item in released()),
    *(with_part(item.wrong) for item in explanations().values()),
]


def outcome(text: str) -> Guideline | str:
    """A guideline, or its problems as people see them; whatever else is raised fails the test."""
    try:
        return loaded(text, notes=True).guideline
    except GuidelineProblems as found:
        return report(found)


@settings(deadline=None, max_examples=examples(300))
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert outcome(text)


@settings(deadline=None, max_examples=examples(200))
@example("!\n?")
@given(st.text(alphabet="ab:-[]{}'\"\n #&*!|>?,~1.", max_size=200))
def test_any_text_of_yaml_marks(text: str) -> None:
    assert outcome(text)


@settings(deadline=None, max_examples=examples(300))
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_a_damaged_guideline(text: str, chance: random.Random) -> None:
    assert outcome(damaged(text, chance))


@settings(deadline=None, max_examples=examples(150))
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_a_guideline_with_lines_moved_or_lost(text: str, chance: random.Random) -> None:
    assert outcome(moved(text, chance))


BOMBS = {
    "brackets nested 100,000 deep": "[" * 100_000,
    "lists nested 100,000 deep": "- " * 100_000,
    "mappings nested 100,000 deep": "{a: " * 100_000,
    "complex keys nested 100,000 deep": "? " * 100_000,
    "a billion laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)),
    "one key of half a million letters": "k" * 500_000 + ": 1",
    "half a million quotation marks": "'" * 500_001,
    "a file of 3 MB": "a: b\n" * 600_000,
    "a file of 1 MB in three bytes per letter": "肺" * (MAX_BYTES // 2),
    "100,000 short values": "- a\n" * 100_000,
    "40,000 unknown keys": "".join(f"key{i}: 1\n" for i in range(40_000)),
    "40,000 repeated keys": SMALLEST + "title: 1\n" * 40_000,
    "40,000 numbers where text is wanted": with_part(
        "classes:\n  lesion: {title: L, definition: d, draw: polygon, includes: [" + "1, " * 40_000 + "]}\n"
    ),
    "10,000 questions about unknown classes": SMALLEST
    + "attributes:\n"
    + "".join(f"  q{i}: {{title: Q, of: lesoin, text: }}\n" for i in range(7_000)),
    "10,000 unknown rules": SMALLEST + "rules:\n" + "".join(f"  rule-{i}:\n" for i in range(10_000)),
    "numbers of a million digits": "version: " + "9" * 1_000_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_told_within_seconds(text: str) -> None:
    start = time.process_time()
    assert outcome(text)
    assert time.process_time() - start < 30  # processor time, some times longer on a shared processor


def test_a_bomb_needs_little_memory(tmp_path: Path) -> None:
    script = tmp_path / "bomb.py"
    script.write_text(
        "import resource, sys\n"
        "from guidelint.language.load import load\n"
        "from guidelint.language.text.problem import GuidelineProblems\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))\n"
        "try:\n    load('[' * 1_000_000, catalogue={})\n"
        "except GuidelineProblems as found:\n    sys.exit(found.problems[0].code)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=600, check=False)  # noqa: S603
    assert done.stderr.strip() == "too-deep"
