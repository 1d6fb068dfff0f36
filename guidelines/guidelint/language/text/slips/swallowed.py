"""A quotation mark that is not closed where it should be, and so swallows the lines up to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.slips.likely import reads
from guidelint.language.text.slips.line import line_of
from guidelint.language.text.slips.quotes import unclosed
from guidelint.language.text.span import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.span import Span

_KEY = re.compile(r"\s*(?:- )?[a-z][a-z0-9_-]*:(?:\s|$)")
_TRIED = 8
"""Texts that are looked at."""


def swallowed(text: str, quoted_texts: Sequence[Span]) -> Problem | None:
    """Find a quoted text that holds lines which are keys, and whose mark can be closed in its first line."""
    lines = lines_of(text)
    for span in quoted_texts[:_TRIED]:
        if any(map(_KEY.match, lines[span.line + 1 : span.end_line + 1])):
            for slip in unclosed(line_of(lines[span.line], span.line), span.column):
                if slip.edit is not None and reads(slip.edit.applied(text)):
                    return slip
    return None
