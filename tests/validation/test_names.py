"""Rules speak of what they know by keys in titles that they are given."""

from __future__ import annotations

import pytest

from guidelint.validation.rule.names import Names, QuestionNames, pieces, plain, titled

NAMES = Names(
    {"a": "Mass", "b": "Cyst", "c": "Liver"},
    {
        "sure": QuestionNames("Confidence", {"1": "Possible", "2": "Probable", "3": "Certain"}),
        "size": QuestionNames("Size", unit="mm"),
    },
)


def test_a_title_is_told_from_the_words_around_it() -> None:
    assert list(pieces(f"Every {titled('Mass')} lies in {titled('Liver')}.")) == [
        ("Every ", False),
        ("Mass", True),
        (" lies in ", False),
        ("Liver", True),
        (".", False),
    ]


def test_a_title_cannot_end_before_its_end() -> None:
    begin, end = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    assert list(pieces(titled(f"Ma{end}s{begin}s"))) == [("Mass", True)]


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ("a", "every Mass"),
        ("ab", "every region but Liver"),
        ("abc", "every region"),
    ],
)
def test_classes_are_named_in_the_shorter_way(classes: str, words: str) -> None:
    assert plain(NAMES.every(classes)) == words


@pytest.mark.parametrize(
    ("question", "limit", "words"),
    [
        ("sure", 1, "Possible"),
        ("sure", 2.5, "Possible or Probable"),
        ("sure", 0, "at most 0"),
        ("size", 2, "at most 2 mm"),
    ],
)
def test_answers_up_to_a_number_are_steps_of_a_scale_or_numbers(question: str, limit: float, words: str) -> None:
    assert plain(NAMES.up_to(question, limit)).replace("\N{NO-BREAK SPACE}", " ") == words


def test_conditions_hold_together_and_each_in_one_of_several_ways() -> None:
    words = NAMES.conditions({"sure": ("1", "2"), "other": ("yes",)})
    assert plain(words) == "Confidence is Possible or Probable and Other is Yes"


def test_a_pair_of_one_class_with_itself_is_two_of_it() -> None:
    assert (plain(NAMES.pair("a", "a")), plain(NAMES.pair("a", "b"))) == ("two Mass", "Mass and Cyst")
