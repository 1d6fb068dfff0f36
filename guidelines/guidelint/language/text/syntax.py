"""What the YAML parser complains of, in words that an author of guidelines understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from guidelint.language.text.problem import Problem
from guidelint.language.text.span import START, Span

if TYPE_CHECKING:
    from guidelint.language.text.problem import Code

MAX_DEPTH = 64
"""Levels that may be nested in each other."""

_ALIGN = ("the indentation fits nothing above", "Align it with the keys it belongs to.")
_QUOTE = "Put the value in quotation marks."
_NOTHING_ELSE = ("this cannot be read as YAML", "Put text in quotation marks, and align keys of one part.")
_ANCHOR = ("`&` or `*` begins a name for reuse, which guidelines do not have", _QUOTE)
_TAG = ("`!` begins a YAML tag, which guidelines do not have", _QUOTE)
_DIRECTIVE = ("a line that begins with `%` is an instruction to the parser, which guidelines do not have", _QUOTE)
_ESCAPE = ("a backslash in double quotation marks begins a code that is none", "Write `\\\\`, or use single marks.")
_MARKS = ("the quotation marks are not closed", "Close them.")

SYNTAX: dict[str, tuple[str, str]] = {
    "found character that cannot start any token": ("this character cannot begin a value", _QUOTE),
    "mapping values are not allowed in this context": (
        "a colon here makes no key",
        "Put text that holds a colon in quotation marks.",
    ),
    "mapping keys are not allowed in this context": ("a question mark here makes no key", _QUOTE),
    "block sequence entries are not allowed in this context": (
        "a dash here begins no list",
        "Put each item on a line of its own, or put the text in quotation marks.",
    ),
    "could not find expected ':'": ("a key without a colon", "Write `key: value`, or indent a text that goes on."),
    "found unexpected ':'": ("a colon here makes no key", "Put text that holds a colon in quotation marks."),
    "did not find expected key": _ALIGN,
    "did not find expected '-' indicator": _ALIGN,
    "did not find expected node content": (
        "nothing stands where a value is wanted",
        "Write the value, or delete it.",
    ),
    "did not find expected ',' or ']'": ("a list in brackets does not end", "Close it with `]`, or put a comma."),
    "did not find expected ',' or '}'": ("keys in braces do not end", "Close them with `}`, or put a comma."),
    "did not find expected <document start>": (
        "the text goes on after the guideline has ended",
        "Write all of it as `key: value`, the keys of one part below each other.",
    ),
    "did not find expected <stream-start>": _NOTHING_ELSE,
    "found unexpected end of stream": _MARKS,
    "found unexpected document indicator": _MARKS,
    "found a tab character that violates indentation": (
        "a tab stands where YAML wants spaces",
        "Indent with spaces.",
    ),
    "found a tab character where an indentation space is expected": (
        "a tab stands where YAML wants spaces",
        "Indent with spaces.",
    ),
    "did not find expected comment or line break": (
        "something stands behind `|` or `>`",
        "Begin the text in the next line, indented; or put it in quotation marks.",
    ),
    "found an indentation indicator equal to 0": ("a text behind `|` or `>` is indented by 0", "Delete the 0."),
    "found unknown escape character": _ESCAPE,
    "did not find expected hexdecimal number": _ESCAPE,
    "did not find expected hexadecimal number": _ESCAPE,
    "found invalid Unicode character escape code": _ESCAPE,
    "did not find expected alphabetic or numeric character": _ANCHOR,
    "did not find expected '!'": _TAG,
    "did not find expected tag URI": _TAG,
    "did not find expected whitespace or line break": _TAG,
    "did not find the expected '>'": _TAG,
    "did not find URI escaped octet": _TAG,
    "found an incorrect leading UTF-8 octet": _TAG,
    "found an incorrect trailing UTF-8 octet": _TAG,
    "found undefined tag handle": _TAG,
    "did not find expected whitespace": _DIRECTIVE,
    "could not find expected directive name": _DIRECTIVE,
    "found unknown directive name": _DIRECTIVE,
    "found unexpected non-alphabetical character": _DIRECTIVE,
    "found duplicate %TAG directive": _DIRECTIVE,
    "found duplicate %YAML directive": _DIRECTIVE,
    "found extremely long version number": _DIRECTIVE,
    "found incompatible YAML document": _DIRECTIVE,
    "did not find expected digit or '.' character": _DIRECTIVE,
    "did not find expected version number": _DIRECTIVE,
    "control characters are not allowed": ("a character here may not stand in YAML", "Delete it."),
    "invalid Unicode character": ("a character here may not stand in YAML", "Delete it."),
    "invalid leading UTF-8 octet": ("the text is not UTF-8", "Save it as UTF-8."),
    "invalid trailing UTF-8 octet": ("the text is not UTF-8", "Save it as UTF-8."),
    "invalid length of a UTF-8 sequence": ("the text is not UTF-8", "Save it as UTF-8."),
    "incomplete UTF-8 octet sequence": ("the text is not UTF-8", "Save it as UTF-8."),
    "unexpected low surrogate area": ("the text is not UTF-8", "Save it as UTF-8."),
    "incomplete UTF-16 character": ("the text is not UTF-8", "Save it as UTF-8."),
    "incomplete UTF-16 surrogate pair": ("the text is not UTF-8", "Save it as UTF-8."),
}
"""The parser's sentences, all of them, and what is said in their place: what is wrong and what to do."""
_OTHER_CODES: dict[str, tuple[Code, str]] = {
    "exceeded maximum nesting depth": ("too-deep", f"more than {MAX_DEPTH} levels are nested in each other"),
    "input is too long": ("too-large", "the file is too large to be read"),
}


def in_our_words(error: yaml.YAMLError) -> Problem:
    """Say what the parser stumbled over; its own words never reach an author."""
    place = _place(error)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", ""))
    if said in _OTHER_CODES:
        code, message = _OTHER_CODES[said]
        return Problem(code, message, place, "A guideline needs about ten levels, and less than 1 MiB.")
    message, remedy = SYNTAX.get(said, _NOTHING_ELSE)
    return Problem("not-yaml", message, place, f"{remedy} {_beginning(error, place)}".strip())


def _place(error: yaml.YAMLError) -> Span:
    if not isinstance(error, yaml.MarkedYAMLError):
        return START
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "quoted" in str(error.context):
        mark = error.context_mark
    return Span(mark.line, mark.column, mark.line, mark.column + 1) if mark else START


def _beginning(error: yaml.YAMLError, place: Span) -> str:
    """Name the line in which begins what the parser was reading, if it is another."""
    mark = error.context_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f"It belongs to what begins in line {mark.line + 1}." if mark and mark.line != place.line else ""
