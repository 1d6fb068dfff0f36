"""The names of annotators in a verdict: it is made and kept without them, and shown with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.validation.rule.says import readers_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Verdict


def with_names(verdict: Verdict, names: Mapping[str, str]) -> Verdict:
    """Give a verdict whose sentences call annotators by name; ``names``: by the ids under which they are known."""
    if not names or not any(part.readers for finding in verdict.findings for part in finding.parts):
        return verdict
    return replace(verdict, findings=tuple(_named(finding, names) for finding in verdict.findings))


def _named(finding: Finding, names: Mapping[str, str]) -> Finding:
    parts = tuple(readers_part(part.readers, names) if part.readers else part for part in finding.parts)
    return replace(finding, parts=parts)
