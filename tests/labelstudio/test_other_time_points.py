"""Answers that go by other time points of a patient: confirmed, gone and back, the best of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square
from tests.labelstudio.test_told_of_several import patient_of, read_by_annotators

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems

OPTIONS = "choose_one: {ne: Not evaluable, sd: Stable disease, pr: Partial response, cr: Complete response, pd: Worse}"
RECIST = with_part(f"""\
attributes:
  seen: {{title: Response here, of: image, {OPTIONS}, required: true}}
  response: {{title: Response, of: study, {OPTIONS}, derive: {{worst_of: seen, entered: never}}}}
  confirmed:
    title: Confirmed response
    of: patient
    choose_one: {{cr: Complete response, pr: Partial response, not-confirmed: Not confirmed, none: None}}
    derive:
      first_of:
        cr: {{answer: {{response: cr}}, later: {{answer: {{response: cr}}, days: {{at_least: 28}}}}}}
        pr: {{answer: {{response: [cr, pr]}}, later: {{answer: {{response: [cr, pr]}}, days: {{at_least: 28}}}}}}
        not-confirmed: {{answer: {{response: [cr, pr]}}}}
        none: otherwise
      entered: never
  best:
    title: Best overall response
    of: patient
    {OPTIONS}
    derive:
      first_of:
        cr: {{ever: {{answer: {{confirmed: cr}}}}}}
        pr: {{ever: {{answer: {{confirmed: pr}}}}}}
        sd: {{ever: {{answer: {{response: [cr, pr, sd]}}, days_since_baseline: {{at_least: 42}}}}}}
        pd: {{ever: {{answer: {{response: pd}}}}}}
        ne: otherwise
      entered: never
escalation:
  routes: {{board: {{who: Tumour board}}}}
  when: {{responds: {{answer-escalates: {{attribute: best, values: [cr, pr]}}, to: board}}}}
""")


def visit(day: int, seen: str) -> Submission:
    """Hand in the one image of a visit so many days after the baseline."""
    facts = ImageFacts(patient="P", study_uid=f"1.{day}", study_date=date(2026, 1, 1) + timedelta(day))
    return replace(Submission(f"{day}", f"{day}", "ann", facts), answers={"seen": Answer("seen", (seen,))})


def told(text: str, *visits: tuple[int, str]) -> list[str]:
    """What is told of a patient: question, time point where it is one, and value."""
    values = (finding.derived for finding in patient_of(plan_of(text), *(visit(*one) for one in visits)).derived)
    return [f"{one.question} {one.time_point and f'{one.time_point} '}{one.written}" for one in values if one]


@pytest.mark.parametrize(
    ("visits", "best"),
    [
        ("42 cr 70 cr", "cr"),
        ("42 cr 70 sd", "sd"),
        ("28 cr 56 pd", "pd"),
        ("42 cr 70 pd", "sd"),
        ("42 cr 70 ne", "sd"),
        ("28 cr 56 ne", "ne"),
        ("28 pr 56 cr", "pr"),
        ("42 pr 70 pr", "pr"),
        ("42 pr 69 pr", "sd"),
        ("42 pr 70 pd", "sd"),
        ("28 pr 56 pd", "pd"),
        ("28 ne 56 ne", "ne"),
        ("42 pr 70 sd 98 pr", "pr"),
    ],
)
def test_the_best_overall_response_of_recist(visits: str, best: str) -> None:
    """RECIST 1.1, table 3, with six weeks as the least time for stable disease."""
    days, seen = visits.split()[::2], visits.split()[1::2]
    read = [(0, "ne"), *zip(map(int, days), seen, strict=True)]
    patient = patient_of(plan_of(RECIST), *(visit(*one) for one in read))
    assert patient.decision == ("escalated" if best in {"cr", "pr"} else "accepted")
    without_escalation = RECIST.partition("escalation:")[0]
    assert [one for one in told(without_escalation, *read) if one.startswith("best")] == [f"best {best}"]


def test_what_is_not_confirmed_has_a_name_of_its_own() -> None:
    """At each time point but the first; the last can be confirmed by none."""
    visits = ((0, "ne"), (42, "pr"), (70, "cr"), (98, "sd"))
    found = [one for one in told(RECIST, *visits) if one.startswith("confirmed")]
    assert found == [
        "confirmed 2026-02-12 pr",
        "confirmed 2026-03-12 not-confirmed",
        "confirmed 2026-04-09 none",
    ]


def test_annotators_read_what_must_be_so_at_other_time_points() -> None:
    read = read_by_annotators(RECIST)
    assert (
        "Response is Complete response and at any time point at least 28 days later Response is Complete response."
    ) in read
    assert "Stable disease: at any time point Response is Complete response, Partial response or Stable disease" in read


def test_other_time_points_are_those_of_a_patient() -> None:
    text = RECIST.replace("    title: Best overall response\n    of: patient", "    title: Best\n    of: study")
    with pytest.raises(GuidelineProblems) as raised:
        load(text)
    assert "`best` asks what is so at other time points, and is not of a patient" in {
        problem.message for problem in raised.value.problems
    }


GRADES = with_part("""\
attributes:
  seen: {title: Grade here, of: image, scale: {0: None, 1: Mild, 2: Severe}, higher_means: worse, required: true}
  grade:
    title: Grade
    of: study
    scale: {0: None, 1: Mild, 2: Severe}
    higher_means: worse
    derive: {worst_of: seen, entered: never}
  course:
    title: Course
    of: patient
    choose_one: {worse: Worse, better: Better, same: The same}
    derive:
      change_of: grade
      changes: {worse: {since_last: {at_least: 1}}, better: {since_baseline: {below: 0}}, same: otherwise}
      entered: never
