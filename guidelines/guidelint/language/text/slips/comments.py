"""A comment that swallows the end of a list or mapping in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.complaint import Complaint, rewritten, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem

_ITEM = re.compile(
    r"(?P<before>[\[{,:]\s+|[\[{])(?P<item>(?:[^\s\[\]{},:'\"#][^\[\]{},:'\"#]*)?#[^\[\]{},:'\"]*?)(?=\s*[,\]}]|\s*$)"
)

_NUMBER = re.compile(r"[\[{,:]\s*(?P<number>-?\d+(?:\.\d+)?)\s+#[^,\[\]{}]*(?=[,\]}])")


def comments(complaint: Complaint) -> Iterator[Problem]:
    """Find `#` in a bracket."""
    for line in complaint.near:
        if line.value and (found := _NUMBER.search(line.text, line.column)):
            new = f"{line.text[: found.end('number')]}{line.text[found.end() :]}"
            place = in_line(line.number, found.end("number") + 1, found.end())
            message = "`#` begins a comment here, and the bracket is not closed before it"
            yield slip(message, "Delete the remark, or put it behind the bracket.", rewritten(line, new), place)
        if re.search(r"[\[{].*\s#", line.text) and (first := _ITEM.search(line.text)):
            new = _ITEM.sub(lambda found: found["before"] + quoted(found["item"]), line.text)
            message = "`#` begins a comment here, and the bracket is not closed before it"
            at = line.text.index("#", first.start("item"))
            remedy = f"Put the text in quotation marks: `{quoted(first['item'])}`."
            yield slip(message, remedy, rewritten(line, new), in_line(line.number, at, at + 1))
