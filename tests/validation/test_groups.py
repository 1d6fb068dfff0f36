"""Findings that say the same are read once, and none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.region_ref import RegionRef
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.groups import groups, numbers
from guidelint.validation.rule.evidence import Evidence, Quantity
from guidelint.validation.rule.says import render

SENTENCE = "the area is {area}, below the limit of {limit}; {question} is {answer}"


def found(number: int, area: float, answer: str, rule: str, *, pair: bool) -> Finding:
    evidence: dict[str, Evidence] = {
        "area": Quantity(area, "mm²"),
        "limit": Quantity(90.0, "mm²"),
        "question": "Margin",
        "answer": answer,
    }
    regions = tuple(RegionRef(f"r{one}", f"Region {one} Mass", "mass", one) for one in range(number, number + 1 + pair))
    name = f"{number}{area}{answer}{rule}{pair}"
    return Finding(name, rule, "kind", "departs", "error", render(SENTENCE, evidence), "Do.", regions, evidence, "Mass")


FINDINGS = st.lists(
    st.builds(
        found,
        st.integers(1, 9),
        st.sampled_from([1.0, 2.5, 80.0]),
        st.sampled_from(["sharp", "blurred"]),
        st.sampled_from(["one-rule", "other-rule"]),
        pair=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda finding: finding.id,
)


@given(FINDINGS)
def test_every_finding_stands_in_one_group_with_all_that_it_says(findings: list[Finding]) -> None:
    made = groups(findings)
    assert sorted(finding.id for group in made for finding in group.findings) == sorted(one.id for one in findings)
    for group in made:
        for finding in group.findings:
            assert (finding.rule, finding.do, finding.clause) == (group.first.rule, group.first.do, group.first.clause)
            assert str(finding.evidence["answer"]) in group.message
            assert set(finding.regions) <= set(group.regions)


@given(FINDINGS)
def test_no_two_groups_could_be_one(findings: list[Finding]) -> None:
    single = [group for group in groups(findings) if len(group.regions) == len(group.findings)]
    said = [(group.first.rule, group.first.evidence["answer"]) for group in single]
    assert len(said) == len(set(said)), "only rule and answer tell findings about one region apart here"


@pytest.mark.parametrize(
    ("given_numbers", "listed"),
    [
        ((1,), "1"),
        ((2, 1), "1 and 2"),
        ((1, 2, 3), "1 to 3"),
        ((1, 2, 4), "1, 2 and 4"),
        ((1, 2, 3, 5), "1 to 3 and 5"),
        ((3, 4, 5, 7, 8, 11, 12, 13), "3 to 5, 7, 8 and 11 to 13"),
        ((2, 2), "2"),
    ],
)
def test_numbers_in_a_row_are_a_range(given_numbers: tuple[int, ...], listed: str) -> None:
    assert numbers(given_numbers) == listed
