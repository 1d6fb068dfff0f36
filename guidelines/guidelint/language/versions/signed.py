"""The text of a draft as it is released: signed, and with its status; comments and layout stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guidelint.language.text.parse import parse
from guidelint.language.text.span import Span, replaced
from guidelint.language.text.tree import Branch, Entry, last_span, node_at

if TYPE_CHECKING:
    from guidelint.language.form.sections.provenance import Approval

_RELEASED = "released"


class CannotSignError(ValueError):
    """A text cannot be signed by a program; the message says why, and what to do."""


def signed(text: str, approval: Approval | None) -> str:
    """Write ``status: released`` and one more approval into a text. Raises CannotSignError."""
    root = parse(text).root
    assert isinstance(root, Branch)  # noqa: S101 - it is a guideline
    version = root.entries["version"]
    approvals = [] if approval is None else [_approval(root, version, approval)]
    edits = [*approvals, _status(root, version)]  # of two at one place the last written comes to stand first
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = replaced(text, span, new)
    return text


def _status(root: Branch, version: Entry) -> tuple[Span, str]:
    status = node_at(root, ("status",))
    return (status.span, _RELEASED) if status is not None else (_behind(version), f"\nstatus: {_RELEASED}")


def _approval(root: Branch, version: Entry, approval: Approval) -> tuple[Span, str]:
    if "approvals" in root.entries:
        raise CannotSignError("the file has `approvals` already: write this one beside the others")
    given = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in approval)
    last = root.entries.get("status", version)
    return _behind(last), f"\napprovals:\n  - {{{given}}}"


def _behind(entry: Entry) -> Span:
    """Place behind a value."""
    span = last_span(entry.value)
    return Span(span.end_line, span.end_column, span.end_line, span.end_column)
