"""What is only unwise is told, keeps no guideline from being used, and can be allowed for a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.language.mistakes import problems

from guidelint.language.library import find_loaded, holdings
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import SMALLEST, explanations, with_part
from guidelint.language.text.problem import MOST, GuidelineProblems
from guidelint.language.text.problem_text import report

EMPTY = with_part("rules: {}\n")


def told(part: str) -> list[tuple[int, str, str]]:
    """Line, code and message of everything that is told of a part."""
    return [(problem.line, problem.code, problem.message) for problem in problems(with_part(part))]


def test_a_guideline_with_a_warning_is_one() -> None:
    assert load(EMPTY).rules == {}
    assert [problem.code for problem in loaded(EMPTY).warnings.problems] == ["empty-section"]
    assert loaded(SMALLEST).warnings.problems == ()


def test_a_warning_is_told_as_one() -> None:
    assert (
        report(loaded(EMPTY, "lesions.yaml").warnings)
        == """\
lesions.yaml:10:1: warning: empty-section: `rules` is written, and nothing stands in it
   |
10 | rules: {}
   | ^^^^^
   = Fill it, or delete it.

1 warning. `guidelint explain empty-section` says more about `empty-section`.
"""
    )


def test_errors_and_warnings_are_told_together_and_counted_apart() -> None:
    text = EMPTY + "attributes:\n  doubt: {title: Doubt, of: lession, choose_one: {no: No, yes: Yes}}\n"
    with pytest.raises(GuidelineProblems) as caught:
        load(text)
    assert [(problem.level, problem.code) for problem in caught.value.problems] == [
        ("warning", "empty-section"),
        ("error", "unknown-class"),
    ]
    assert report(caught.value).splitlines()[-1].startswith("1 problem and 1 warning. ")


def test_nothing_is_warned_of_where_something_is_wrong() -> None:
    part = """\
escalation:
  routes: {chief: {who: Chief radiologist, person: [ng@example.org, ng@example.org]}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: chief}}
"""
    assert told(part) == [(11, "person-twice", "ng@example.org is asked twice")]


def test_nothing_is_warned_of_while_a_part_cannot_be_read() -> None:
    assert [problem.code for problem in problems(EMPTY + "licnce: MIT\n")] == ["unknown-key"]


@pytest.mark.parametrize(
    "part",
    [
        "rules: {}  # guidelint: allow empty-section: they follow in the next version\n",
        "# guidelint: allow empty-section they follow in the next version\nrules: {}\n",
    ],
)
def test_a_warning_is_allowed_for_a_reason_beside_it(part: str) -> None:
    assert told(part) == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("rules: {}  # guidelint: allow empty-section:\n", "`empty-section` is allowed without a reason"),
        ("rules: {}  # guidelint: allow empty-sections: so\n", "`empty-sections` is no warning that could be allowed"),
        ("rules: {}  # guidelint: allow\n", "`` is no warning that could be allowed"),
        ("rules: {}  # guidelint: allow empty-range: so\n", "`empty-range` is an error and cannot be allowed"),
        (
            "# guidelint: allow empty-section: so\n\nrules: {}\n",
            "there is no warning `empty-section` in this line or the next",
        ),
    ],
)
def test_an_allowance_that_allows_nothing_is_told_and_keeps_nothing_back(part: str, message: str) -> None:
    assert ("idle-allowance", message) in [(code, words) for _, code, words in told(part)]
    assert "empty-section" in [code for _, code, _ in told(part)]


UNTIL = "rules: {{}}  # guidelint: allow empty-section until {day}: they follow\n"


def test_an_allowance_counts_to_the_end_of_its_day() -> None:
    today = datetime.now(UTC).date()
    past = today - timedelta(days=1)
    assert told(UNTIL.format(day=today + timedelta(days=1))) == []  # tomorrow: midnight may pass while this runs
    assert told(UNTIL.format(day=past)) == [
        (10, "empty-section", "`rules` is written, and nothing stands in it"),
        (
            10,
            "expired-allowance",
            f"`empty-section` was allowed until {past}, and that day is over",
        ),
    ]


def test_a_day_that_is_no_date_allows_nothing() -> None:
    message = "`empty-section` is allowed until `31.1.2027`, which is no date"
    assert ("idle-allowance", message) in [(code, words) for _, code, words in told(UNTIL.format(day="31.1.2027"))]


def test_words_after_until_that_are_no_day_belong_to_the_reason() -> None:
    assert told("rules: {}  # guidelint: allow empty-section until the pilot has ended\n") == []


AGREED = "# guidelint: allow no-agreement-target: one reader per image, by protocol\n"


def test_a_note_is_told_only_where_it_is_asked_for_and_can_be_allowed() -> None:
    assert problems(SMALLEST) == ()
    assert ("note", "no-agreement-target") in levels(SMALLEST)
    allowed = SMALLEST.replace("classes:", f"{AGREED}classes:")
    assert ("note", "no-agreement-target") not in levels(allowed)
    assert problems(allowed) == ()


def test_an_allowance_of_a_note_that_is_not_there_is_told_where_notes_are() -> None:
    agreed = f"{AGREED}readers: {{rules: {{enough-readers: {{min: 2}}, overlap-agreement: {{min_dice: 0.7}}}}}}\n"
    assert problems(with_part(agreed)) == ()
    assert ("warning", "idle-allowance") in levels(with_part(agreed))


def test_notes_wait_while_something_is_wrong_and_so_do_their_allowances() -> None:
    wrong = f"{AGREED}readers: {{rules: {{}}}}\nattributes:\n  a: {{title: A, of: no, number: {{}}}}\n"
    assert levels(with_part(wrong)) == [("warning", "empty-section"), ("error", "unknown-class")]


def levels(text: str) -> list[tuple[str, str]]:
    return [(problem.level, problem.code) for problem in problems(text, notes=True)]


def test_an_error_is_told_whatever_is_allowed() -> None:
    part = "# guidelint: allow unknown-class: it comes\nattributes:\n  a: {title: A, of: no, number: {}}\n"
    assert [code for _, code, _ in told(part)] == ["idle-allowance", "unknown-class"]


def test_a_hash_within_a_longer_text_allows_nothing_and_is_not_told() -> None:
    part = "rules: {}\ninstructions: |\n  Mark every lesion.\n  # guidelint: allow empty-section: so\n  Then submit.\n"
    assert [code for _, code, _ in told(part)] == ["empty-section"]


def test_the_page_of_a_warning_says_that_it_is_one() -> None:
    assert "It is a warning: the guideline compiles all the same." in str(explanations()["empty-section"])
    assert "It is a warning" not in str(explanations()["empty-range"])


@pytest.mark.parametrize("label", [item.label for item in holdings()])
def test_nothing_is_unwise_in_the_library(label: str) -> None:
    assert find_loaded(label).warnings.problems == ()


def test_an_error_is_told_before_more_warnings_than_are_told() -> None:
    classes = "".join(f"  c{n}: {{title: Class {n}, definition: Class {n}., draw: polygon}}\n" for n in range(MOST + 1))
    question = "attributes:\n  q: {title: Q, of: lesoin, choose_one: {a: A, b: B}}\n"
    read = loaded(with_part(f"classes:\n{classes}")).warnings
    assert {problem.level for problem in read.problems} == {"warning"}
    assert (len(read.problems), read.and_more) == (MOST, True)
    with pytest.raises(GuidelineProblems) as refused:
        load(with_part(f"classes:\n{classes}{question}"))
    assert [problem.code for problem in refused.value.problems if problem.level == "error"] == ["unknown-class"]
    assert refused.value.and_more
