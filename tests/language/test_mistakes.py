"""Typical mistakes: each is told once, where it stands, with its cause and a remedy that mends it."""

from __future__ import annotations

import pytest
from tests.language.mistakes import HANDED, SOUND, Mistake, problems
from tests.language.mistakes_of_effect import EFFECT
from tests.language.mistakes_of_meaning import MEANING
from tests.language.mistakes_of_settings import SETTINGS, SOUND_SETTINGS
from tests.language.mistakes_of_text import MORE

pytestmark = pytest.mark.many


def test_the_sound_guideline_is_sound() -> None:
    assert problems(SOUND) == ()
    assert problems(SOUND_SETTINGS) == ()


@pytest.mark.parametrize("mistake", [*HANDED, *MORE, *SETTINGS, *MEANING, *EFFECT], ids=lambda mistake: mistake.title)
def test_a_mistake_is_told_once_with_place_cause_and_remedy(mistake: Mistake) -> None:
    (problem,) = problems(mistake.text)
    assert problem.line == mistake.line
    assert mistake.cause in problem.message
    assert mistake.remedy in problem.help


def test_what_must_not_be_left_out_is_not_advised_to_be_deleted() -> None:
    for key in ("summary: Nodules are outlined and rated.", "definition: The whole gland.", "title: Thyroid\n"):
        (problem,) = problems(SOUND.replace(key, f"{key.partition(':')[0]}:\n", 1))
        assert problem.code == "empty"
        assert "delete" not in problem.help


@pytest.mark.parametrize("mistake", [*HANDED, *MORE, *SETTINGS, *MEANING, *EFFECT], ids=lambda mistake: mistake.title)
def test_an_edit_that_is_advised_mends_the_mistake(mistake: Mistake) -> None:
    for problem in problems(mistake.text):
        if problem.edit is not None:
            after = problems(problem.edit.applied(mistake.text))
            assert {other.message for other in after} == ({mistake.then} if mistake.then else set())
