"""Why something was decided, as a caption says it: the picture itself shows where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.validation.judging.verdict import escalates, returns
from guidelint.validation.rule.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.handbook.pictures.scene import Outcome
    from guidelint.validation.judging.finding import Finding

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_WHERE: Final = re.compile(r",? [\d.]+\s%\sfrom the left and [\d.]+\s%\sfrom the top of the image")
_UNIT: Final = re.compile(r"(?<=\d) (?=mm|cm|px|ml|HU|%)")
_NUMBER: Final = re.compile(r"\bRegion \d+ ")


def why(finding: Finding, titles: Mapping[str, str]) -> str:
    """Say why something departs. ``titles``: of classes, where it must be said which mark is meant."""
    said = _NUMBER.sub("", _WHERE.sub("", _UNIT.sub(NO_BREAK, finding.message))).rstrip(".")
    named = dict.fromkeys(filter(None, (titles.get(one.class_name or "") for one in finding.subjects)))
    return sentence(f"{' and '.join(named)}: {said}" if named else said)


def decided(finding: Finding | None) -> Outcome:
    """Tell what is decided where this is found, or nothing."""
    if finding is None:
        return "accepted"
    if escalates(finding):
        return "escalated"
    return "returned" if returns(finding) else "pointed-out"
