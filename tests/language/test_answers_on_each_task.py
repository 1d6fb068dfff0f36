"""How far two answers to one question on one task may be apart is said beside the agreement of readers, and judged."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.compile.implied_checks import derived_checks
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.names import plain

QUESTIONS = """\
classes: {nodule: {title: Nodule, definition: Whatever is round., draw: polygon}}
attributes:
  risk: {title: Risk, of: nodule, scale: {1: Low, 2: Medium, 3: High}, higher_means: worse}
  depth: {title: Depth, of: image, number: {min: 0, max: 90, unit: mm}}
  signs: {title: Signs, of: nodule, choose_many: {halo: Halo, tail: Tail}}
escalation: {routes: {third: {who: Third reader, readers: 3}, second: {who: Second reader}}}
"""
TWO = "rules: {enough-readers: {min: 2}}"


def part(answers: str, rest: str = TWO) -> str:
    return with_part(f"{QUESTIONS}readers: {{answers: {{{answers}}}, {rest}}}\n")


def test_each_target_is_judged_by_the_rule_with_what_the_question_gives_it() -> None:
    asked = "risk: {on_each_task: {max_steps: 1, to: third}}, depth: {on_each_task: {tolerance: 2}}"
    guideline = load(part(f"{asked}, signs: {{on_each_task: {{}}, min_alpha: 0.6}}"))
    found = {check.clause: check for check in derived_checks(guideline, catalogue()) if not check.rule.always}
    risk = found["readers.answers.risk.on_each_task"]
    assert (risk.escalates_to, risk.heading) == ("third", "Readers › Risk")
    assert risk.rule.model_dump(include={"attribute", "classes", "options", "titles", "max_steps"}) == {
        "attribute": "risk",
        "classes": ("nodule",),
        "options": ("1", "2", "3"),
        "titles": {"1": "Low", "2": "Medium", "3": "High"},
        "max_steps": 1,
    }
    depth = found["readers.answers.depth.on_each_task"]
    assert depth.escalates_to is None
    assert depth.rule.model_dump(include={"classes", "tolerance", "unit"}) == {
        "classes": (),
        "tolerance": 2.0,
        "unit": "mm",
    }
    told = [plain(one.words) for one in rules(guideline) if one.place.startswith("Readers")]
    assert told == [
        (
            "If readers of one task do not answer Risk of any Nodule alike, to within 1 step, or only one of them "
            "draws and answers it (regions with an IoU of at least 0.1 are the same): Third reader."
        ),
        "Readers of one task answer Depth alike, to within 2\N{NO-BREAK SPACE}mm.",
        (
            "Readers of one task answer Signs of every Nodule alike. Regions with an overlap (IoU) of at least 0.1 are "
            "the same; an answer about one that only one of them drew is not alike."
        ),
        "Every task is read by at least 2 readers.",
    ]


def test_the_report_tells_what_is_judged_on_each_task_from_what_nobody_measures_yet() -> None:
    read = loaded(part("risk: {on_each_task: {max_steps: 1}, min_kappa: 0.6}"))
    found = {".".join(map(str, one.path)): one.answers for one in statements(read, catalogue(), LabelStudio())}
    assert found["readers.answers.risk.on_each_task"] == (("over readers", "answer-agreement"),)
    assert [answer.place for answer in found["readers.answers.risk.min_kappa"]] == ["later"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (part("risk: {on_each_task: {tolerance: 1}}"), "wrong-question", "tolerance:"),
        (part("depth: {on_each_task: {max_steps: 1}}"), "wrong-question", "max_steps:"),
        (part("depth: {on_each_task: {min_overlap: 0.5}}"), "wrong-question", "min_overlap:"),
        (part("risk: {on_each_task: {max_steps: 2}}"), "limit-beyond-answers", "2}"),
        (part("depth: {on_each_task: {tolerance: 90}}"), "limit-beyond-answers", "90}"),
        (part("risk: {on_each_task: {to: second}}"), "route-asks-nobody", "second}"),
        (part("risk: {on_each_task: {}}", "keep_disagreement: true"), "readers-not-asked", "on_each_task:"),
        (part("risk: {on_each_task: {to: thrid}}"), "unknown-route", "thrid}"),
    ],
)
def test_what_would_find_nothing_is_told(text: str, code: str, place: str) -> None:
    found = [problem for problem in problems(text) if problem.code == code]
    assert [text.splitlines()[one.line - 1][one.column - 1 :].startswith(place) for one in found] == [True]


def test_a_route_that_only_readers_lead_to_is_used() -> None:
    found = problems(part("risk: {on_each_task: {to: third}}, depth: {on_each_task: {to: second}}"))
    assert "unused-route" not in {problem.code for problem in found}


def derived(of: str) -> str:
    """Write a guideline whose readers are compared by an answer that nobody enters."""
    source = "risk" if of != "image" else "view"
    follows = f"follows: {{title: F, of: {of}, scale: {{1: Low, 2: Medium, 3: High}}, higher_means: worse"
    asked = "view: {title: V, of: image, required: true, scale: {1: Low, 2: Medium, 3: High}, higher_means: worse}"
    answer = f"{follows}, derive: {{worst_of: {source}, entered: never}}}}"
    return part("follows: {on_each_task: {to: third}}").replace(
        "attributes:\n", f"attributes:\n  {answer}\n  {asked}\n", 1
    )


@pytest.mark.parametrize("of", ["study", "patient"])
def test_an_answer_that_is_told_of_several_tasks_is_not_promised_to_be_compared(of: str) -> None:
    found = [one.message for one in problems(derived(of)) if one.code == "derived-over-several"]
    assert found == [f"`follows` is told of a {of} once all of it is read, and readers are compared task by task"]


@pytest.mark.parametrize("of", ["nodule", "image"])
def test_an_answer_that_nobody_enters_is_compared_as_it_follows(of: str) -> None:
    found = {check.clause: check for check in derived_checks(load(derived(of)), catalogue())}
    rule = found["readers.answers.follows.on_each_task"].rule
    assert rule.model_dump(include={"attribute", "classes"}) == {
        "attribute": "follows",
        "classes": ("nodule",) if of == "nodule" else (),
    }
