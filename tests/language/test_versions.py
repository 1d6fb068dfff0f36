"""What changes from one version of a guideline to another, what it means, and which number must move."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from tests.edits import edited

from guidelint.language.form.rule_fields import forms
from guidelint.language.form.written import WrittenRules
from guidelint.language.library import find_loaded, holdings
from guidelint.language.load import loaded
from guidelint.language.versions.comparison import compared
from guidelint.language.versions.meanings import MEANINGS, meaning_of
from guidelint.language.versions.version_number import least, may_follow
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.parameters.shape import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.loaded import Loaded
    from guidelint.language.versions.comparison import Comparison
    from guidelint.validation.rule.parameters.shape import Shape

TEXT = """
guidelint: 1
guideline: spots
version: 1.2.3
title: Spots
status: released
summary: Spots are found.
images: {modality: [CT, MR], pixel_spacing: {max_mm: 1.0}}
classes:
  spot:
    title: Spot
    definition: A dark spot of 3 mm or more.
    draw: [polygon, rectangle]
    count: {max: 9}
    color: '#e53935'
    rules:
      diameter-limits: {longest_min_mm: 3, of: region}
      closed-outline: {level: warning, max_gap_mm: 2}
  scar: {title: Scar, definition: A scar., draw: polygon, aliases: [Old scar]}
attributes:
  kind:
    title: Kind
    of: spot
    choose_one: {good: Good, bad: Bad, odd: Odd}
  size: {title: Size, of: spot, number: {min: 0, max: 90, unit: mm}}
relations:
  apart: {separate: {pairs: [[spot, scar]]}}
empty_reading: {means: There is no spot.}
escalation:
  routes: {chief: {who: Chief, within_hours: 24}}
  when:
    bad: {answer-escalates: {attribute: kind, values: [bad]}, to: chief, because: It is bad.}
    large: {class: spot, diameter-limits: {longest_max_mm: 30, of: region}, to: chief}
