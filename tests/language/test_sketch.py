from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guidelint.language.sketch.names import Names
from guidelint.language.sketch.yaml_text import Noted, yaml_text
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import as_json

SCALARS = st.one_of(
    st.text(max_size=200), st.booleans(), st.integers(-(10**9), 10**9), st.sampled_from(["null", "no", "1.10", "- a"])
)
KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def read(text: str) -> object:
    parsed = parse(text)
    assert parsed.root is not None
    return as_json(parsed.root)


@given(st.dictionaries(st.sampled_from(["title", "classes", "of", "a long name"]), VALUES, min_size=1, max_size=3))
def test_what_is_written_is_read_back(parts: dict[str, Any]) -> None:
    assert read(yaml_text(parts)) == parts


def test_comments_stand_above_what_they_are_about() -> None:
    rules = {"diameter-limits": Noted({"longest_min_mm": 3}, ["observed: 99 % of 812", "not so: 12"])}
    assert yaml_text({"classes": {"nodule": {"title": "Nodule", "rules": rules}}}) == (
        "classes:\n"
        "  nodule:\n"
        "    title: Nodule\n"
        "    rules:\n"
        "      # observed: 99 % of 812\n"
        "      # not so: 12\n"
        "      diameter-limits: {longest_min_mm: 3}\n"
    )


def test_names_are_words_each_given_once() -> None:
    names = Names("class", ["mass"])
    assert [names.name(words) for words in ("Mass", "Mass", "≥ 3 mm", "polygon", "image", "…")] == [
        *("mass-2", "mass-3", "from-3-mm", "polygon-2", "image-2", "class"),
    ]
