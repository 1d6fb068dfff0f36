"""What cannot be told of a group names whose it would be: the annotation, and its task where the subject is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.annotation.region_ref import RegionRef
from guidelint.rules.work.minimum_time import MinimumTime
from guidelint.validation.judging.contributions import MOST_UNTOLD, RuleFault, Untold
from guidelint.validation.judging.plan import Check
from guidelint.validation.judging.untold import not_told
from guidelint.validation.rule.gathering import Unknown
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK = Check(MinimumTime(min_s=1.0), "annotators.rules.minimum-time")
WHY, FAULT = Unknown("nobody knows"), RuleFault("ZeroDivisionError: x")
OF_A_REGION = Unknown("nobody knows", (RegionRef("r1", "Region 1", "nodule", 1, "1", "7"),))
TASK, DELIVERY = Subject("task", task="1"), Subject("delivery")


def several(count: int) -> tuple[Untold, ...]:
    return tuple(Untold("1", str(number), WHY) for number in range(count))


@pytest.mark.parametrize(
    ("subject", "untold", "says"),
    [
        (DELIVERY, [Untold("1", "7", WHY)], "nobody knows (annotation 7 of task 1)"),
        (TASK, [Untold("1", "7", WHY)], "nobody knows (annotation 7)"),
        (DELIVERY, [Untold("1", "", WHY)], "nobody knows (task 1)"),
        (DELIVERY, [Untold("record 3", "7", WHY)], "nobody knows (annotation 7 of record 3)"),
        (TASK, [Untold("1", "", WHY)], "nobody knows"),
        (DELIVERY, [Untold("1", "7", OF_A_REGION)], "nobody knows"),
        (TASK, [Untold("1", "7", WHY), Untold("1", "7", WHY)], "nobody knows (annotation 7)"),
        (TASK, [Untold("1", "7", WHY), Untold("1", "8", Unknown("or why"))], "nobody knows (annotation 7)"),
        (TASK, [Untold("1", "7", WHY), Untold("1", "8", WHY)], "nobody knows (annotation 7 and annotation 8)"),
        (TASK, [Untold("1", "7", WHY), Untold("1", "8", FAULT)], "ZeroDivisionError: x (annotation 8)"),
    ],
)
def test_it_is_named(subject: Subject, untold: Sequence[Untold], says: str) -> None:
    assert not_told(CHECK, subject, untold).message.endswith(f": {says}")


def test_of_many_the_first_are_named() -> None:
    assert "(annotation 0, annotation 1, annotation 2" in not_told(CHECK, TASK, several(6)).message
    assert not_told(CHECK, TASK, several(6)).message.endswith("annotation 4 and annotation 5)")
    assert not_told(CHECK, TASK, several(7)).message.endswith("annotation 5 and others)")


def test_that_there_are_more_than_are_read_is_said() -> None:
    alike = [Untold("1", "7", WHY)] * MOST_UNTOLD
    assert not_told(CHECK, TASK, alike[1:]).message.endswith("(annotation 7)")
    assert not_told(CHECK, TASK, alike).message.endswith("(annotation 7 and others)")
