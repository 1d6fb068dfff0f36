"""The changelog beside a guideline: an entry for each version, with the digest of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.language.versions.headings import number_told
from guidelint.language.versions.markdown import changes_in_markdown, plain

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.versions.comparison import Comparison

NAME: Final = "CHANGELOG.md"
_HEADING: Final = re.compile(r"^## (?:(?P<name>[a-z][a-z0-9-]*) )?(?P<version>\d+\.\d+\.\d+)\b.*$", re.MULTILINE)
_DIGEST: Final = re.compile(r"^SHA-256 of the text: `([0-9a-f]{64})`$", re.MULTILINE)


def entry(guideline: Guideline, found: Comparison | None, day: str) -> str:
    """Write the entry of a version: who approves it for what, what changes, which number moved and why."""
    approvals = (
        f"- {plain(one.name)}, {plain(one.role)}, {one.date}: {plain(one.means)}" for one in guideline.approvals
    )
    notes = ("", "What annotators do otherwise:", "", *(f"- {plain(one)}" for one in guideline.changes))
    lines = [
        f"## {guideline.name} {guideline.version} ({day})",
        "",
        f"SHA-256 of the text: `{guideline.text_digest}`",
        "",
        "Approved by:",
        "",
        *approvals,
        *(notes if guideline.changes else ()),
        *(("", plain(number_told(found)), *changes_in_markdown(found)) if found else ("", "First release.")),
    ]
    return "\n".join(lines) + "\n"


def with_entry(text: str, name: str, new: str) -> str:
    """Put an entry before those of earlier versions; a changelog that is not there is begun."""
    first = _HEADING.search(text)
    if first is None:
        return f"{text.rstrip() or f'# {name}'}\n\n{new}"
    return f"{text[: first.start()]}{new}\n{text[first.start() :]}"


def versions(text: str, name: str) -> dict[str, str]:
    """List the versions of a guideline that a changelog tells of, each with the digest of its text.

    An entry that names no guideline, as entries did before several shared a changelog, is of any.
    """
    headings = [*_HEADING.finditer(text)]
    ends = [*(one.start() for one in headings[1:]), len(text)]
    found = {
        one["version"]: _DIGEST.search(text, one.end(), end)
        for one, end in zip(headings, ends, strict=False)
        if one["name"] in {None, name}
    }
    return {version: digest[1] if digest else "" for version, digest in found.items()}