instructions: Mark every spot.
"""
Edit = tuple[str, str]


def after(*edits: Edit) -> Comparison:
    return compared(before(), loaded(edited(TEXT, *edits)))


@cache
def before() -> Loaded:
    return loaded(TEXT)


def told(found: Comparison) -> list[str]:
    return [str(change).replace("\N{NO-BREAK SPACE}", " ") for change in found.changes]


ONE_CHANGE: dict[str, tuple[Edit, str, str, str]] = {
    "limit raised": (
        ("longest_min_mm: 3", "longest_min_mm: 4"),
        "verdicts",
        "major",
        "Spot › diameter-limits: `longest_min_mm` moves from 3 mm to 4 mm (stricter)",
    ),
    "limit lowered": (
        ("longest_min_mm: 3", "longest_min_mm: 2.5"),
        "verdicts",
        "minor",
        "Spot › diameter-limits: `longest_min_mm` moves from 3 mm to 2.5 mm (looser)",
    ),
    "limit of what is only pointed out": (
        ("max_gap_mm: 2", "max_gap_mm: 1"),
        "verdicts",
        "minor",
        "Spot › closed-outline: `max_gap_mm` moves from 2 mm to 1 mm (stricter)",
    ),
    "limit of a criterion": (
        ("longest_max_mm: 30", "longest_max_mm: 25"),
        "verdicts",
        "minor",
        "Escalation › Criterion large › diameter-limits: `longest_max_mm` moves from 30 mm to 25 mm",
    ),
    "departure returns": (
        ("level: warning, ", ""),
        "verdicts",
        "major",
        "Spot › closed-outline: `level` is error now, and was warning (stricter)",
    ),
    "rule is new": (
        ("      closed-outline", "      simple-outline: {}\n      closed-outline"),
        "verdicts",
        "major",
        "Spot: rule `simple-outline` is new",
    ),
    "rule is gone": (
        ("      diameter-limits: {longest_min_mm: 3, of: region}\n", ""),
        "verdicts",
        "minor",
        "Spot: rule `diameter-limits` is gone",
    ),
    "setting of what every guideline has": (
        ("relations:", "rules: {inside-image: {tolerance_px: 3}}\nrelations:"),
        "verdicts",
        "minor",
        "inside-image: `tolerance_px` moves from 1 pixel to 3 pixels (looser)",
    ),
    "relation is gone": (
        ("relations:\n  apart: {separate: {pairs: [[spot, scar]]}}\n", ""),
        "verdicts",
        "minor",
        "Relations: relation `apart` is gone",
    ),
    "class is new": (
        ("  scar:", "  line: {title: Line, definition: A line., draw: polygon}\n  scar:"),
        "new",
        "minor",
        "class `line` (Line) is new",
    ),
    "tool is gone": (
        ("draw: [polygon, rectangle]", "draw: polygon"),
        "breaking",
        "major",
        "Spot: `draw` no longer has `rectangle`",
    ),
    "tools in another order": (
        ("draw: [polygon, rectangle]", "draw: [rectangle, polygon]"),
        "words",
        "patch",
        "Spot: `draw` stands in another order",
    ),
    "border": (
        ("    count:", "    border: outer\n    count:"),
        "verdicts",
        "major",
        "Spot: `border` is outer now, and was inner",
    ),
    "fewer of a class": (
        ("max: 9}", "max: 8}"),
        "verdicts",
        "major",
        "Spot › count: `max` moves from 9 to 8 (stricter)",
    ),
    "count is gone": (
        ("    count: {max: 9}\n", ""),
        "verdicts",
        "minor",
        "Spot: `count` is not given now, and was `{max: 9}`",
    ),
    "a class that must be marked": (
        (
            "  scar: {title",
            "  cyst: {title: Cyst, definition: A cyst., draw: polygon, count: {min: 1, per: patient}}\n  scar: {title",
        ),
        "verdicts",
        "major",
        "class `cyst` (Cyst) is new",
    ),
    "another condition of a criterion": (
        ("{attribute: kind, values: [bad]}", "{attribute: kind, values: [bad], when: {image: {modality: CT}}}"),
        "verdicts",
        "minor",
        "Escalation › Criterion bad › answer-escalates: `when` is `{image: {modality: [CT]}}` now, and was not given",
    ),
    "other pairs": (
        ("pairs: [[spot, scar]]", "pairs: [[scar, spot]]"),
        "verdicts",
        "major",
        "Relations › apart › separate: `pairs` has `scar` and `spot` now and no longer has `spot` and `scar`",
    ),
    "option is new": (("odd: Odd", "odd: Odd, new: New"), "new", "minor", "Kind: option `new` (New) is new"),
    "option is gone": ((", odd: Odd", ""), "breaking", "major", "Kind: option `odd` (Odd) is gone"),
    "points of an option": (
        ("odd: Odd", "odd: {title: Odd, points: 2}"),
        "verdicts",
        "major",
        "Kind › Odd: `points` is 2 now, and was not given",
    ),
    "question required": (
        ("odd: Odd}", "odd: Odd}\n    required: true"),
        "verdicts",
        "major",
        "Kind: an answer is required now",
    ),
    "question is new": (
        ("  size:", "  note: {title: Note, of: spot, text: {}}\n  size:"),
        "new",
        "minor",
        "question `note` (Note) is new",
    ),
    "required question is new": (
        ("  size:", "  note: {title: Note, of: spot, text: {}, required: true}\n  size:"),
        "verdicts",
        "major",
        "question `note` (Note) is new",
    ),
    "another kind of answer": (
        ("choose_one", "choose_many"),
        "breaking",
        "major",
        "Kind: `choose_many` is choose_many now, and was choose_one",
    ),
    "unit": (("unit: mm", "unit: cm"), "breaking", "major", "Size › number: `unit` is cm now, and was mm"),
    "fewer modalities": (
        ("[CT, MR]", "CT"),
        "verdicts",
        "major",
        "Images: `modality` no longer has `MR`",
    ),
    "any modality": (
        ("modality: [CT, MR], ", ""),
        "verdicts",
        "minor",
        "Images: `modality` no longer has `CT` and `MR`",
    ),
    "time of a route": (
        ("within_hours: 24", "within_hours: 48"),
        "verdicts",
        "minor",
        "Escalation › Route chief: `within_hours` moves from 24 hours to 48 hours",
    ),
    "answer that escalates": (
        ("values: [bad]", "values: [bad, odd]"),
        "verdicts",
        "minor",
        "Escalation › Criterion bad › answer-escalates: `values` has `odd` now",
    ),
    "reason": (
        ("It is bad.", "It is very bad."),
        "words",
        "patch",
        "Escalation › Criterion bad: `because` is worded otherwise",
    ),
    "empty reading": (
        ("There is no spot.", "No spot is seen."),
        "words",
        "patch",
        "Empty reading: `means` is worded otherwise",
    ),
    "definition": (("A dark spot", "A black spot"), "words", "patch", "Spot: `definition` is worded otherwise"),
    "title of a class": (("title: Spot\n", "title: Dot\n"), "words", "patch", "Dot: `title` is worded otherwise"),
    "colour": (("#e53935", "#e53936"), "words", "patch", "Spot: `color` is worded otherwise"),
}


@pytest.mark.parametrize(("edit", "group", "moves", "said"), ONE_CHANGE.values(), ids=ONE_CHANGE)
def test_one_change_is_told_and_means_one_thing(edit: Edit, group: str, moves: str, said: str) -> None:
    found = after(edit)
    assert told(found) == [said]
    assert (found.changes[0].effect.group, found.moves) == (group, moves)


def test_the_gravest_come_first_and_the_number_that_must_move_is_theirs() -> None:
    found = after(("A dark", "A black"), ("odd: Odd", "odd: Odd, new: New"), (", rectangle", ""), ("1.2.3", "1.3.0"))
    assert [change.effect.group for change in found.changes] == ["breaking", "new", "words"]
    assert (found.moves, found.least_version, found.is_numbered) == ("major", "2.0.0", False)


def test_a_class_goes_on_under_another_name_and_is_compared_with_itself() -> None:
    found = after(
        ("  scar: {title: Scar, definition: A scar., draw: polygon, aliases: [Old scar]}",
         "  mark: {title: Mark, definition: A scar., draw: [polygon, brush], aliases: [Old scar, scar]}"),
        ("[spot, scar]", "[spot, mark]"),
    )  # fmt: skip
    assert told(found)[0] == "class `scar` is `mark` now, which has it among its aliases"
    assert "Mark: `draw` has `brush` now" in told(found)
    assert not any("is new" in one or "is gone" in one for one in told(found))


def test_a_class_that_is_merged_into_another_is_told_as_such() -> None:
    found = after(
        ("  scar: {title: Scar, definition: A scar., draw: polygon, aliases: [Old scar]}\n", ""),
        ("    color:", "    aliases: [scar]\n    color:"),
        ("relations:\n  apart: {separate: {pairs: [[spot, scar]]}}\n", ""),
    )
    assert str(found.changes[0]) == "class `scar` is `spot` now, which has it among its aliases"
    assert found.moves == "major"


def test_what_is_said_by_a_family_or_a_default_is_no_change() -> None:
    found = after(
        ("classes:", "families: {dark: {title: Dark, draw: [polygon, rectangle]}}\nclasses:"),
        ("    draw: [polygon, rectangle]\n", "    kind_of: dark\n    border: inner\n"),
    )
    assert [change.effect.group for change in found.changes] == ["words"]  # the heading of its button
    assert after(("status: released", "status: draft"), ("1.2.3", "1.2.4")).moves is None


def test_every_guideline_of_the_library_is_what_it_is() -> None:
    for item in holdings():
        read = find_loaded(item.label)
        assert compared(read, read).changes == ()


@pytest.mark.parametrize(
    ("old", "moves", "lowest"),
    [("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "patch", "1.2.4"), ("1.2.3", None, "1.2.3"),
     ("0.2.3", "major", "0.3.0"), ("0.2.3", "minor", "0.2.4")],
)  # fmt: skip
def test_the_number_that_must_move(old: str, moves: str, lowest: str) -> None:
    assert least(old, moves) == lowest  # type: ignore[arg-type]
    assert may_follow(old, lowest, moves)  # type: ignore[arg-type]
    assert may_follow(old, "2.0.0", moves)  # type: ignore[arg-type]
    assert not may_follow(old, "0.0.9", moves)  # type: ignore[arg-type]


def test_what_is_no_version_yet_may_change_under_its_number() -> None:
    draft = TEXT.replace("status: released", "status: draft")
    changed = draft.replace("longest_min_mm: 3", "longest_min_mm: 4")
    assert compared(loaded(draft), loaded(changed)).is_numbered
    assert not compared(loaded(TEXT), loaded(changed)).is_numbered


def test_a_question_asked_without_its_condition_is_asked_of_more_work() -> None:
    waiting = TEXT.replace("unit: mm}}", "unit: mm}, required: {when: {kind: bad}}}")
    always = TEXT.replace("unit: mm}}", "unit: mm}, required: true}")
    assert compared(loaded(waiting), loaded(always)).moves == "major"


def test_everybody_passes_the_calibration_again_after_such_a_version() -> None:
    calibration = "calibration: {gold_tasks: 20, min_accepted_share: 0.9, if_below: A talk., again_after: minor}\n"
    old = loaded(TEXT + calibration)
    versions = {"1.2.3": False, "1.2.4": False, "1.3.0": True, "2.0.0": True}
    for version, again in versions.items():
        new = loaded((TEXT + calibration).replace("version: 1.2.3", f"version: {version}"))
        assert compared(old, new).everybody_again is again
    assert not compared(before(), before()).everybody_again


def keys(model: type[BaseModel], path: tuple[str, ...] = (), within: frozenset[type] = frozenset()) -> Iterator[str]:
    """Every key of the language, ``*`` for the author's names; of what rules say, only where they stand."""
    for name, field in model.model_fields.items():
        if not (issubclass(model, WrittenRules) and "_" not in name and name in RULES):
            here = (*path, field.alias or name)
            yield ".".join(here)
            yield from below(shape_of(model, name), here, within | {model})


