"""What a message spells out, and what it leaves as it is."""

from __future__ import annotations

import pytest

from guidelint.language.text.problem import readable


@pytest.mark.parametrize("text", ["at most 1\u00a0mm", "2\u202f000\u00a0mm²", "Läsion ≤ 5"])
def test_a_number_keeps_its_blanks(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("\x1b[31m", "\\u001b[31m"), ("\u202eab", "\\u202eab"), ("`\u00a0draw`", "`\\u00a0draw`")],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, spelled: str) -> None:
    assert readable(text) == spelled
