"""The cookbook: every recipe is carried out, and gets the verdicts that it promises."""

from __future__ import annotations

import pytest

from cookbook.page import carried_out, page
from cookbook.recipe import CHAPTERS, RECIPES, chapters
from locks import ROOT

NAMES = [name for names in chapters().values() for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_does_what_it_says(name: str) -> None:
    assert carried_out(name).unexpected == []


def test_every_recipe_stands_in_one_chapter_and_has_a_title_of_its_own() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in RECIPES.iterdir() if path.name != CHAPTERS)
    assert len({carried_out(name).recipe.title for name in NAMES}) == len(NAMES)


def test_the_page_is_fresh() -> None:
    assert (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8") == page()