RULES = {rule.replace("-", "_") for rule in catalogue()}


def below(shape: Shape, path: tuple[str, ...], within: frozenset[type]) -> Iterator[str]:
    if isinstance(shape.bare, type) and issubclass(shape.bare, BaseModel) and shape.bare not in within:
        yield from keys(shape.bare, path, within)
    for item in shape.items:
        yield from below(item, path, within)
    if shape.value:
        yield ".".join((*path, "*"))
        yield from below(shape.value, (*path, "*"), within)


def test_every_key_of_the_language_has_a_meaning() -> None:
    every = {*keys(forms(catalogue()).guideline)}
    assert len(every) > 150
    for key in every:
        meaning_of(tuple(key.split(".")))
    known = every | {".".join(key.split(".")[:-1]) for key in every}
    assert [path for path in MEANINGS if path not in known] == []


READERS = """readers:
  answers:
    kind: {on_each_task: {max_steps: 1}}
    size: {on_each_task: {tolerance: 2}}
"""


@pytest.mark.parametrize(
    ("there", "here", "moves"),
    [
        ("max_steps: 1", "max_steps: 0", "major"),
        ("{max_steps: 1}", "{}", "major"),
        ("{max_steps: 1}", "{max_steps: 0, to: chief}", "minor"),
        ("tolerance: 2", "tolerance: 1", "major"),
        ("tolerance: 2", "tolerance: 3", "minor"),
        ("max_steps: 1", "max_steps: 1, match_iou: 0.5", "major"),
        ("    size: {on_each_task: {tolerance: 2}}\n", "", "minor"),
    ],
)
def test_what_readers_must_agree_in_returns_work_where_it_goes_nowhere_else(there: str, here: str, moves: str) -> None:
    text = TEXT + READERS
    assert compared(loaded(text), loaded(text.replace(there, here))).moves == moves
    if "to: chief" in here:
        assert compared(loaded(text.replace(there, here)), loaded(text)).moves == "major"


