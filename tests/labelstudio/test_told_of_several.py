"""Questions of a series, a study or a patient: from the guideline to what a check tells of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.project.tabs import told_by
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.derived_columns import derived_columns
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.fold import Fold

if TYPE_CHECKING:
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict

RECIST = with_part("""\
attributes:
  sum:
    title: Sum of diameters
    of: study
    number: {min: 0, unit: mm, step: 1}
    derive: {measured: {longest-diameter: lesion}, entered: never}
  lesions: {title: Lesions, of: patient, number: {min: 0}, derive: {measured: {count: lesion}, entered: never}}
  response:
    title: Response
    of: patient
    choose_one: {pd: Progressive disease, cr: Complete response, pr: Partial response, sd: Stable disease}
    derive:
      change_of: sum
      changes:
        pd: {since_smallest_percent: {at_least: 20}, since_smallest: {at_least: 5}}
        cr: {itself: {at_most: 0}}
        pr: {since_baseline_percent: {at_most: -30}}
        sd: otherwise
      entered: never
""")


def visit(month: int, **sides_px: float) -> Submission:
    """Hand in squares of pixels of half a millimetre, by the names of their objects."""
    facts = ImageFacts(patient="P", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    regions = [
        msgspec.structs.replace(square(number, "lesion", side), object_name=name)
        for number, (name, side) in enumerate(sides_px.items(), 1)
    ]
    return replace(Submission(f"{month}", f"{month}", "ann", facts), regions=tuple(regions))


def judged(plan: Plan, *tasks: Submission) -> list[Verdict]:
    """Judge everything that several tasks have in common."""
    fold = Fold(plan)
    for one in tasks:
        fold.add(one)
    return list(fold.verdicts())


def patient_of(plan: Plan, *visits: Submission) -> Verdict:
    """Judge all visits of a patient."""
    (patient,) = [verdict for verdict in judged(plan, *visits) if verdict.subject.kind == "patient"]
    return patient


def told(*visits: Submission, text: str = RECIST) -> dict[str, list[str]]:
    """What is told of a patient and of each study: question → value, and of which time point."""
    found: dict[str, list[str]] = {}
    for verdict in judged(plan_of(text), *visits):
        assert verdict.decision == "accepted"
        for value in (finding.derived for finding in verdict.derived):
            assert value is not None
            found.setdefault(value.question, []).append(" ".join(filter(None, (value.time_point, value.written))))
    return found


def test_recist_by_its_letter() -> None:
    """RECIST 1.1: baseline 85 mm; 57 mm are a third less; 68 mm a fifth and 11 mm more than the smallest."""
    found = told(visit(1, a=80, b=40), visit(3, a=60, b=20), visit(5, a=60, b=36), visit(7))
    assert found["sum"] == ["85", "57", "68", "0"]
    assert found["lesions"] == ["2"]
    assert found["response"] == ["2026-03-01 pr", "2026-05-01 sd", "2026-07-01 cr"]


@pytest.mark.parametrize(
    ("baseline", "later", "response"),
    [
        (100, 70, "pr"),
        (100, 71, "sd"),
        (100, 121, "pd"),
        (100, 119, "sd"),
        (10, 14, "sd"),
        (10, 18, "pd"),
        (10, 0.0, "cr"),
    ],
)
def test_limits_of_a_response(baseline: float, later: float, response: str) -> None:
    """Sides of squares, whose diagonals are told in whole millimetres: 71 mm of 100 pixels, 10 mm of 14."""
    after = visit(3, a=later) if later else visit(3)
    assert told(visit(1, a=baseline), after)["response"] == [f"2026-03-01 {response}"]


def read_by_annotators(text: str) -> str:
    guideline = load(text)
    made = outputs(guideline, compile_plan(guideline, catalogue()))
    page = ET.fromstring(f"<div>{made['instructions.html']}</div>")  # noqa: S314 - compiled by ourselves
    return " ".join("".join(page.itertext()).split())


def test_nobody_is_asked_and_the_instructions_say_how_it_follows() -> None:
    guideline = load(RECIST)
    made = outputs(guideline, compile_plan(guideline, catalogue()))
    config = ET.fromstring(made["label_config.xml"])  # noqa: S314 - compiled by ourselves
    assert {control.get("name") for control in config.iter()}.isdisjoint({"sum", "lesions", "response"})
    read = read_by_annotators(RECIST)
    assert "You are not asked: it is worked out from all that you read of a study." in read
    assert "Partial response: shrunk by at least 30 % since the first time point; Stable disease: otherwise." in read


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ("{at_least: 20}", "grown by at least 20 mm"),
        ("{above: 5, at_most: 20}", "grown by above 5 mm and at most 20 mm"),
        ("{below: -30}", "shrunk by more than 30 mm"),
        ("{at_least: -30, below: -5}", "shrunk by at most 30 mm and shrunk by more than 5 mm"),
        ("{above: -30, below: 20}", "shrunk by less than 30 mm or grown by less than 20 mm"),
        ("{at_least: 0}", "not shrunk"),
        ("{at_most: 0}", "not grown"),
        ("{above: 0, at_most: 4}", "grown and grown by at most 4 mm"),
    ],
)
def test_what_grew_by_less_than_nothing_shrank(limits: str, words: str) -> None:
    page = read_by_annotators(RECIST.replace("since_baseline_percent: {at_most: -30}", f"since_baseline: {limits}"))
    assert f"Partial response: {words} since the first time point;" in page


def test_columns_of_numbers_sort_as_numbers() -> None:
    tasks = told_by(plan_of(RECIST)).tasks
    assert tasks.derived == ("response", "sum", "lesions")
    assert tasks.numbers == {"sum", "lesions"}


SUM = "derive: {measured: {longest-diameter: lesion}, entered: never}"
MISTAKES = {
    "of: study, number: {min: 0}": "`sum` is of a study, and nobody is asked about one: a task is what is answered",
    f"of: [study, lesion], number: {{unit: mm}}, {SUM}": "`sum` asks regions and the whole study at once",
    "of: study, number: {}, derive: {ratio: {of: {width: lesion}, to: {height: lesion}}, entered: never}": (
        "`sum` is of a study, where `ratio` does not tell which image it goes by"
    ),
    "of: study, choose_one: {a: A, b: B}, derive: {change_of: other, changes: {a: otherwise}, entered: never}": (
        "`sum` follows from a change over time, and is not of a patient"
    ),
    "of: patient, choose_one: {a: A, b: B}, derive: {change_of: other, changes: {a: otherwise}, entered: never}": (
        "`sum` is the change of `other`, which is no number that follows from a study"
    ),
    "of: study, choose_one: {a: A, b: B}, derive: {first_of: {a: {marked: lesion}, b: otherwise}, entered: never}": (
        "`sum` is of a study, where `first_of` does not tell which image it goes by"
    ),
    "of: study, choose_one: {a: A, b: B}, derive: {entered: never, first_of: {a: {answer: {asked: a}}, b: null}}": (
        "`sum` is of a study, and `asked` is answered in each task"
    ),
    "of: study, choose_one: {a: A, b: B}, derive: {worst_of: [asked, told], entered: never}": (
        "`sum` is of a study, and `asked` is answered in each task"
    ),
    "of: patient, choose_one: {a: A, b: B}, derive: {worst_of: told, entered: never}": (
        "`sum` is of a patient, and follows from `told`, which is told of a study"
    ),
    "of: patient, choose_one: {a: A, b: B}, derive: {worst_of: [of-all, changed], entered: never}": (
        "`sum` is told at each time point of a patient, and `of-all` of a patient as a whole"
    ),
    "of: study, number: {}, derive: {sum: number, measured: {count: lesion}, entered: never}": (
        "`sum` follows from `number`, which is told of a study, and from what is drawn"
    ),
    "of: image, choose_one: {a: A, b: B}, derive: {worst_of: asked, left_open: b, entered: never}": (
        "`sum` is of no series, study or patient, and `left_open` names an answer where nothing follows"
    ),
    "of: study, choose_one: {a: A, b: B}, derive: {worst_of: asked, left_open: c, entered: never}": (
        "`c` is not an option of `sum`"
    ),
    "of: patient, choose_one: {a: A, b: B}, derive: {change_of: number, entered: never, changes: "
    "{a: {largest: {node: {below: 10}}}, b: otherwise}}": (
        "the largest `node` is limited, of which `number` counts nothing"
    ),
    "of: patient, choose_one: {a: A, b: B}, derive: {change_of: number, entered: never, changes: "
    "{a: {in_at_least: 2, since_baseline: {above: 0}}, b: otherwise}}": (
        "`of` and `in_at_least` choose among numbers of an object, and `number` is one of a patient"
    ),
    "of: patient, number: {}, derive: {sum: other, entered: never}": (
        "`sum` is of a patient, and follows from `other`, which nobody enters"
    ),
}


@pytest.mark.parametrize(("written", "message"), MISTAKES.items())
def test_what_cannot_be_told_of_several_is_refused(written: str, message: str) -> None:
    other = "other: {title: Other, of: image, number: {}, derive: {measured: {count: lesion}, entered: never}}"
    more = """\
  asked: {title: Asked, of: image, choose_one: {a: A, b: B}, required: true}
  told: {title: Told, of: study, choose_one: {a: A, b: B}, derive: {worst_of: asked, entered: never}}
  of-all: {title: Of all, of: patient, choose_one: {a: A, b: B}, derive: {worst_of: asked, entered: never}}
  number: {title: Number, of: study, number: {}, derive: {measured: {count: lesion}, entered: never}}
  changed:
    title: Changed
    of: patient
    choose_one: {a: A, b: B}
    derive: {change_of: number, changes: {a: {since_baseline: {above: 0}}, b: otherwise}, entered: never}
