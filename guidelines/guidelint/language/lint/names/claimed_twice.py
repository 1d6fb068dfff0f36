"""One name means two things: a delivery that uses it could mean either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.claims import Claim, as_seen, controls, keys, labels, options
from guidelint.language.lint.names.image import IMAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.draft import Draft

_ANOTHER = {"hotkey": "key"}
"""What is chosen anew, where it is not a name."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Find names with two owners."""
    written = draft.written
    yield from _contested(labels(written), "label")
    yield from _contested(controls(written), "control")
    yield from _contested(keys(written), "hotkey")
    yield from dict.fromkeys(_asked_twice(written))
    for name, part in written.attributes.items():
        answer = ("attributes", name, part.answer_key)
        yield from _contested(options(part.options, answer), "answer")


def _contested(claims: Iterable[Claim], what: str) -> Iterator[Flaw]:
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.name, claim)
        if other.owner != claim.owner:
            message = f"the {what} `{claim.name}` already means `{other.owner}`, not `{claim.owner}`"
            yield Flaw(message, claim.path, f"Give one of them another {_ANOTHER.get(what, 'name')}.")


def _asked_twice(written: WrittenBody) -> Iterator[Flaw]:
    """Find questions that nobody can tell apart where they stand together: a verdict names them by their titles."""
    for of in (IMAGE, *written.classes):
        asked = {name: part for name, part in written.attributes.items() if of in part.of}
        titles = (Claim(as_seen(part.title), name, ("attributes", name, "title")) for name, part in asked.items())
        yield from _contested(titles, "title")


LINT = Lint(
    code="claimed-twice",
    means="One name means two things.",
    why=(
        "Deliveries are read by the names that a guideline gives: keys, titles and aliases. A name "
        "with two owners could mean either. Hotkeys are compared without regard to capitals."
    ),
    wrong="""\
classes:
  cyst: {title: Cyst, definition: Filled with fluid., draw: polygon}
  tumour: {title: Tumour, definition: Solid., draw: polygon, aliases: [Cyst]}
""",
    right="""\
classes:
  cyst: {title: Cyst, definition: Filled with fluid., draw: polygon}
  tumour: {title: Tumour, definition: Solid., draw: polygon, aliases: [Mass]}
""",
    find=find,
)