def test_a_title_that_another_option_had_is_another_answer() -> None:
    found = after(("good: Good, bad: Bad", "good: Bad, bad: Good"))
    assert (found.moves, {change.effect.group for change in found.changes}) == ("major", {"breaking"})
    assert told(found)[0] == "Kind › Bad: `good` has the title now that `bad` had, Bad"


def test_a_rule_under_another_name_asks_what_it_did() -> None:
    named = TEXT + "rules: {a-spot: {rule: required-class, classes: [spot]}}\n"
    found = compared(loaded(named), loaded(named.replace("a-spot", "one-spot")))
    assert (found.moves, told(found)) == ("patch", ["rule `a-spot` is called `one-spot` now"])


def test_a_looser_tolerance_of_a_derived_answer_returns_nothing() -> None:
    twice = "  twice: {title: Twice, of: spot, number: {min: 0, max: 180, unit: mm}, derive: {%s}}"
    product = twice % "product: [size], times: 2, tolerance: 0.5"
    derived = TEXT.replace("\nrelations:", f"\n{product}\nrelations:")
    assert compared(loaded(derived), loaded(derived.replace("tolerance: 0.5", "tolerance: 1"))).moves == "minor"
    assert compared(loaded(derived), loaded(derived.replace("tolerance: 0.5", "tolerance: 0.1"))).moves == "major"


def test_a_class_under_another_name_is_told_once() -> None:
    text = edited(
        TEXT,
        ("  scar: {title: Scar", "  mark: {title: Scar"),
        ("[Old scar]", "[Old scar, scar]"),
        ("[[spot, scar]]", "[[spot, mark]]"),
    )
    assert told(compared(before(), loaded(text))) == [
        "class `scar` is `mark` now, which has it among its aliases",
        "Scar: `aliases` has `scar` now",
    ]
