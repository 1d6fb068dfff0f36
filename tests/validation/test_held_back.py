"""What speaks of absence waits until all of a subject is in; what is proved already does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.held_back import held_back
from guidelint.validation.judging.verdict import Awaited, Verdict, decide, escalations
from guidelint.validation.rule.subject import Subject

LARGE = Finding("1", "r", "too-large", "departs", "error", (), "", (), {}, "c")
SMALL = replace(LARGE, id="2", kind="too-small", of_absence=True)
TO_BOARD = replace(SMALL, id="3", escalates_to="board")


def verdict(*findings: Finding) -> Verdict:
    subject = Subject("series", series="1.2", annotator="7")
    return Verdict(subject, "g 1.0.0", "d", "e", findings, decide(findings), escalations(findings))


@pytest.mark.parametrize(
    ("findings", "missing", "decision", "told", "held"),
    [
        ((LARGE, SMALL), 1, "returned", (LARGE,), (SMALL,)),
        ((SMALL, TO_BOARD), 1, "accepted", (), (SMALL, TO_BOARD)),
        ((LARGE, SMALL), 0, "returned", (LARGE, SMALL), ()),
        ((TO_BOARD,), 0, "escalated", (TO_BOARD,), ()),
        ((LARGE,), 1, "returned", (LARGE,), ()),
    ],
)
def test_absence_decides_nothing_while_tasks_are_awaited(
    findings: tuple[Finding, ...], missing: int, decision: str, told: tuple[Finding, ...], held: tuple[Finding, ...]
) -> None:
    awaited = Awaited(5, missing)
    found = held_back(verdict(*findings), awaited)
    assert (found.decision, found.findings, found.held) == (decision, told, held)
    assert found.awaited == (awaited if held else None)
    assert {one.route for one in found.escalations} == {one.escalates_to for one in told if one.escalates_to}


def test_what_is_awaited_is_counted_in_words() -> None:
    assert str(Awaited(5, 3)) == "waiting for 3 of 5 tasks"


TOLD = (
    *(
        "derived-at-time-points",
        "derived-from-time-points",
        "derived-course-of-object",
        "derived-change",
        "derived-change-of-object",
    ),
    *("derived-from-all", "derived-of-object", "derived-rank"),
)


def test_rules_say_which_departures_a_further_slice_may_take_back() -> None:
    of_absence = {(name, kind) for name, rule in catalogue().items() for kind, it in rule.says.items() if it.of_absence}
    units = ("", "-px", "-in-image")
    assert of_absence == {
        *(("diameter-limits", f"too-small{unit}{at}") for unit in units for at in ("", "-at-limit")),
        *(("geometry-by-size", f"other-tool{unit}") for unit in units),
        *(("volume-limits", f"{kind}{at}") for kind in ("too-small", "too-large") for at in ("", "-at-limit")),
        ("count-limits", "too-few-over"),
        *((rule, kind) for rule in TOLD for kind in ("derived", "listed")),
        *((rule, "not-told") for rule in TOLD if rule not in {"derived-of-object", "derived-rank"}),
        ("derived-of-object", "differs"),
        ("derived-rank", "differs"),
        ("no-slice-gap", "missing"),
        ("same-objects-over-time", "missing"),
    }
