"""Colons in a text that goes on over several lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.slips.complaint import Complaint, rewritten, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Edit, Problem
    from guidelint.language.text.slips.line import Line


def longer_texts(complaint: Complaint) -> Iterator[Problem]:
    """Find a colon in a text that goes on over several lines."""
    colon = re.search(r":(?=\s|$)", complaint.lines[complaint.line])
    line = next((line for line in complaint.above(complaint.line) if line.key), None)
    if colon is None or line is None or line.value.startswith(("'", '"', "[", "{", "|", ">")):
        return
    column = next(complaint.below(line.number)).column
    if line.column < column:
        message = f"a colon stands in the text of `{line.key}`, which makes no key"
        remedy = f"Put the text in quotation marks, or write `{line.key}: >-` and begin the text in the next line."
        yield slip(message, remedy, _folded(line, column), in_line(complaint.line, colon.start(), colon.end()))


def _folded(line: Line, column: int) -> Edit:
    """Begin the text in the next line, behind `>-`."""
    first = f"\n{' ' * column}{line.value}" if line.value else ""
    return rewritten(line, f"{line.text[: line.start].rstrip()} >-{first}")
