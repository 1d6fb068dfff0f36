"""A large guideline is loaded and compiled well within a second."""

from __future__ import annotations

import time

from guidelint.guideline.compile import compile_plan
from guidelint.guideline.explain import with_part
from guidelint.guideline.load import load
from guidelint.rules.catalogue import catalogue

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


def test_fifty_classes_and_fifty_questions() -> None:
    classes = "".join(CLASS.format(n=number) for number in range(50))
    text = with_part(f"classes:\n{classes}attributes:\n{''.join(QUESTION.format(n=number) for number in range(50))}")
    rules = catalogue()
    load(text)
    start = time.perf_counter()
    plan = compile_plan(load(text), rules)
    seconds = time.perf_counter() - start
    assert len(plan.checks) >= 50 * 8
    assert seconds < 1.0
    print(f"50 classes, 50 questions, {len(plan.checks)} checks: {seconds * 1000:.0f} ms")