"""
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(f"attributes:\n  sum: {{title: Sum, {written}}}\n  {other}\n{more}"))
    assert message in {problem.message for problem in raised.value.problems}


def test_what_to_do_about_a_number_of_a_task_can_be_done() -> None:
    follows = "derive: {first_of: {yes: {number: {long: {at_least: 9}}}, no: otherwise}"
    text = with_part(f"""\
attributes:
  long: {{title: Long, of: lesion, number: {{min: 0}}, required: true}}
  any-long: {{title: Any, of: study, choose_one: {{no: No, yes: Yes}}, {follows}, entered: never}}}}
""")
    with pytest.raises(GuidelineProblems) as raised:
        load(text)
    (problem,) = raised.value.problems
    assert problem.help == (
        "Let annotators answer what is asked here in a `choose_one:` beside that; name a question with `of: study` and "
        "`derive: {worst_of: THAT-QUESTION, entered: never}`."
    )
    beside = f"  is-long: {{title: Is it, of: lesion, choose_one: {{no: No, yes: Yes}}, required: true, {follows}}}}}\n"
    load(text.replace(follows, "derive: {worst_of: is-long").replace("  any-long", f"{beside}  any-long"))
    never = beside.replace("required: true, ", "").replace("otherwise}", "otherwise}, entered: never")
    with pytest.raises(GuidelineProblems) as raised:
        load(text.replace(follows, "derive: {worst_of: is-long").replace("  any-long", f"{never}  any-long"))
    assert "delete its `entered: never`" in raised.value.problems[0].help


ESCALATION = """\
escalation:
  routes: {board: {who: Tumour board}}
  when:
    growth: {answer-escalates: {attribute: response, values: [pd]}, to: board}
    many: {answer-escalates: {attribute: load, values: [many]}, to: board}
