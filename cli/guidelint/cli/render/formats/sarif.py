"""SARIF 2.1.0 (OASIS), the interchange format of static analysis.

A result's physical location is where the region (else the annotation, else the task) is written in the export; its
logical location names task, annotation and region.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guidelint.checking.places import place_of
from guidelint.checking.record import Judged, Shown, Unread
from guidelint.cli.render.formats.sarif_location import location, locations
from guidelint.cli.render.renderer import BETWEEN, Listing
from guidelint.cli.render.terminal.visible import in_a_line
from guidelint.cli.render.words.known_text import in_brackets
from guidelint.cli.render.words.names import all_of_them, next_step, record_name, sentence
from guidelint.validation.documentation.reserved import reserved
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.counting.totals import Totals
    from guidelint.cli.render.formats.record_json import Json
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
UNREADABLE = "unreadable-record"
DELIVERY = "delivery"


class Page(Listing):
    """Writes one run; its results stand one per line."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._separator = "\n"

    def begin(self) -> None:
        """Open the run with the tool and its rules."""
        rules = {check.rule.id(): type(check.rule) for plan in self._sheet.plans for check in plan.checks}
        driver: Json = {
            "name": "guidelint",
            "semanticVersion": engine_version(),
            "rules": [_rule(name, rule) for name, rule in sorted(rules.items())] + [*_rules_of_deliveries()],
        }
        head = f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {{"driver": {json.dumps(driver)}}},'
        self._sheet.out.write(head + '\n"results": [')

    def show(self, record: Shown) -> None:
        """Add a result for each finding."""
        if isinstance(record, Unread):
            self._result(_unread_result(record), self._sheet.link(record))
            return
        for finding in self._sheet.findings(record):
            self._result(_result(record, finding, self._by(record)), self._sheet.link(record))

    def _by(self, judged: Judged) -> Json:
        """Say by which of several guidelines a verdict is."""
        verdict = judged.verdict
        return {"guideline": verdict.guideline, "planDigest": verdict.plan_digest} if self._sheet.also else {}

    def end(self, totals: Totals) -> None:
        """Add a result for each thing wrong with the delivery as a whole, and close the run."""
        for concern in totals.concerns:
            self._result({"ruleId": DELIVERY, "kind": "fail", "level": "error", "message": {"text": concern}}, "")
        plan = self._sheet.plan
        properties = {
            **_guideline(plan),
            **({"also": [_guideline(one) for one in self._sheet.also]} if self._sheet.also else {}),
            "statistics": totals.as_json(),
        }
        invocation = {"executionSuccessful": totals.wrong_files == 0, "exitCode": totals.status}
        tail = f'"columnKind": "unicodeCodePoints", "invocations": [{json.dumps(invocation)}],'
        self._sheet.out.write(f'\n],\n{tail} "properties": {in_a_line(properties)}}}]}}\n')

    def _result(self, result: Json, link: str) -> None:
        state: Json = {"baselineState": "new"} if self._sheet.compares else {}
        linked: Json = {"hostedViewerUri": link} if link else {}
        self._sheet.out.write(self._separator + in_a_line({**state, **result, **linked}))
        self._separator = BETWEEN


def _guideline(plan: Plan) -> Json:
    return {"guideline": str(plan.guideline), "planDigest": plan.digest, "textDigest": plan.text_digest}


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


def _rules_of_deliveries() -> Iterator[Json]:
    """Declare what is told beside the rules of a guideline."""
    for name, said in reserved().items():
        yield {"id": name, "shortDescription": {"text": said.asks}, "help": {"text": f"guidelint explain {name}"}}
    yield {"id": UNREADABLE, "shortDescription": {"text": "A record of the export could not be read."}}
    yield {"id": DELIVERY, "shortDescription": {"text": "Nothing was judged, or something expected was not."}}


def _result(judged: Judged, finding: Finding, by: Json) -> Json:
    """Build a result; a question without an answer is ``open`` in SARIF's words, and has no level."""
    is_open = finding.outcome == "cannot-evaluate"
    text = sentence(finding) + all_of_them(finding) + in_brackets(judged, finding) + next_step(finding)
    return {
        "ruleId": finding.rule,
        "kind": "open" if is_open else "fail",
        "level": "none" if is_open else finding.level,
        "message": {"text": text},
        "locations": list(locations(judged, finding)),
        "partialFingerprints": {"guidelint/v2": finding.id},
        **_known(judged, finding),
        "properties": {
            "decision": judged.verdict.decision,
            **by,
            **({"decisionButForKnown": judged.but_for_known} if judged.but_for_known else {}),
            "clause": finding.asked_at,
            "clausePath": finding.clause,
            **({"image": judged.image} if judged.image else {}),
            **({"escalatesTo": finding.escalates_to} if finding.escalates_to else {}),
        },
    }


def _known(judged: Judged, finding: Finding) -> Json:
    """Say that it is known, and who waives it; what got worse is new in SARIF's words, too."""
    standing = judged.standing(finding)
    if standing is None or not standing.is_known:
        return {}
    entry = standing.entry
    if entry.by == "baseline":
        return {"baselineState": "unchanged"}
    named: Json = {"who": entry.who, "until": str(entry.until)}
    waiver: Json = {"kind": "external", "status": "accepted", "justification": entry.reason, "properties": named}
    return {"baselineState": "unchanged", "suppressions": [waiver]}


def _unread_result(unread: Unread) -> Json:
    named = record_name(unread)
    return {
        "ruleId": UNREADABLE,
        "kind": "fail",
        "level": "error",
        "message": {"text": f"{named}: {unread.reason}" if named else unread.reason},
        "locations": [location(place_of(unread), named or "file")],
    }
