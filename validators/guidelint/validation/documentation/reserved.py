"""What keeps work from being accepted whatever the rules find, explained as they are."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill, indent
from typing import TYPE_CHECKING

from guidelint.validation.judging.not_accepted import ALLOWED_FORMAT, MANY_FINDINGS, OWN_GUIDELINE

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class ReservedText:
    """What is told about one of them."""

    asks: str
    why: str
    how: str
    what_to_do: str

    def plain(self, name: str) -> str:
        """Explain it in plain text, as rules are explained."""
        headed = (("Why", self.why), ("How it is told", self.how), ("What to do", self.what_to_do))
        parts = [f"{heading}\n{indent(fill(text, _WIDTH), '  ')}\n" for heading, text in headed]
        level = "Level:   fixed: what is found is told, and nothing of it is accepted\n"
        return "\n".join((f"{name}\n{'=' * len(name)}\n{self.asks}\n", level, *parts)).rstrip() + "\n"


def reserved() -> Mapping[str, ReservedText]:
    """Give all of them by their names."""
    return {ALLOWED_FORMAT: _ALLOWED_FORMAT, OWN_GUIDELINE: _OWN_GUIDELINE, MANY_FINDINGS: _MANY_FINDINGS}


_ALLOWED_FORMAT = ReservedText(
    "Work comes in a format that the guideline takes deliveries in.",
    "Another format may lack answers, links, ids or who annotated, and then some rules are not judged. Whether the"
    " others are enough only the author of the guideline knows.",
    "The format is told by how a file begins. A guideline takes Label Studio's exports unless"
    " `delivery: {formats: […]}` says otherwise. Verdicts on work in any other format, and on whatever such work may be"
    " a part of, are unverified.",
    "Hand in a format that the guideline takes. If this one is to be taken, its author adds it under"
    " `delivery: {formats: […]}`; the summary of a check lists the rules that are not judged then.",
)
_OWN_GUIDELINE = ReservedText(
    "Work is judged by the guideline, and the version of it, that it was annotated under.",
    "By another version work departs where nobody erred, or is accepted by what nobody asked of it.",
    "A task names its guideline in its data (`guideline`, `guideline_version`), in the column `guideline` of the table"
    " given as --facts, or by what `serve` wrote back (`gl_guideline`). Work that names another one than the run judges"
    " by is unverified; so is whatever lies above it, and what work that names none may belong to.",
    "Give the guideline that it names, too: --also NAME@VERSION, or its path. Each task is then judged by its own.",
)
_MANY_FINDINGS = ReservedText(
    "What is found on one annotation can be told.",
    "Ten thousand departures on one annotation are one mistake made ten thousand times, often by a program: told one by"
    " one they help nobody, and take time and memory that other work needs.",
    "Findings are counted as they are made. After 10,000 on one annotation no more is looked for there: it has those,"
    " and this one says that there are more. Whatever its decision was, it is not accepted.",
    "Mend what is found most often, such as a wrong scale or everything drawn twice, and check again.",
)
