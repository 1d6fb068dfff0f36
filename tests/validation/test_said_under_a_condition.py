"""What is said of readings where a condition picks the regions that are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guidelint.rules.agreement.overlap_agreement import OverlapAgreement
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.ask import finding_of
from guidelint.validation.rule.condition import Condition, When
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.subject import Subject

OF_REGIONS = When(Condition.model_validate({"answer": {"organ": "liver"}}), asks_regions=True)
OF_IMAGES = When(Condition.model_validate({"image": {"modality": "CT"}}))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (None, "Lesion is marked in annotation 1 by ann and not in annotation 2 by bob"),
        (OF_IMAGES, "Lesion is marked in annotation 1 by ann and not in annotation 2 by bob"),
        (
            OF_REGIONS,
            "Lesion for which the condition holds is marked in annotation 1 by ann and not in annotation 2 by bob",
        ),
    ],
)
def test_what_only_one_reader_marked_is_told_as_far_as_it_was_asked(when: When | None, said: str) -> None:
    rule = OverlapAgreement(min_dice=0.7)
    check = replace(plan_of(rule).checks[0], when=when)
    departure = rule.departs(
        "only-one",
        what="Lesion",
        one="1",
        one_reader=("ann",),
        other="2",
        other_reader=("bob",),
        measured=Quantity(0.0),
        limit=Quantity(0.7),
    )
    parts = finding_of(check, Subject("task", task="1"), departure, ()).parts
    assert "".join(part.text for part in parts).startswith(said)
