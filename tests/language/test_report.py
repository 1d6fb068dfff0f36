"""Problems as people see them, to the letter."""

from __future__ import annotations

import pytest

from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.problem_text import report


def shown(text: str) -> str:
    with pytest.raises(GuidelineProblems) as caught:
        load(text, "lesions.yaml")
    return report(caught.value)


def test_all_problems_at_once_in_the_order_of_the_text() -> None:
    text = with_part(
        """\
classes:
  lesion:
    title: Lesion
    draw: poligon
    rules:
      area-limit: {min_mm2: 3}
      area-limits: {min_mm2: three, levl: note}
attributes:
  malignancy:
    title: Malignancy
    of: [lesion, lession]
    scale: {1: Unlikely, 2: Likely}
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    likely: {answer-escalates: {attribute: malignacy, values: [2]}, to: senor}
"""
    )
    assert (
        shown(text)
        == """\
lesions.yaml:9:3: missing: `lesion` has no `definition`
  |
9 |   lesion:
  |   ^^^^^^
  = Add `definition:` (what it is, in a sentence or two).

lesions.yaml:11:11: unknown-value: `poligon` is not something `draw` can be
   |
11 |     draw: poligon
   |           ^^^^^^^
   = Did you mean `polygon`?

lesions.yaml:13:7: unknown-rule: there is no rule `area-limit`
   |
13 |       area-limit: {min_mm2: 3}
   |       ^^^^^^^^^^
   = `area-limits` stands in line 14 already: keep one of them.

lesions.yaml:14:30: wrong-type: `min_mm2` wants a number, not `three`: numbers are written in digits
   |
14 |       area-limits: {min_mm2: three, levl: note}
   |                              ^^^^^
   = Write `3`.

lesions.yaml:14:37: unknown-key: `area-limits` has no key `levl`
   |
14 |       area-limits: {min_mm2: three, levl: note}
   |                                     ^^^^
   = Did you mean `level`?

lesions.yaml:16:3: scale-without-direction: `malignancy`: the scale does not say what a higher number means
   |
16 |   malignancy:
   |   ^^^^^^^^^^
   = Write `higher_means:`, e.g. `higher_means: more suspicious`.

lesions.yaml:23:44: unknown-question: `malignacy` is not a question
   |
23 |     likely: {answer-escalates: {attribute: malignacy, values: [2]}, to: senor}
   |                                            ^^^^^^^^^
   = Did you mean `malignancy`?

lesions.yaml:23:73: unknown-route: `senor` is not an escalation route
   |
23 |     likely: {answer-escalates: {attribute: malignacy, values: [2]}, to: senor}
   |                                                                         ^^^^^
   = Did you mean `senior`?

8 problems. `guidelint explain missing` says more about `missing`.
"""
    )


def test_a_contradiction_with_its_remedy() -> None:
    limits = "rules: {area-limits: {min_mm2: 9, max_mm2: 3}}"
    text = with_part(f"classes:\n  lesion: {{title: L, definition: d, draw: polygon, {limits}}}\n")
    assert (
        shown(text)
        == """\
lesions.yaml:9:83: empty-range: nothing lies between `min_mm2: 9` and `max_mm2: 3`
  |
9 |   lesion: {title: L, definition: d, draw: polygon, rules: {area-limits: {min_mm2: 9, max_mm2: 3}}}
  |                                                                                   ^
  = `min_mm2` must not be greater than `max_mm2`.

1 problem. `guidelint explain empty-range` says more about `empty-range`.
"""
    )


def test_what_was_written_as_a_number_stays_as_it_was_written() -> None:
    assert "`1.10` is not a version" in shown(with_part("version: 1.10\n"))


def test_a_caret_stands_under_wide_letters() -> None:
    text = with_part("classes:\n  lesion: {title: 結節, definition: 肺の影, draw: poligon}\n")
    assert """\
9 |   lesion: {title: 結節, definition: 肺の影, draw: poligon}
  |                                                   ^^^^^^^
""" in shown(text)


def test_a_long_line_is_cut_around_the_place() -> None:
    text = with_part(f"classes:\n  lesion: {{title: Lesion, definition: {'x' * 300}, draw: poligon}}\n")
    excerpt, caret = shown(text).splitlines()[2:4]
    assert excerpt.startswith("9 | …xxx")
    assert len(excerpt) <= 104
    assert excerpt[caret.index("^") :].startswith("poligon")


def test_letters_that_do_not_print_are_spelt_out() -> None:
    text = with_part("classes:\n  lesion: {title: Lesion, definition: d, draw: 'poly\ue000gon'}\n")
    assert "`poly\\ue000gon`" in shown(text)
    assert "\ue000" not in shown(text)


def test_a_text_that_is_no_mapping() -> None:
    assert "the guideline wants keys" in shown("just words\n")


def test_more_problems_than_anyone_reads_are_counted() -> None:
    text = SMALLEST + "rules:\n" + "".join(f"  rule-{number}:\n" for number in range(300))
    assert shown(text).splitlines()[-1].startswith("More than 200 problems, the first 50 are shown.")
