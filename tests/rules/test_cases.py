"""Every case of every rule holds, on each set of kernels that is installed."""

from __future__ import annotations

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_case
from guidelint.validation.rule.case import Case
from guidelint.validation.testing import CasesHold


@pytest.mark.usefixtures("kernels")
class TestCases(CasesHold):
    rules = tuple(catalogue().values())


@pytest.mark.parametrize(
    ("drawn", "at", "broken"),
    [
        ("###\n#.#\n###", (1.5, 1.5), ""),
        ("###\n#.#\n###", (1.5, 2.5), "it points at (1.5, 1.5), not at (1.5, 2.5)"),
    ],
)
def test_a_case_says_where_its_finding_points(drawn: str, at: tuple[float, float], broken: str) -> None:
    assert run_case(catalogue()["no-holes"], Case("a hole", {}, drawn, finds="1 hole", at=at)).broken == broken


def test_a_case_notices_that_its_finding_points_nowhere() -> None:
    case = Case("none", {"min": 1}, "", finds="at least 1", at=(0.5, 0.5))
    assert run_case(catalogue()["count-limits"], case).broken == "it points at no place, not at (0.5, 0.5)"
