"""Items of a list that begin with another sign than a dash, and marks that end the guideline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.slips.complaint import Complaint, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem

BULLETS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7\u2023\u25aa\u25e6*+"
"""Signs that people begin an item with."""
_BULLET = re.compile(rf"\s*([{re.escape(BULLETS)}])(?=\s)")
_END = re.compile(r"\.\.\.\s*$")


def bullets(complaint: Complaint) -> Iterator[Problem]:
    """Find items without a dash, and `...` before the end."""
    for line in complaint.near:
        if found := _BULLET.match(line.text):
            place = in_line(line.number, found.start(1), found.end(1))
            message = f"`{found[1]}` begins no item of a list"
            yield slip(message, "Begin each item with a dash and a space: `- item`.", Edit(place, "-"))
        if _END.match(line.text):
            place = in_line(line.number, 0, len(line.text))
            yield slip("`...` ends the guideline, and more follows", "Delete it.", Edit(place, ""))
