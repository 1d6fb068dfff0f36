"""What the types of parameters say is all that the language knows of a rule: no id, no name of a parameter."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest

import guidelint.language
from guidelint.language.compile.along import Ways
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.parameters.amount import Count, LengthMm
from guidelint.validation.rule.parameters.bound import REGIONS, Lower, Upper
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned, OptionOf, QuestionName
from guidelint.validation.rule.parameters.said import said, sources
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Rule

LANGUAGE = Path(guidelint.language.__path__[0])
KNOWS_NO_RULE = [path for room in ("compile", "form", "lint") for path in sorted((LANGUAGE / room).rglob("*.py"))]
PART = """\
classes:
  mass: {title: Mass, definition: d, draw: polygon, count: {min: 0, max: 3}}
  node: {title: Lymph node, definition: d, draw: [polygon, brush]}
attributes:
  kind: {title: Kind, of: mass, choose_one: {round: Round, flat: Flat}}
  size: {title: Size, of: [mass, node], number: {max: 9}}
"""


class Counted(SubmissionRule):
    """What a guideline says of counts, under other names."""

    which: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    called: Annotated[Words, From("classes.*.title", "joined", fills_in=True)] = ""
    fewest: Annotated[Count, Lower(REGIONS), From("classes.*.count.min")] | None = None
    largest: Annotated[Count, Upper(REGIONS), From("classes.*.count.max")] | None = None
    drawn: Annotated[tuple[str, ...], From("classes.*.draw", given="`draw:`")] = ()

    follows = "classes.*.count"

    def check(self, submission: Submission) -> Iterator[Departure]:
        yield from ()


class Answered(SubmissionRule):
    """What a guideline says of options, under other names."""

    asked: Annotated[QuestionName, From("attributes.*", "name")]
    among: Annotated[
        tuple[Annotated[str, OptionOf(question="asked")], ...], From("attributes.*.options.*", "names")
    ] = ()
    words: Annotated[dict[str, str], From("attributes.*.options.*.title", fills_in=True)] = {}

    follows = "attributes.*"

    def check(self, submission: Submission) -> Iterator[Departure]:
        yield from ()


def derived(rule: type[Rule]) -> list[tuple[str, dict[str, object]]]:
    checks = compile_plan(load(with_part(PART)), {rule.id(): rule}).checks
    return [(check.clause, check.rule.model_dump(exclude_defaults=True)) for check in checks]


def test_a_rule_follows_from_the_part_that_its_path_names() -> None:
    assert derived(Counted) == [
        (
            "classes.mass.count",
            {"which": ("mass",), "called": "Mass", "fewest": 0, "largest": 3, "drawn": ("polygon",)},
        )
    ]


def test_a_rule_follows_from_every_question_with_what_that_question_has() -> None:
    assert derived(Answered) == [
        ("attributes.kind", {"asked": "kind", "among": ("round", "flat"), "words": {"round": "Round", "flat": "Flat"}}),
        ("attributes.size", {"asked": "size"}),
    ]


@pytest.mark.parametrize("rule", catalogue().values(), ids=catalogue())
def test_every_path_leads_into_a_guideline(rule: type[Rule]) -> None:
    found = Ways(load(with_part(PART)))
    for source in sources(rule).values():
        for path in filter(None, (source.path, source.by)):
            part = path.partition(".*")[0]
            assert found.at(part, {}) is not None or part.startswith("images"), path


def test_what_is_said_of_a_rule_is_read_off_its_types() -> None:
    rule = catalogue()["separate"].model_validate({"pairs": (("a", "b"),), "max_dice": 0.2})
    shown = [(one.path, one.value, [type(found).__name__ for found in one.meanings]) for one in said(rule, ("here",))]
    assert shown == [
        (("here", "pairs"), (("a", "b"),), []),
        (("here", "pairs", 0), ("a", "b"), ["Apart"]),
        (("here", "pairs", 0, 0), "a", ["NameOf", "Encloses"]),
        (("here", "pairs", 0, 1), "b", ["NameOf", "Encloses"]),
        (("here", "max_dice"), 0.2, ["Amount", "Upper"]),
    ]


def test_what_is_said_beneath_names_knows_the_names_around_it() -> None:
    rule = catalogue()["required-attribute"].model_validate({"attribute": "q", "when": {"other": ("yes", "no")}})
    options = [(one.value, one.around) for one in said(rule) if one.of(OptionOf)]
    assert options == [("yes", ("other",)), ("no", ("other",))]


@pytest.mark.parametrize("path", KNOWS_NO_RULE, ids=lambda path: path.stem)
def test_the_language_knows_no_rule_by_its_id(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node) for call in ast.walk(tree) if _tells_who_enforces(call) for node in ast.walk(call)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told}
    assert texts & set(catalogue()) == set()


def _tells_who_enforces(node: ast.AST) -> bool:
    """Whether it only tells readers who sees to a key; the tests of enforcement hold it against the rules."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "EnforcedBy"


def test_a_length_is_given_in_its_unit_in_the_schema() -> None:
    class Long(SubmissionRule):
        """Long."""

        gap_mm: LengthMm = 1.0

        def check(self, submission: Submission) -> Iterator[Departure]:
            yield from ()

    field = Long.model_json_schema()["properties"]["gap_mm"]
    assert (field["default"], field["title"]) == (1.0, "Gap Mm")
    assert field["anyOf"][0] == {"minimum": 0.0, "type": "number", "x-what": "length in mm"}
    assert {"times", "of"} <= field["anyOf"][1]["properties"].keys()
