"""The glossary names what is there, and each word once."""

from __future__ import annotations

import re

import pytest

from locks import ROOT
from merging import ROOTS

PAGE = ROOT / "docs/glossary.md"
CHECKOUT = all((ROOT / root).is_dir() for root in ROOTS)
OTHERS = {"Path"}
"""Names that are not ours."""
_NAME = re.compile(r"`([A-Z][a-z]+[A-Za-z]*|[a-z]+(?:_[a-z]+)+)`")


@pytest.mark.skipif(not CHECKOUT, reason="needs the source roots of a checkout")
def test_every_name_of_the_code_that_the_glossary_gives_is_there() -> None:
    named = set(_NAME.findall(PAGE.read_text(encoding="utf-8"))) - OTHERS
    sources = "\n".join(path.read_text("utf-8") for root in ROOTS for path in (ROOT / root / "guidelint").rglob("*.py"))
    defined = set(re.findall(r"^(?:class |def )?([A-Za-z_]+)(?= =|: TypeAlias|\b[\[(:])", sources, re.MULTILINE))
    assert len(named) > 10
    assert named - defined == set()


def test_every_word_has_one_meaning() -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\* \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) > 30
    assert sorted(words) == sorted(set(words))
