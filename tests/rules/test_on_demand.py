"""Rules are loaded when they are asked for, and none that a guideline asks for without naming it is ever left out."""

from __future__ import annotations

import importlib
import py_compile
import sys
from typing import TYPE_CHECKING

import pytest

import guidelint.rules
import guidelint.rules.catalogue as module
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST
from guidelint.validation.rule.on_demand import OnDemand, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guidelint.validation.rule.rule import Rule

HEAD = """\
from guidelint.rules.structure.unique_region_ids import UniqueRegionIds
from guidelint.validation.scopes.submission import SubmissionRule
"""
QUIET = "class QuietHouse(SubmissionRule):\n    'Nothing is heard.'\n"
CHECK = "    def check(self, submission):\n        yield from ()\n"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Write the file ``quiet_house.py`` of one more family."""

    def write(text: str) -> Path:
        file = tmp_path / "homemade" / "quiet_house.py"
        file.parent.mkdir()
        file.with_name("__init__.py").touch()
        file.write_text(HEAD + text)
        importlib.invalidate_caches()
        monkeypatch.setattr(guidelint.rules, "__path__", [*guidelint.rules.__path__, str(tmp_path)])
        module.catalogue.cache_clear()
        return file

    yield write
    module.catalogue.cache_clear()
    for name in [name for name in sys.modules if name.startswith("guidelint.rules.homemade")]:
        del sys.modules[name]


def judged_under(guideline: str) -> set[str]:
    return {check.rule.id() for check in compile_plan(load(guideline), module.catalogue()).checks}


def test_the_files_say_of_every_rule_whether_a_guideline_may_ask_for_it_without_naming_it() -> None:
    rules = module.catalogue()
    assert isinstance(rules, OnDemand)
    said = {rule.id() for rule in rules.unasked()}
    assert said == {name for name, rule in rules.items() if rule.always or rule.follows}


@pytest.mark.parametrize("body", ["    always = True\n", "    always: ClassVar[bool]=True\n"])
def test_a_rule_that_is_always_on_is_judged_as_soon_as_its_file_is_there(
    written: Callable[[str], Path], body: str
) -> None:
    written(f"from typing import ClassVar\n{QUIET}{body}{CHECK}")
    assert "quiet-house" in judged_under(SMALLEST)


def test_a_rule_that_follows_from_a_part_is_judged_as_soon_as_its_file_is_there(
    written: Callable[[str], Path],
) -> None:
    written(f"{QUIET}    follows = 'classes'\n{CHECK}")
    assert "quiet-house" in judged_under(SMALLEST)


def test_a_rule_of_which_no_text_is_installed_is_loaded_in_case_it_is_always_on(
    written: Callable[[str], Path],
) -> None:
    file = written(f"{QUIET}    always = True\n{CHECK}")
    py_compile.compile(str(file), str(file.with_suffix(".pyc")))
    file.unlink()
    assert "quiet-house" in judged_under(SMALLEST)


def test_a_rule_that_has_it_from_another_that_it_is_always_on_is_refused(written: Callable[[str], Path]) -> None:
    written("class QuietHouse(UniqueRegionIds):\n    'Nothing is heard.'\n")
    with pytest.raises(TypeError, match=r"homemade.quiet_house does not say: set `always`"):
        dict(module.catalogue())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds 0 rules"),
        (f"{QUIET}{CHECK}{QUIET.replace('Quiet', 'Loud')}{CHECK}", "holds 2 rules"),
        (QUIET.replace("Quiet", "Loud") + CHECK, "the place of the rule quiet-house, and loud-house is there"),
    ],
)
def test_a_file_that_holds_another_rule_than_its_name_says_is_refused(
    written: Callable[[str], Path], text: str, said: str
) -> None:
    written(text)
    with pytest.raises(TypeError, match=said):
        module.catalogue()["quiet-house"]


def test_asking_for_names_loads_nothing() -> None:
    def load_it() -> type[Rule]:
        raise AssertionError

    rules = OnDemand([Place("b", "elsewhere", is_unasked=False, load=load_it), Place("a", "here", False, load_it)])
    assert (list(rules), len(rules), "a" in rules, "c" in rules) == (["a", "b"], 2, True, False)
    assert rules.unasked() == []
    assert rules.get("c") is None
    with pytest.raises(AssertionError):
        rules["a"]
