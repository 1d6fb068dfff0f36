"""What a rule measured and its limit are found for every rule of the catalogue, without asking which rule it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_case
from guidelint.validation.judging.measurement import Measurement, measurement
from guidelint.validation.rule.evidence import LIMITS, Evidence, Quantity

if TYPE_CHECKING:
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

SAID_BESIDE = {"open", "out"}
"""Numbers with a unit that no limit is about: how large the place is whose share is compared."""


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ({}, Measurement()),
        ({"reason": "none"}, Measurement()),
        ({"area": Quantity(1.5, "mm²"), "limit": Quantity(3.0, "mm²")}, Measurement(1.5, 3.0, "mm²")),
        ({"limit": Quantity(3.0, "mm²"), "area": Quantity(1.5, "mm²")}, Measurement(1.5, 3.0, "mm²")),
        ({"count": 3, "smallest": Quantity(2.0, "mm²"), "limit": 1}, Measurement(3, 1)),
        ({"count": 3, "gap": Quantity(2.0, "mm"), "limit": Quantity(1.0, "mm")}, Measurement(2.0, 1.0, "mm")),
        ({"count": 3, "shared": Quantity(90.0, "%")}, Measurement(90.0, None, "%")),
        ({"now": 5, "before": 60}, Measurement(5, 60)),
        ({"position": 4, "reason": "none"}, Measurement()),
        ({"dice": Quantity(0.8), "limit": Quantity(0.5)}, Measurement(0.8, 0.5)),
    ],
)
def test_measured_limit_and_unit(evidence: dict[str, Evidence], found: Measurement) -> None:
    assert measurement(evidence) == found


CASES = [
    pytest.param(rule, case, id=f"{name}: {case.title}") for name, rule in catalogue().items() for case in rule.cases
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_no_limit_and_no_number_with_a_unit_is_lost(rule: type[Rule], case: Case) -> None:
    for finding in run_case(rule, case).findings:
        found = measurement(finding.evidence)
        told = {name: item for name, item in finding.evidence.items() if name not in SAID_BESIDE}
        quantities = {item.value for item in told.values() if isinstance(item, Quantity)}
        assert quantities <= {found.measured, found.limit}
        assert (found.limit is not None) == bool(LIMITS & finding.evidence.keys())
        assert found.measured is not None or found.limit is None


def test_measures_of_the_catalogue_are_found() -> None:
    measured = {
        name
        for name, rule in catalogue().items()
        if any(measurement(finding.evidence).limit for case in rule.cases for finding in run_case(rule, case).findings)
    }
    assert {"area-limits", "diameter-limits", "inside", "closed-outline", "count-limits"} <= measured