"""
LOAD = """\
  load:
    title: Load
    of: patient
    choose_one: {few: Few, many: Many}
    derive: {measured: {count: lesion}, bands: {few: {at_most: 2}, many: {above: 2}}, entered: never}
"""
TO_BOARD = RECIST.replace("  response:\n", f"{LOAD}  response:\n", 1) + ESCALATION


@pytest.mark.parametrize(
    ("visits", "escalating"),
    [
        ((visit(1, a=100), visit(3, a=50), visit(5, a=70)), ["Response at 2026-05-01 is Progressive disease: "]),
        ((visit(1, a=9, b=9, c=9), visit(3, a=9)), ["Load is Many: 3 × "]),
        ((visit(1, a=100), visit(3, a=50)), []),
    ],
)
def test_an_answer_of_a_patient_escalates(visits: tuple[Submission, ...], escalating: list[str]) -> None:
    patient = patient_of(plan_of(TO_BOARD), *visits)
    found = [finding.message for finding in patient.escalating]
    assert len(found) == len(escalating)
    assert all(begin in message for begin, message in zip(escalating, found, strict=True))
    assert patient.decision == ("escalated" if escalating else "accepted")
    assert {finding.evidence["attribute"] for finding in patient.derived} >= {"response", "load"}


OVERALL = """\
  non-target: {title: Non-target, of: image, choose_one: {gone: Gone, there: There, grown: Grown}, required: true}
  new-lesion: {title: New lesion here, of: image, choose_one: {yes: Yes, no: No}, required: true}
  non-targets:
    title: Non-target lesions
    of: study
    choose_one: {gone: Gone, there: Still there, grown: Grown}
    derive: {worst_of: non-target, entered: never}
  new-lesions:
    title: New lesions
    of: study
    choose_one: {no: No, yes: Yes}
    derive: {worst_of: new-lesion, entered: never}
  others:
    title: Other lesions
    of: study
    choose_one: {cr: Gone, sd: There, pd: Grown or new}
    derive:
      table:
        rows: non-targets
        columns: new-lesions
        cells: {gone: {no: cr, yes: pd}, there: {no: sd, yes: pd}, grown: {no: pd, yes: pd}}
      entered: never
  overall:
    title: Overall response
    of: patient
    choose_one: {cr: Complete response, pr: Partial response, sd: Stable disease, pd: Progressive disease}
    derive:
      first_of:
        pd: {any_of: [{answer: {response: pd}}, {answer: {others: pd}}]}
        cr: {answer: {response: cr, others: cr}}
        pr: {answer: {response: [cr, pr]}}
        sd: otherwise
      entered: never
