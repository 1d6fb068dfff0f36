"""What ``guidelint compile --report`` tells: where each statement of a guideline is enforced, as text and as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from guidelint.cli.refusals import found_loaded
from guidelint.cli.render.terminal.visible import unheard, visible
from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.enforcement.statements import statements
from guidelint.language.form.enforced import place_in_words
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.language.enforcement.statements import Statement
    from guidelint.language.form.enforced import Place
    from guidelint.language.loaded import Loaded


def reported(guidelines: Sequence[str], *, as_json: bool, strict: bool = False) -> int:
    """Tell of each guideline where its statements are enforced. Give the exit status."""
    for name in guidelines:
        read = found_loaded(name, strict=strict)
        listed = statements(read, catalogue(), LabelStudio())
        shown = document(read, listed) if as_json else "".join(f"{visible(line)}\n" for line in _lines(read, listed))
        sys.stdout.write(shown)
    return 0


def document(read: Loaded, listed: Sequence[Statement]) -> str:
    """Write it as one JSON document on one line."""
    return unheard(
        json.dumps(
            {
                "guideline": read.guideline.name,
                "version": read.guideline.version,
                "tool": LabelStudio.name,
                "statements": [
                    {
                        "path": [*one.path],
                        "line": one.line,
                        "enforced": [answer._asdict() for answer in one.answers],
                        "not_by_tool": one.not_by_tool or None,
                    }
                    for one in listed
                ],
                "statements_by_place": dict(_totals(listed)),
            },
            ensure_ascii=False,
        )
        + "\n"
    )


def _lines(read: Loaded, listed: Sequence[Statement]) -> Iterator[str]:
    guideline = read.guideline
    yield f"{guideline.name} {guideline.version}: where its {len(listed)} statements are enforced"
    yield ""
    width = len(str(max((one.line for one in listed), default=0)))
    for one in listed:
        yield f"{one.line:>{width}}  {_path(one)}: {_answers(one) or 'nobody knows'}"
    lacking = [one for one in listed if one.not_by_tool]
    if lacking:
        yield ""
        yield f"What {LabelStudio.name}, does not enforce:"
        yield from (f"{one.line:>{width}}  {_path(one)}: {one.not_by_tool}" for one in lacking)
    yield ""
    yield from (f"{count:>{width}}  {place_in_words(place)}" for place, count in _totals(listed))


def _path(one: Statement) -> str:
    return ": ".join(map(str, one.path))


def _answers(one: Statement) -> str:
    return "; ".join(f"{place_in_words(place)} ({', '.join(by)})" for place, by in _by_place(one).items())


def _by_place(one: Statement) -> dict[Place, list[str]]:
    """Give each place where a statement is enforced, with what does it there."""
    found: dict[Place, list[str]] = {}
    for answer in one.answers:
        found.setdefault(answer.place, []).append(answer.by)
    return found


def _totals(listed: Sequence[Statement]) -> list[tuple[Place, int]]:
    """Count the statements of each place; one that is enforced at several counts at each."""
    counted: Counter[Place] = Counter(place for one in listed for place in _by_place(one))
    return counted.most_common()
