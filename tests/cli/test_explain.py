from __future__ import annotations

import pytest
from tests.cli.delivery_file import run

from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.not_accepted import RESERVATIONS


@pytest.mark.many
@pytest.mark.parametrize("rule", sorted(catalogue()))
def test_every_rule_is_explained_with_its_cases(rule: str) -> None:
    result = run("explain", rule)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule}\n{'=' * len(rule)}\n")
    for heading in ("Why", "How it is measured", "Cases"):
        assert f"\n{heading}\n" in result.stdout


@pytest.mark.parametrize("name", sorted(RESERVATIONS))
def test_what_is_told_beside_the_rules_is_explained(name: str) -> None:
    result = run("explain", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name}\n{'=' * len(name)}\n")
    for heading in ("Why", "How it is told", "What to do"):
        assert f"\n{heading}\n" in result.stdout
    assert f"  {name}" in run("explain").stdout.splitlines()


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
