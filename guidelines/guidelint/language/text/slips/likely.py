"""The likeliest slip behind a complaint: one whose mending lets the parser read on."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import yaml

from guidelint.language.text.slips.blocks import blocks
from guidelint.language.text.slips.brackets import brackets
from guidelint.language.text.slips.bullets import bullets
from guidelint.language.text.slips.colons import colons
from guidelint.language.text.slips.comments import comments
from guidelint.language.text.slips.complaint import Complaint
from guidelint.language.text.slips.indentation import indentation
from guidelint.language.text.slips.longer_texts import longer_texts
from guidelint.language.text.slips.quotes import quotes
from guidelint.language.text.slips.signs import signs
from guidelint.language.text.slips.spaces import spaces
from guidelint.language.text.slips.strays import strays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.language.text.problem import Edit, Problem

KINDS: tuple[Callable[[Complaint], Iterator[Problem]], ...] = (
    spaces,
    comments,
    quotes,
    bullets,
    brackets,
    signs,
    colons,
    indentation,
    blocks,
    longer_texts,
    strays,
)
"""Kinds of slip; where two mend equally much, the earlier is believed."""
TRIALS = 200
"""Slips that are tried on one text."""
READ = 4_000_000
"""Letters that are read again for it, at most."""
_END = 2**31


def likely_slip(error: yaml.MarkedYAMLError, text: str) -> Problem | None:
    """Find the slip whose mending lets the parser read furthest, at least past the line where it gave up."""
    complaint = Complaint.of(error, text)
    best, furthest = None, complaint.line
    most = min(TRIALS, READ // (len(text) + 1))
    for candidate in islice(chain.from_iterable(kind(complaint) for kind in KINDS), most):
        assert candidate.edit is not None  # noqa: S101 - a slip is known by its mending
        if (reached := _reached(text, candidate.edit)) > furthest:
            best, furthest = candidate, reached
        if furthest == _END:
            break
    return best


def reads(text: str) -> bool:
    """Whether a text can be read to its end."""
    return _read(text) == _END


def _reached(text: str, edit: Edit) -> int:
    """Line of the text, as it was before the edit, up to which it can be read after it."""
    added = edit.text.count("\n") - (edit.span.end_line - edit.span.line)
    reached = _read(edit.applied(text))
    return reached if reached == _END else reached - added


def _read(text: str) -> int:
    """Line up to which a text can be read as one document."""
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    except yaml.YAMLError:
        return 0
    return _END
