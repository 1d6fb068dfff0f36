from __future__ import annotations

import pytest
from tests.cli.delivery_file import run

from guidelint.rules.catalogue import catalogue


@pytest.mark.parametrize("rule", sorted(catalogue()))
def test_every_rule_is_explained_with_its_cases(rule: str) -> None:
    result = run("explain", rule)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule}\n{'=' * len(rule)}\n")
    for heading in ("Why", "How it is measured", "Cases"):
        assert f"\n{heading}\n" in result.stdout


def test_a_problem_of_a_guideline_is_explained() -> None:
    result = run("explain", "unknown-key")
    assert result.exit_code == 0
    assert result.stdout.startswith("unknown-key: ")


def test_all_are_listed() -> None:
    lines = run("explain").stdout.splitlines()
    assert {f"  {rule}" for rule in catalogue()} <= set(lines)
    assert "  unknown-key" in lines


def test_a_mistyped_name_is_a_usage_problem_that_names_the_right_one() -> None:
    result = run("explain", "closed-outlin")
    assert result.exit_code == 2
    assert result.stderr == "guidelint: there is no rule or code `closed-outlin`. Did you mean `closed-outline`?\n"
