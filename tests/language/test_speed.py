"""The work of loading and compiling a guideline grows no faster than the guideline."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.compile.plan import compile_plan
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Rule

MOST_CALLS = 330_000
"""Well within a second on an idle processor; `python -m tests.bench.guideline` takes the time."""
CLASS = """\
  class-{n}:
    title: Class {n}
    definition: What class {n} is.
    includes: [one thing, another thing]
    draw: [polygon, brush]
    count: {{max: 9}}
    rules: {{area-limits: {{min_mm2: 3}}, simple-outline: {{}}, closed-outline: {{}}, single-piece: {{}}}}
    aliases: ['Class No. {n}']
"""
QUESTION = """\
  question-{n}:
    title: Question {n}
    of: class-{n}
    scale: {{1: Low, 2: Middle, 3: High}}
    higher_means: more
    required: true
"""


def calls(work: Callable[[], object]) -> int:
    """Count the Python and C functions that are called."""
    counted = Counter[str]()

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        counted[event] += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted["call"] + counted["c_call"]


def text_of(count: int) -> str:
    classes = "".join(CLASS.format(n=number) for number in range(count))
    questions = "".join(QUESTION.format(n=number) for number in range(count))
    return with_part(f"classes:\n{classes}attributes:\n{questions}")


def calls_and_checks(text: str, rules: Mapping[str, type[Rule]]) -> tuple[int, int]:
    """Count what is called while a text is loaded and compiled, and the checks of its plan."""
    plans: list[Plan] = []
    number = calls(lambda: plans.append(compile_plan(load(text), rules)))
    return number, len(plans[0].checks)


def test_twice_as_many_classes_and_questions_take_twice_the_work() -> None:
    rules = catalogue()
    calls_and_checks(text_of(2), rules)
    few, checks_of_few = calls_and_checks(text_of(25), rules)
    many, checks_of_many = calls_and_checks(text_of(50), rules)
    assert checks_of_many >= 50 * 8
    print(f"{checks_of_many} checks: {many:,} calls; {checks_of_few} checks: {few:,} calls")
    assert many < 2.3 * few
    assert many < MOST_CALLS


def test_a_critical_colleague_costs_no_more_than_reading_it() -> None:
    text = text_of(50)
    loaded(text, notes=True)
    alone, with_notes = calls(lambda: load(text)), calls(lambda: loaded(text, notes=True))
    assert with_notes > alone
    assert with_notes < 2 * alone


def test_each_answer_that_follows_from_others_is_written_out_once_however_they_are_ordered() -> None:
    scale = "of: image, scale: {0: None, 1: Mild}, higher_means: worse"

    def steps(count: int) -> str:
        follows = "derive: {{worst_of: [q{}, q{}], entered: never}}"
        derived = [f"  q{n}: {{title: Q {n}, {scale}, {follows.format(n - 1, n - 2)}}}\n" for n in range(2, count)]
        asked = "".join(f"  q{n}: {{title: Q {n}, {scale}, required: true}}\n" for n in range(2))
        return with_part(f"attributes:\n{''.join(reversed(derived))}{asked}")

    load(steps(4))
    assert load(steps(400)).attributes["q399"].derivation is not None
    few, many = calls(lambda: load(steps(25))), calls(lambda: load(steps(50)))
    assert many < 2.3 * few


def test_each_answer_of_a_patient_is_reached_once_however_many_follow_from_it() -> None:
    scale = "scale: {0: None, 1: Mild}, higher_means: worse"
    sources = {0: "asked", 1: "q0", **{n: f"q{n - 1}, q{n - 2}" for n in range(2, 40)}}
    derived = [
        f"  q{n}: {{title: Q {n}, of: patient, {scale}, derive: {{worst_of: [{names}], entered: never}}}}\n"
        for n, names in sources.items()
    ]
    asked = f"  asked: {{title: Asked, of: image, {scale}, required: true}}\n"
    last = load(with_part(f"attributes:\n{asked}{''.join(derived)}")).attributes["q39"]
    assert [one.question for one in last.sources] == [f"q{n}" for n in range(39)]


def test_where_twice_as_many_statements_are_enforced_takes_twice_the_work_to_tell() -> None:
    def told(count: int) -> int:
        read = loaded(text_of(count))
        return calls(lambda: statements(read, catalogue(), LabelStudio()))

    told(2)
    assert told(50) < 2.3 * told(25)
