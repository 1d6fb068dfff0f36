"""The tests that ship for rules of any package find what is wrong with one, and run as a plugin of pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest

from guidelint.validation.cases.run import run_case
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import LengthMm
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.delivery import DELIVERY
from guidelint.validation.scopes.region import RegionRule
from guidelint.validation.testing import RuleTests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Rule
    from guidelint.validation.rule.scope import Share

ROOT = Path(__file__).parents[2]
SHOWN = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```python\n")[1].partition("```")[0]


class Careless(RegionRule):
    """Nothing is said of why"""

    name: str = ""
    wide: Annotated[LengthMm, Upper("width")] = 1.0
    """How wide it is."""

    says = {"wide": Says("Too wide.", "Draw it again")}

    def check(self, region: Region) -> Iterator[Departure]:
        yield from ()

    cases = (Case("nothing", {}, "#", finds="wide"),)


@pytest.mark.parametrize(
    "test",
    [
        RuleTests.test_class_id_and_file_share_one_name,
        RuleTests.test_it_says_what_it_asks_why_how_and_after_whom,
        RuleTests.test_every_parameter_is_explained,
        RuleTests.test_every_parameter_says_what_it_is,
        RuleTests.test_the_explanation_of_a_size_names_its_unit,
        RuleTests.test_it_has_titled_cases_both_ways,
        RuleTests.test_every_sentence_is_shown_by_a_case,
        RuleTests.test_every_sentence_says_what_to_do_next_and_reads_on_from_the_region,
        RuleTests.test_a_millimetre_rule_says_when_the_spacing_is_missing,
        RuleTests.test_a_millimetre_rule_has_a_case_with_rows_and_columns_unequal,
        RuleTests.test_it_is_told_in_words_of_its_own,
    ],
)
def test_each_finds_what_is_wrong_with_a_careless_rule(test: Callable[[RuleTests, type[Rule]], None]) -> None:
    with pytest.raises(AssertionError):
        test(RuleTests(), Careless)


def test_a_case_that_does_not_hold_is_found() -> None:
    with pytest.raises(AssertionError, match="1 findings expected, 0 found"):
        RuleTests().test_a_rule_finds_what_its_case_says(Careless, Careless.cases[0])


class Hasty(GatheringRule[int]):
    """It says that it compares two, and finds fault with one."""

    scope = DELIVERY
    contribution = int
    says = {"any": Says("anything is found")}

    def compares_at_least(self) -> int:
        return 2

    def gather(self, share: Share) -> Iterator[Gathered[int]]:
        yield Gathered(len(share.regions))

    def check_gathered(self, contributions: Sequence[Contributed[int]]) -> Iterator[Departure]:
        yield self.departs("any")

    cases = (Case("one", {}, "#"),)


def test_a_rule_that_finds_fault_with_fewer_than_it_compares_is_found() -> None:
    assert run_case(Hasty, Hasty.cases[0]).broken == ""
    with pytest.raises(AssertionError, match="one"):
        RuleTests().test_it_finds_nothing_in_what_is_too_small_to_be_compared(Hasty)


class Uncounting(Hasty):
    """It says that it counts, and counts once what is there twice."""

    counts_alike = True

    def check_gathered(self, contributions: Sequence[Contributed[int]]) -> Iterator[Departure]:
        if len(contributions) > 1:
            yield self.departs("any")

    cases = (Case("two", {}, (Handed(draws="#", task="1"), Handed(draws="#", task="2")), finds="any"),)


def test_a_rule_that_counts_once_what_is_there_twice_is_found() -> None:
    assert run_case(Uncounting, Uncounting.cases[0]).broken == ""
    with pytest.raises(AssertionError, match="two"):
        RuleTests().test_it_finds_the_same_where_what_is_alike_is_counted(Uncounting)


@pytest.mark.many
def test_the_rule_of_contributing_passes_in_a_package_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "vertex_count.py").write_text(SHOWN, encoding="utf-8")
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["guidelint.validation.testing"]\n', encoding="utf-8")
    (tmp_path / "test_rules.py").write_text(
        "from guidelint.validation.testing import RuleTests\n"
        "from vertex_count import VertexCount\n\n\n"
        "class TestMyRules(RuleTests):\n"
        "    rules = (VertexCount,)\n",
        encoding="utf-8",
    )
    roots = [str(ROOT / name) for name in ("validators", "guidelines", "labelstudio_configs", "cli")]
    options = ["-q", "-p", "no:cacheprovider", "-o", f"pythonpath={' '.join([*roots, str(tmp_path)])}"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stdout
    assert "24 passed" in done.stdout
