"""SARIF 2.1.0 (OASIS), the interchange format of static analysis.

An annotation is no place in a text file: a result's artifact is the export, its logical location names task, annotation
and region.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from guidelint.cli.delivery import Judged, Shown, Unread
from guidelint.cli.render.names import record_name, sentence
from guidelint.validation.version import engine_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.cli.render.records import Json
    from guidelint.cli.render.renderer import Sheet
    from guidelint.cli.totals import Totals
    from guidelint.validation.finding import Finding, RegionRef
    from guidelint.validation.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
UNREADABLE = "unreadable-record"


class Page:
    """Writes one run; its results stand one per line."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._separator = "\n"

    def begin(self) -> None:
        """Open the run with the tool and its rules."""
        rules = {check.rule.id(): type(check.rule) for check in self._sheet.plan.checks}
        driver: Json = {
            "name": "guidelint",
            "semanticVersion": engine_version(),
            "rules": [_rule(name, rule) for name, rule in sorted(rules.items())] + [_unreadable_rule()],
        }
        head = f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {{"driver": {json.dumps(driver)}}},'
        self._sheet.out.write(head + '\n"results": [')

    def show(self, record: Shown) -> None:
        """Add a result for each finding."""
        if isinstance(record, Unread):
            self._result(_unread_result(record))
            return
        for finding in self._sheet.findings(record):
            self._result(_result(record, finding))

    def end(self, totals: Totals) -> None:
        """Close the run."""
        plan = self._sheet.plan
        properties = {"guideline": str(plan.guideline), "planDigest": plan.digest, "statistics": totals.as_json()}
        invocation = {"executionSuccessful": totals.wrong_files == 0, "exitCode": totals.status}
        tail = f'"columnKind": "unicodeCodePoints", "invocations": [{json.dumps(invocation)}],'
        self._sheet.out.write(f'\n],\n{tail} "properties": {json.dumps(properties)}}}]}}\n')

    def _result(self, result: Json) -> None:
        self._sheet.out.write(self._separator + json.dumps(result))
        self._separator = ",\n"


def _rule(name: str, rule: type[Rule]) -> Json:
    first, _, rest = (rule.__doc__ or name).strip().partition("\n")
    described: Json = {"id": name, "name": rule.__name__, "shortDescription": {"text": first}}
    if rest.strip():
        text = "\n".join(line.strip() for line in rest.strip().splitlines())
        described |= {
            "fullDescription": {"text": text},
            "help": {"text": f"guidelint explain {name}", "markdown": text},
        }
    return described


def _unreadable_rule() -> Json:
    return {"id": UNREADABLE, "shortDescription": {"text": "A record of the export could not be read."}}


def _result(judged: Judged, finding: Finding) -> Json:
    """Build a result; a question without an answer is ``open`` in SARIF's words, and has no level."""
    is_open = finding.outcome == "cannot-evaluate"
    text = sentence(finding) + (f" → {finding.do}" if finding.do else "")
    return {
        "ruleId": finding.rule,
        "kind": "open" if is_open else "fail",
        "level": "none" if is_open else finding.level,
        "message": {"text": text},
        "locations": [_location(judged.file, name) for name in _places(judged, finding)],
        "partialFingerprints": {"guidelint/v1": finding.id},
        "properties": {
            "decision": judged.verdict.decision,
            "clause": finding.clause,
            **({"escalatesTo": finding.escalates_to} if finding.escalates_to else {}),
        },
    }


def _places(judged: Judged, finding: Finding) -> Iterator[str]:
    subject = judged.verdict.subject
    if not finding.regions:
        yield "/".join(part for part in (subject.series, subject.task, subject.annotation) if part)
    for region in finding.regions:
        yield "/".join(part for part in _path(judged, region) if part)


def _path(judged: Judged, region: RegionRef) -> tuple[str, ...]:
    subject = judged.verdict.subject
    return subject.series, region.task or subject.task, region.annotation or subject.annotation, region.id


def _location(file: str, name: str) -> Json:
    place: Json = {"logicalLocations": [{"fullyQualifiedName": name or "?", "kind": "annotation"}]}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}, **place} if file else place


def _unread_result(unread: Unread) -> Json:
    named = record_name(unread)
    return {
        "ruleId": UNREADABLE,
        "kind": "fail",
        "level": "error",
        "message": {"text": f"{named}: {unread.reason}" if named else unread.reason},
        "locations": [_location(unread.file, named or "file")],
    }


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