""")


@pytest.mark.parametrize(
    ("grades", "course"),
    [("1 2 2", "worse same"), ("1 0 1", "better worse"), ("2 0 0", "better better"), ("0 0 1", "same worse")],
)
def test_a_grade_that_rises_from_visit_to_visit(grades: str, course: str) -> None:
    found = told(GRADES, *enumerate(grades.split()))
    assert [one.split()[-1] for one in found if one.startswith("course")] == course.split()


def test_what_changed_is_told_in_the_words_of_the_steps() -> None:
    patient = patient_of(plan_of(GRADES), visit(0, "1"), visit(30, "0"), visit(60, "2"))
    assert "Course at 2026-03-02 is Worse: Grade Severe, after Mild at 2026-01-01 and None at 2026-01-31" in {
        finding.message for finding in patient.derived
    }
    assert "Worse: grown by at least 1 since the time point before" in read_by_annotators(GRADES)


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("since_last: {at_least", "since_smallest_percent: {at_least", "options in an order have steps"),
        (
            "of: patient\n    choose_one: {worse: Worse, better: Better, same: The same}\n    derive:\n",
            "of: lesion\n    choose_one: {worse: Worse, better: Better, same: The same}\n    derive:\n",
            "`course` is the change of `grade`, which is no number that can be followed of an object",
        ),
    ],
)
def test_what_has_no_steps_or_no_object_is_refused(written: str, instead: str, message: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(GRADES.replace(written, instead))
    assert any(message in problem.message for problem in raised.value.problems), raised.value.problems


LEVELS = with_part("""\
attributes:
  echo: {title: Echo, of: lesion, choose_one: {bright: {title: Bright, points: 1}, dark: {title: Dark, points: 3}}}
  level:
    title: Level
    of: lesion
    choose_one: {low: Low, high: High}
    derive: {points: echo, bands: {low: {at_most: 2}, high: {above: 2}}, entered: never}
  rise:
    title: Rise
    of: lesion
    choose_one: {risen: Risen, not-risen: Not risen}
    derive: {change_of: level, changes: {risen: {since_last: {at_least: 1}}, not-risen: otherwise}, entered: never}
""")


@pytest.mark.parametrize(
    ("echoes", "said"),
    [
        (("bright", "dark"), "Rise at 2026-01-31 is Risen: Level High, after Low at 2026-01-01"),
        (("dark", "bright"), "Rise at 2026-01-31 is Not risen: Level Low, after High at 2026-01-01"),
        (("bright", ""), "Rise at 2026-01-31 does not follow: “Level” was left open"),
    ],
)
def test_a_level_that_nobody_enters_is_followed(echoes: tuple[str, ...], said: str) -> None:
    visits = []
    for at, echo in enumerate(echoes):
        answers = {"echo": Answer("echo", (echo,))} if echo else {}
        region = msgspec.structs.replace(square(1, "lesion", 20), object_name="L", answers=answers)
        visits.append(replace(visit(30 * at, "sd"), regions=(region,), answers={}))
    assert said in {finding.message for finding in patient_of(plan_of(LEVELS), *visits).findings}


COURSE = with_part("""\
attributes:
  state: {title: State, of: lesion, choose_one: {there: There, gone: Gone}, required: true}
  course:
    title: Course
    of: lesion
    choose_one: {new: New, back: Back, same: As before}
    derive:
      first_of:
        new: {earlier: {which: every, is_marked: false}}
        back: {answer: {state: there}, earlier: {answer: {state: gone}}}
        same: otherwise
      entered: never
""")


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("entered: never", "entered: compared", "`course` is told of an object over time, and entered as well"),
        ("answer: {state: there}", "size: {longest_mm: {at_least: 5}}", "goes by more than its answers"),
        ("of: lesion, choose_one: {there", "of: image, choose_one: {there", "does not ask the same classes"),
        ("is_marked: false", "is_marked: false, answer: {state: gone}", "what is not marked was not answered for"),
    ],
)
def test_what_an_object_cannot_be_asked_at_other_visits_is_refused(written: str, instead: str, message: str) -> None:
    assert load(COURSE)
    with pytest.raises(GuidelineProblems) as raised:
        load(COURSE.replace(written, instead))
    assert any(message in problem.message for problem in raised.value.problems), raised.value.problems