"""
RECIST_WHOLE = RECIST + OVERALL


def seen(one: Submission, non_target: str = "there", new: str = "no", task: str = "") -> Submission:
    """Answer beside what is drawn what became of the other lesions, and whether a new one is there."""
    given = {"non-target": non_target, "new-lesion": new}
    answers = {name: Answer(name, (value,)) for name, value in given.items() if value}
    return replace(one, task=task or one.task, annotation=task or one.task, answers=answers)


def overall(*visits: Submission, text: str = RECIST_WHOLE) -> list[str]:
    """What is told of the overall response at each time point, and why it cannot be told."""
    verdict = patient_of(plan_of(text), *visits)
    told = (one.derived for one in verdict.derived)
    values = [f"{one.time_point} {one.written}" for one in told if one is not None and one.question == "overall"]
    of_rule = (one for one in verdict.not_checked if one.rule == "derived-at-time-points")
    return [*values, *(one.message for one in of_rule)]


@pytest.mark.parametrize(
    ("later", "response"),
    [
        ((seen(visit(3, a=60)),), "sd"),
        ((seen(visit(3, a=48)),), "pr"),
        ((seen(visit(3)),), "pr"),
        ((seen(visit(3), "gone"),), "cr"),
        ((seen(visit(3, a=90)),), "pd"),
        ((seen(visit(3), "gone", "yes"),), "pd"),
        ((seen(visit(3), "gone"), seen(visit(3), "grown", task="3b")), "pd"),
        ((seen(visit(3), "gone"), seen(visit(3), "there", task="3b")), "pr"),
        ((seen(visit(3), "gone"), seen(visit(3), "gone", "yes", task="3b")), "pd"),
    ],
)
def test_the_overall_response_follows_at_each_time_point(later: tuple[Submission, ...], response: str) -> None:
    """RECIST 1.1, table 1: of two tasks of a visit, the one that says that something grew, or is new, counts."""
    assert overall(seen(visit(1, a=70)), *later) == [f"2026-03-01 {response}"]


def test_an_overall_response_is_told_as_far_as_it_can_be() -> None:
    unasked = seen(visit(3, a=70), "", "yes")
    (reason,) = overall(seen(visit(1, a=70)), unasked)
    assert reason.endswith("it follows from the answer to “Non-target”, which is missing (task 3)")
    grown = seen(visit(3, a=99), "")
    assert overall(seen(visit(1, a=70)), grown) == ["2026-03-01 pd"], "whatever the others did"
    later = seen(visit(5, a=70))
    assert overall(seen(visit(1, a=70)), unasked, later)[-1] == reason


@pytest.mark.parametrize(("side", "response"), [(13, "cr"), (14, "pr"), (60, "sd")])
def test_what_is_left_under_a_size_counts_as_gone(side: float, response: str) -> None:
    """Sides in pixels of half a millimetre, whose diagonals are 9.2 and 9.9 mm: 9 and 10 by the step of the sum."""
    text = RECIST.replace("cr: {itself: {at_most: 0}}", "cr: {largest: {lesion: {below: 9.5}}}")
    assert told(visit(1, a=70), visit(3, a=side), text=text)["response"] == [f"2026-03-01 {response}"]
    read = read_by_annotators(text)
    assert "Complete response: the largest Lesion below 9.5 mm" in read


_LEFT_OPEN = {
    "there: There, grown: Grown}, required: true}": "there: There, grown: Grown}}",
    "pd: Grown or new}": "pd: Grown or new, ne: Not evaluable}",
    "{no: pd, yes: pd}}\n": "{no: pd, yes: pd}}\n      left_open: ne\n",
    "pd: Progressive disease}\n    derive:\n      first_of": (
        "pd: Progressive disease, ne: Not evaluable}\n    derive:\n      first_of"
    ),
    "        cr: {answer: {response": "        ne: {answer: {others: ne}}\n        cr: {answer: {response",
}


def with_not_evaluable() -> str:
    """Write the guideline with an answer where a question is left open."""
    text = RECIST_WHOLE
    for before, after in _LEFT_OPEN.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


NOT_EVALUABLE = with_not_evaluable()


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (seen(visit(3, a=20), ""), ["2026-03-01 ne"]),
        (seen(visit(3, a=99), ""), ["2026-03-01 pd"]),
        (seen(visit(3, a=20)), ["2026-03-01 pr"]),
    ],
)
def test_an_author_says_which_answer_it_is_where_a_question_is_left_open(later: Submission, told: list[str]) -> None:
    assert overall(seen(visit(1, a=70)), later, text=NOT_EVALUABLE) == told
    assert "Not evaluable: where a question is left open that it follows from." in read_by_annotators(NOT_EVALUABLE)


def test_annotators_read_of_what_the_overall_response_is_made() -> None:
    read = read_by_annotators(RECIST_WHOLE)
    assert "Complete response: Response is Complete response and Other lesions is Gone." in read
    assert "it is worked out from all that you read of a patient at each time point" in read


def test_annotators_read_when_a_patient_escalates_and_the_plan_keeps_the_place() -> None:
    assert "If Response of a patient at a time point is Progressive disease: Tumour board" in read_by_annotators(
        TO_BOARD
    )
    escalates = {check.clause: check.rule.id() for check in plan_of(TO_BOARD).checks if check.escalates_to}
    begin = "escalation.when"
    assert escalates == {
        f"{begin}.growth.answer-escalates": "derived-change",
        f"{begin}.many.answer-escalates": "derived-from-all",
    }


def test_a_patient_escalates_under_no_condition_that_holds_on_some_of_the_tasks() -> None:
    use = "{attribute: response, values: [pd]}"
    with pytest.raises(GuidelineProblems) as raised:
        load(TO_BOARD.replace(use, "{attribute: response, values: [pd], when: {image: {modality: CT}}}"))
    told_of = "`response` is told of a patient once all of it is read"
    assert [problem.message for problem in raised.value.problems] == [
        f"{told_of}, and only `answer-escalates` goes by it, without conditions"
    ]


def test_nothing_goes_by_what_is_told_of_several() -> None:
    doubt = "  why: {title: Why, of: image, text: {}, required: {when_number: {lesions: {above: 5}}}}\n"
    with pytest.raises(GuidelineProblems) as raised:
        load(RECIST.replace("  response:\n", f"{doubt}  response:\n", 1))
    (problem,) = raised.value.problems
    told_of = "`lesions` is told of a patient once all of it is read"
    assert problem.message == f"{told_of}, and only `answer-escalates` goes by it, without conditions"


def scanned(number: int, longest: float = 0, node: float = 0, course: str = "", new: int = 0) -> Submission:
    """Hand in a scan: a target lesion and a target node with what was entered, a non-target lesion, and new ones."""
    point = f"follow-up-{number}" if number else "baseline"
    facts = ImageFacts(patient="P", study_uid=f"1.{number}", study_date=date(2026, 1 + number, 1), time_point=point)
    marked: list[tuple[str, str, dict[str, str | float]]] = []
    if longest:
        marked.append(("target-lesion", "T1", {"longest": longest, "organ": "lung"}))
    if node:
        marked.append(("target-node", "N1", {"short-axis": node}))
    if course:
        marked.append(("non-target-lesion", "", {"course": course}))
    marked.extend([("new-lesion", "", {})] * new)
    regions = tuple(
        msgspec.structs.replace(
            square(at, name, 9),
            object_name=called or None,
            answers={key: Answer(key, (value,)) for key, value in answers.items()},
        )
        for at, (name, called, answers) in enumerate(marked, 1)
    )
    return replace(Submission(point, point, "ann", facts), regions=regions)


def test_the_library_tells_the_response_by_recist() -> None:
    patient = patient_of(
        compile_plan(find("recist-target-lesions@0.1.0"), catalogue()),
        scanned(0, 40, 20, "stands"),
        scanned(1, 25, 12, "stands"),
        scanned(2, 0, 9, "stands"),
        scanned(3, 0, 9),
        scanned(4, 0, 9, new=1),
        scanned(5, 0, 17, new=1),
    )
    found: dict[str, list[str]] = {}
    for value in (finding.derived for finding in patient.derived):
        assert value is not None
        found.setdefault(value.question, []).append(value.written)
    assert found["target-response"] == ["pr", "cr", "cr", "cr", "pd"]
    assert found["overall-response"] == ["pr", "pr", "cr", "pd", "pd"]
    assert (patient.decision, [one.route for one in patient.escalations]) == ("escalated", ["central-reader"])
    assert len(patient.escalating) == 2


def test_a_response_that_goes_by_returned_work_says_so_and_is_in_no_column() -> None:
    """A lesion that was forgotten is missing in the sum, which then seems to have shrunk."""
    drawn = "draw: polygon"
    plan = plan_of(RECIST.replace(drawn, f"{drawn}, rules: {{same-objects-over-time: {{}}}}"))
    patient = patient_of(plan, visit(1, a=80, b=40), visit(3, a=60))
    assert patient.decision == "returned"
    (response,) = [one for one in patient.derived if one.evidence["attribute"] == "response"]
    assert response.message.endswith("since 2026-01-01 (it goes by work that is returned)")
    assert response.derived is None
    assert derived_columns([patient]) == {}


def test_what_does_not_follow_is_a_note_and_accepts_no_patient_that_it_might_escalate() -> None:
    """The worst of lesions of which there is none, and a response that follows from it."""
    asked = """\
  seen: {title: Seen, of: image, scale: {1: Mild, 2: Severe}, higher_means: worse}
  worst:
    title: Worst
    of: study
    scale: {1: Mild, 2: Severe}
    higher_means: worse
    derive: {worst_of: seen, entered: never}
"""
    escalation = """\
escalation:
  routes: {board: {who: Board, readers: 2}}
  when: {severe: {answer-escalates: {attribute: worst, values: [2]}, to: board}}
"""
    decisions: list[str] = []
    for text in (f"{RECIST}{asked}", f"{RECIST}{asked}{escalation}"):
        (study,) = [one for one in judged(plan_of(text), visit(1, a=80)) if one.subject.kind == "study"]
        decisions.append(study.decision)
        assert [(one.level, one.message) for one in study.noticed] == [
            ("note", "Worst does not follow: it follows from the answer to “Seen”, which was left open")
        ]
    assert decisions == ["accepted", "unverified"]
