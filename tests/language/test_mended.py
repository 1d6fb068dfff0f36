"""What `guidelint lint --fix` does to a text: it takes out what means nothing, and nothing else changes."""

from __future__ import annotations

import pytest
from tests.language.mistakes import SOUND, problems

from guidelint.language.compile.plan import compile_plan
from guidelint.language.lint.every_lint import lints
from guidelint.language.load import load
from guidelint.language.mended import mended
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue

FIXED = [code for code, lint in lints().items() if any(problem.fix for problem in problems(with_part(lint.wrong)))]
"""Lints of which a fix is safe."""


def fixed(text: str) -> str:
    return mended(text, "guideline.yaml").text


@pytest.mark.parametrize("code", FIXED)
def test_a_fix_mends_the_wrong_example_and_has_nothing_more_to_do(code: str) -> None:
    text = with_part(lints()[code].wrong)
    done = mended(text, "guideline.yaml")
    assert [problem.code for problem in done.mended] == [code]
    assert problems(done.text) == ()
    assert mended(done.text, "guideline.yaml") == type(done)(done.text)


def test_several_lints_can_be_mended() -> None:
    assert {"empty-section", "rule-sets-nothing", "unknown-modality"} <= {*FIXED}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("readers:\n  rules: {}\nreturned_work: {mode: keep}  # pilot\n", "returned_work: {mode: keep}  # pilot\n"),
        ("# readers follow\nreaders: {rules: {}}\n\n# last\n", "# readers follow\n\n# last\n"),
        ("rules: {inside-image: {}, single-piece: {}}\n", "rules: {single-piece: {}}\n"),
        ("rules: {single-piece: {}, inside-image: {} }\n", "rules: {single-piece: {} }\n"),
        ("rules:\n  inside-image: {}\n  single-piece: {}\n", "rules:\n  single-piece: {}\n"),
        ("returned_work: {mode: keep}\nrules: {}", "returned_work: {mode: keep}\n"),
        ("images:\n  modality: [MRI, CT]   # both\n", "images:\n  modality: [MR, CT]   # both\n"),
    ],
)
def test_comments_and_layout_stay(before: str, after: str) -> None:
    assert fixed(with_part(before)) == with_part(after)


@pytest.mark.parametrize("part", ["rules: {}  # of the pilot\n", "readers:\n  # of the pilot\n  rules: {}\n"])
def test_what_would_lose_a_comment_stays(part: str) -> None:
    assert fixed(with_part(part)) == with_part(part)
    assert [problem.code for problem in problems(with_part(part))] == ["empty-section"]


def test_breaks_of_lines_and_the_mark_at_the_beginning_stay() -> None:
    text = "\ufeff" + with_part("rules: {}\n").replace("\n", "\r\n")
    assert fixed(text) == text.replace("rules: {}\r\n", "")


def test_all_that_means_nothing_is_taken_out_and_the_plan_stays() -> None:
    text = SOUND.replace("escalation:\n", "readers: {rules: {}}\nrules: {}\nescalation:\n")
    assert fixed(text) == SOUND
    rules = catalogue()
    assert compile_plan(load(text), rules).digest == compile_plan(load(SOUND), rules).digest


def test_a_text_that_is_no_guideline_is_mended_as_far_as_it_goes() -> None:
    text = with_part("images: {modality: MRI}\nlicnce: MIT\n")
    assert fixed(text) == text.replace("MRI", "MR")
    with pytest.raises(GuidelineProblems):
        load(fixed(text))


def test_as_many_as_there_are_are_mended_at_once_and_the_one_that_cannot_be_stays() -> None:
    classes = "".join(
        f"  c{n}: {{title: C {n}, definition: Kind {n}., draw: polygon, rules: {{}}}}\n" for n in range(300)
    )
    text = with_part(f"classes:\n{classes}rules:  # of the pilot\n  {{}}\n")
    done = mended(text, "guideline.yaml")
    assert done.text == text.replace(", rules: {}}", "}")
    assert len(done.mended) == 300
    assert [problem.code for problem in problems(done.text)] == ["empty-section"]
