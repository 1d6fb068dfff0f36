"""SARIF 2.1.0 (OASIS), the interchange format of static analysis."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from guidelint.cli.render.formats.sarif import SCHEMA
from guidelint.cli.render.formats.sarif_location import uri
from guidelint.cli.render.of_guidelines.problem_json import statistics
from guidelint.cli.render.terminal.visible import in_a_line
from guidelint.language.reference.problem_explanations import explanations
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from guidelint.cli.render.formats.record_json import Json
    from guidelint.cli.render.of_guidelines.linted import Linted
    from guidelint.language.reference.problem_explanations import Explanation
    from guidelint.language.text.problem import Problem


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - programs see none
    """Write one run; its results stand one per line."""
    known, every = explanations(), list(linted.every)
    rules = [_rule(known[code]) for code in sorted({problem.code for _, problem in every})]
    driver = {"name": "guidelint", "semanticVersion": engine_version(), "rules": rules}
    invocation = {"executionSuccessful": not linted.unread, "exitCode": linted.status}
    results = ",\n".join(in_a_line(_result(file, problem)) for file, problem in every)
    return (
        f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {{"driver": {in_a_line(driver)}}},\n'
        f'"results": [\n{results}\n],\n'
        f'"columnKind": "unicodeCodePoints", "invocations": [{in_a_line(invocation)}],'
        f' "properties": {{"statistics": {in_a_line(statistics(linted))}}}}}]}}\n'
    )


def _rule(one: Explanation) -> Json:
    return {
        "id": one.code,
        "shortDescription": {"text": one.means},
        "fullDescription": {"text": one.reasons},
        "help": {"text": f"guidelint explain {one.code}"},
    }


def _result(file: str, problem: Problem) -> Json:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.end_line,
        "endColumn": problem.end_column,
    }
    of_itself = hashlib.sha256(f"{problem.code} {problem.message}".encode()).hexdigest()
    return {
        "ruleId": problem.code,
        "kind": "fail",
        "level": problem.level,
        "message": {"text": problem.said},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}, "region": region}}],
        "partialFingerprints": {"guidelint/v1": of_itself},
    }
