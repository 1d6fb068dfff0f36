"""The rule that CONTRIBUTING shows is a rule."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_cases
from guidelint.validation.documentation.rule_text import rule_text
from guidelint.validation.rule.names import Names, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.rule import Rule

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def shown() -> Iterator[type[Rule]]:
    source = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert source is not None
    module = ModuleType("shown_in_contributing")
    sys.modules[module.__name__] = module
    exec(compile(source[1], "CONTRIBUTING.md", "exec"), module.__dict__)  # noqa: S102 - our own text
    yield module.__dict__["VertexCount"]
    del sys.modules[module.__name__]


def test_the_rule_that_contributing_shows_holds_its_cases(shown: type[Rule]) -> None:
    results = run_cases(shown)
    assert [result.broken for result in results] == ["", ""]


def test_the_rule_that_contributing_shows_documents_itself(shown: type[Rule]) -> None:
    text = rule_text(shown)
    assert text.id == "vertex-count"
    assert list(text.sections) == ["Why", "How it is measured", "Source"]
    assert [(one.name, one.default) for one in text.parameters] == [("least", "8")]


def test_the_rule_that_contributing_shows_tells_annotators(shown: type[Rule]) -> None:
    names = Names({"lesion": "Lesion"}, concerned=("lesion",))
    assert plain(shown().told(names)) == "The outline of every Lesion has at least 8 vertices."
    assert plain(shown().told_if(names)) == "the outline of any Lesion has fewer than 8 vertices"


def test_the_rules_that_contributing_names_exist() -> None:
    named = set(re.findall(r"\| `\w+Rule` \| .* \| `([a-z-]+)` \|", TEXT))
    assert len(named) == 4
    assert named <= set(catalogue())
