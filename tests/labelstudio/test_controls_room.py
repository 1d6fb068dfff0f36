"""How much room the compiler keeps for questions; that it is enough is measured in a browser."""

from __future__ import annotations

import pytest
from tests.labelstudio.chest import MORE_FINDINGS, chest

from guidelint.labelstudio.config.height import question_height_px, room_below, room_beside
from guidelint.labelstudio.config.scale import ends_of, steps
from guidelint.language.form.guideline import Attribute, Guideline, NumberRange, Option

LONG = "Mixed cystic and solid"


def asked(kind: str, *titles: str, title: str = "Margin", of: tuple[str, ...] = ()) -> Attribute:
    options = {str(place): Option(title=title) for place, title in enumerate(titles, 1)}
    number = NumberRange() if kind == "number" else None
    return Attribute.model_validate(
        {"title": title, "of": of, "kind": kind, "options": options, "number": number}, strict=False
    )


@pytest.mark.parametrize(
    ("question", "height_px"),
    [
        pytest.param(asked("choice", "Right", "Left", "Both"), 39, id="a row of options"),
        pytest.param(asked("choice", LONG, LONG), 65, id="two rows of options"),
        pytest.param(asked("choice", "結節の内部は充実性である", "嚢胞"), 39, id="wide letters that fit a row"),
        pytest.param(asked("choice", "結節の内部は充実性である", "嚢胞性である"), 65, id="wide letters that do not"),
        pytest.param(asked("choice", "Right", title="Longest diameter (short axis of nodes)"), 55, id="a long title"),
        pytest.param(asked("scale", "Linear", "Ovoid", "Round"), 53, id="a scale"),
        pytest.param(
            asked("scale", "Surely not suspicious at all", "So", "Certainly malignant"), 65, id="a scale's long ends"
        ),
        pytest.param(asked("number"), 41, id="a number"),
        pytest.param(asked("text"), 72, id="a text"),
    ],
)
def test_a_question_takes_the_height_that_it_has_on_the_page(question: Attribute, height_px: int) -> None:
    assert question_height_px(question) == height_px


def room(*questions: Attribute) -> str:
    guideline = chest().guideline()
    numbered = {f"q{number}": item for number, item in enumerate(questions)}
    return room_below(Guideline.model_copy(guideline, update={"attributes": numbered}))


def test_nine_ratings_and_three_questions_on_the_image_have_their_rows() -> None:
    assert room_below(chest().guideline()) == "calc(26px + max(min(45vh, 185px), min(26vh, 230px)))"


def test_where_nothing_is_asked_only_the_folded_verdict_has_room() -> None:
    assert room() == "calc(26px + max(min(45vh, 0px), min(26vh, 0px)))"


def test_only_what_is_asked_of_one_class_stands_on_the_page_together() -> None:
    one, two = (key for key, _ in zip(chest().guideline().classes, range(2), strict=False))
    first, second = (asked("choice", "Yes", "No", of=(name,)) for name in (one, two))
    assert room(first, second) == room(first)
    both = asked("choice", "Yes", "No", of=(one, two))
    assert room(both, both, both, both) != room(both, both, both) == room(both)


@pytest.mark.parametrize(
    ("first", "last", "shares", "lines"),
    [
        pytest.param("Linear", "Round", (50, 50), (), id="short"),
        pytest.param("Extremely subtle", "Clear", (70, 30), (), id="one long end takes the room of the other"),
        pytest.param("No", "Highly suspicious", (30, 70), (), id="no end gets less than it can be read in"),
        pytest.param("Highly unlikely", "Highly suspicious", (50, 50), ("gl-two-lines-beside",), id="long beside"),
        pytest.param(
            "Surely not there at all", "Surely there, and growing", (50, 50), ("gl-two-lines", "gl-two-lines-beside"),
            id="long anywhere",
        ),
    ],
)  # fmt: skip
def test_the_ends_of_a_scale_share_the_line(
    first: str, last: str, shares: tuple[int, int], lines: tuple[str, ...]
) -> None:
    options = asked("scale", first, "Between", last).options
    assert ends_of(options).style_classes() == lines
    html = steps(options)
    assert f"gl-end gl-first gl-end-{shares[0]}" in html["1"]
    assert f"gl-end gl-last gl-end-{shares[1]}" in html["3"]
    assert "gl-end" not in html["2"]


def test_a_scale_without_steps_has_no_ends() -> None:
    assert steps({}) == {}
    assert ends_of({}).style_classes() == ()


def test_the_column_of_classes_is_as_high_as_their_names_and_headings_need() -> None:
    """One of 13 names takes two lines, nine of 40 do; 40 classes stand under five headings."""
    assert room_beside(chest().guideline()) == f"{58 + 13 * 27 + 15}px"
    assert room_beside(chest(MORE_FINDINGS).guideline()) == f"{58 + 5 * 21 + 40 * 27 + 9 * 15}px"
