"""What stands in the task data, and so in the columns of the Data Manager, whose titles are these keys.

Label Studio orders columns of task data itself: as they were first written where its database is SQLite, by length and
then by letters where it is PostgreSQL. These names stand in the order in which a manager needs them in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from guidelint.labelstudio.writeback.summary import rules_concerned, what_to_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict

STATUS: Final = "gl_status"
SUMMARY: Final = "gl_summary"
"""What is to change; where nothing is, what could not be checked, or why it escalated."""
RULES: Final = "gl_by_rules"
ANNOTATOR: Final = "gl_annotator"
GUIDELINE: Final = "gl_guideline"
WAITS_FOR: Final = "gl_waits_for"
"""Who is asked to read the task or to look at it."""
COLUMNS: Final = (STATUS, SUMMARY, RULES, ANNOTATOR, GUIDELINE, WAITS_FOR)
VERDICT: Final = "gl_verdict_md"
"""The banner beside the image: HTML, and no column to be read."""
DIGEST: Final = "gl_digest"
KEYS: Final = (*COLUMNS, VERDICT, DIGEST)
"""The keys of the task data that are ours, beside those of what follows from answers (``derived_columns``)."""

BEING_READ: Final = "being read"
"""Status while somebody else may still read the task: every user sees every column, also whoever reads next."""
HELD: Final = "held"
"""Status while nobody is given the task, until somebody in particular has dealt with it."""
SUMMARY_LENGTH: Final = 180
"""Characters that three lines of a cell hold at the width of its column; a row of Label Studio's table has no more."""
WIDE_SUMMARY_LENGTH: Final = 90
"""The same of a script whose letters are twice as wide."""
LIST_LENGTH: Final = 60
"""The same of the rules."""
NAME_LENGTH: Final = 18
"""Letters of a word that fit the width of the annotator's column: a cell breaks lines between words only."""
BETWEEN: Final = "; "
"""Stands between several who are waited for."""


_BY: Final = re.compile(r"(.+) by (\d+(?:, \d+)*)")
"""One of several versions, and whose work it is of."""


def columns_of(
    status: str, verdict: Verdict | None, routes: Mapping[str, Route], annotator: str, waits_for: Sequence[str]
) -> dict[str, str]:
    """Write the columns about one reading, the one that gives the task its status; None: about none."""
    return {
        STATUS: status,
        SUMMARY: _summary(verdict, routes) if verdict else "",
        RULES: as_many_as_fit(rules_concerned(verdict).split(", ")) if verdict else "",
        ANNOTATOR: annotator,
        GUIDELINE: verdict.guideline if verdict else "",
        WAITS_FOR: BETWEEN.join(waits_for),
    }


def _summary(verdict: Verdict, routes: Mapping[str, Route]) -> str:
    text = what_to_change(verdict, routes, SUMMARY_LENGTH)
    if sum(1 + (east_asian_width(letter) in "WF") for letter in text) <= SUMMARY_LENGTH:
        return text
    return what_to_change(verdict, routes, WIDE_SUMMARY_LENGTH)


def as_many_as_fit(names: Sequence[str], between: str = ", ", most: int = LIST_LENGTH) -> str:
    """List names whole, and how many more there are than the column holds."""
    for shown in range(len(names), 1, -1):
        more = f"{between}+{len(names) - shown} more" if shown < len(names) else ""
        if len(text := between.join(names[:shown]) + more) <= most:
            return text
    return names[0] + (f"{between}+{len(names) - 1} more" if len(names) > 1 else "")


def annotator_called(name: str, user: int | None) -> str:
    """Call an annotator by name; without one, by the number that Label Studio has given."""
    words = [word if len(word) <= NAME_LENGTH else f"{word[: NAME_LENGTH - 1]}…" for word in name.split()]
    return " ".join(words) or (f"annotator {user}" if user is not None else "")


def guidelines_named(told: Verdict | None, judged: Sequence[tuple[str, int | None]]) -> str:
    """Name the version that the columns go by; where readings have several, all of them, each with whose work it is of.

    ``judged``: of each reading, its version and the number that Label Studio has given to whoever made it.
    """
    if told is None:
        return ""
    by_version: dict[str, list[str]] = {told.guideline: []}
    for version, annotator in judged:
        by_version.setdefault(version, []).append(str(annotator or "?"))
    if len(by_version) == 1:
        return told.guideline
    return BETWEEN.join(f"{name} by {', '.join(dict.fromkeys(ids))}" for name, ids in by_version.items() if ids)


def guidelines_by_annotator(written: str) -> dict[str, str]:
    """Read which version each one's work was judged by; nothing: it is one for all, or one of them had several."""
    parts = [_BY.fullmatch(part) for part in written.split(BETWEEN)]
    each = [(who, found[1]) for found in parts if found for who in found[2].split(", ")]
    by_annotator = dict(each)
    return by_annotator if all(parts) and len(by_annotator) == len(each) else {}


def of_other_versions(name: str, version: str) -> str:
    """Write the expression that finds tasks with work judged by other versions of a guideline."""
    return rf"(^|{BETWEEN}){re.escape(name)} (?!{re.escape(version)}( |;|$))"


def waits_for_one(who: str) -> str:
    """Write the expression that finds tasks which wait for somebody, alone or among others."""
    return f"(^|{BETWEEN}){re.escape(who)}($|{BETWEEN.strip()})"
