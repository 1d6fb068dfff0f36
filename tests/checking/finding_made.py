"""Findings, records and entries for the tests of what is known."""

from __future__ import annotations

from datetime import date  # noqa: TC003

import msgspec

from guidelint.annotation.region_ref import RegionRef
from guidelint.checking.known import About, Entry
from guidelint.checking.record import Judged
from guidelint.validation.judging.finding import Finding, Outcome
from guidelint.validation.judging.verdict import Verdict, decide
from guidelint.validation.rule.evidence import Evidence, Quantity
from guidelint.validation.rule.subject import Subject

REGION = RegionRef("r1", "Region 1 Lesion")


def finding(
    measured: float | None = None,
    limit: float | None = None,
    unit: str = "mm",
    *,
    id: str = "f1",  # noqa: A002 - the name that a finding has for it
    outcome: Outcome = "departs",
    limit_name: str = "limit",
    regions: tuple[RegionRef, ...] = (REGION,),
) -> Finding:
    """Make a finding, an error, with what was measured."""
    evidence: dict[str, Evidence] = {} if measured is None else {"gap": Quantity(measured, unit)}
    if limit is not None:
        evidence[limit_name] = Quantity(limit, unit)
    kind = "open" if outcome == "departs" else outcome
    return Finding(id, "closed-outline", kind, outcome, "error", (), "", regions, evidence, "Lesion › Boundary")


def judged(*findings: Finding, task: str = "1") -> Judged:
    """Make a record of one annotation with these findings."""
    subject = Subject("submission", task=task, annotation="11")
    return Judged("export.json", Verdict(subject, "lesions 1.0.0", "", "", findings, decide(findings)), "101")


def entry(
    measured: float | None = None,
    unit: str = "mm",
    *,
    id: str = "f1",  # noqa: A002 - the name that an entry has for it
    rule: str = "",
    task: str = "",
) -> Entry:
    """Make an entry, of the finding ``f1`` unless told otherwise."""
    return Entry(id=id, rule=rule, subject=About(task=task), measured=measured, unit=unit)


def waiver(until: date, measured: float | None = None, *, id: str = "f1") -> Entry:  # noqa: A002 - as above
    """Make a waiver."""
    return msgspec.structs.replace(entry(measured, id=id), who="Dr A", reason="old scanner", until=until)
