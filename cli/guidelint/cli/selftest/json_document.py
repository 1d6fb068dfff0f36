"""A self-test as one JSON document, for a quality file or another program."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.cli.render.formats.record_json import Json
    from guidelint.cli.selftest.report import Line, Report
    from guidelint.geometry.known_answers.answer import Measured


def document(report: Report) -> str:
    """Write the whole report."""
    return (
        json.dumps(
            {
                "passed": report.passed,
                "installation": asdict(report.installation),
                "kernels": {
                    "in_use": report.in_use,
                    "not_kept": report.not_kept,
                    "tested": list(report.kernels),
                    "right": {name: _right(report, name) for name in report.kernels},
                    "agreed": len(report.lines) - len(report.disagreed),
                },
                "answers": [_line(line) for line in report.lines],
            },
            indent=2,
            allow_nan=False,
        )
        + "\n"
    )


def _right(report: Report, name: str) -> int:
    return sum(outcome.right for line in report.lines for kernels, outcome in line.outcomes.items() if kernels == name)


def _line(line: Line) -> Json:
    answer = line.answer
    return {
        "kind": line.group.name,
        "measure": answer.measure,
        "input": answer.given,
        "expected": answer.expected,
        "unit": answer.unit,
        "derivation": answer.source,
        "tolerance": answer.tolerance.value,
        "tolerance_reason": answer.tolerance.reason,
        "right": line.right,
        "agreed": line.agreed,
        "by_kernels": {name: _outcome(outcome) for name, outcome in line.outcomes.items()},
    }


def _outcome(outcome: Measured) -> Json:
    return {
        "measured": _number(outcome.measured),
        "difference": _number(outcome.difference),
        "right": outcome.right,
        "failure": outcome.failure or ("not a finite number" if _number(outcome.measured) is None else ""),
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
