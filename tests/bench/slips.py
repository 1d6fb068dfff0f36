"""Mistyped letters in guidelines: is what was meant the first that is suggested?

`python -m tests.bench.slips` mistypes 1,000 keys, names and values of the library's guidelines, and 1,000 labels as a
delivery has them; status 1 where fewer than 95 of 100 are understood. A slip that nobody can see to be one, because
the text may hold any word there or because it is another name that is known, is not counted.
"""

from __future__ import annotations

import argparse
import random
import re
import string
import sys
from typing import TYPE_CHECKING, Final

from tests.bench.language_figures import keep
from tests.language.mistakes import problems

from guidelint.language.library import holdings
from guidelint.language.load import load
from guidelint.language.text.parse import parse
from guidelint.language.text.span import Span, replaced
from guidelint.language.text.tree import Entry, Leaf, value_of, walk
from guidelint.validation.rule.spelling import hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem

NUMBER: Final = 1_000
GOAL: Final = 0.95
SHORTEST: Final = 3
"""Letters of a word, at least: one letter of two says little of what was meant."""
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")
_NAMED: Final = re.compile(r"`([^`]+)`")


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one slip: a letter lost, doubled, replaced, or two swapped."""
    at = chance.randrange(len(name) - 1)
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return chance.choice(slips)


def words(text: str) -> list[tuple[str, Span]]:
    """Keys of a guideline, and the values that are one word, with their places."""
    root = parse(text).root
    assert root is not None
    found: dict[Span, str] = {}
    for path, part in walk(root):
        if isinstance(part, Entry):
            found[part.key_span] = str(path[-1])
        if isinstance(leaf := value_of(part), Leaf) and isinstance(leaf.value, str) and _WORD.fullmatch(leaf.value):
            found[leaf.span] = leaf.value
    return [(word, span) for span, word in found.items() if len(word) >= SHORTEST and _WORD.fullmatch(word)]


def in_guidelines(number: int, chance: random.Random) -> Iterator[tuple[str, str, Problem]]:
    """Yield so many slips that are seen: what was meant, what was written, and what is told."""
    texts = [(item.text, words(item.text)) for item in holdings()]
    while number:
        text, known = chance.choice(texts)
        meant, span = chance.choice(known)
        written = mistyped(meant, chance)
        if written == meant:
            continue
        told = [one for one in problems(replaced(text, span, written)) if one.level == "error" and _at(one, span)]
        if told:
            number -= 1
            yield meant, written, told[0]


def _at(problem: Problem, span: Span) -> bool:
    return problem.span.line == span.line and problem.span.column == span.column


def suggested(problem: Problem) -> str:
    """Name what is suggested first: by the edit, or in words."""
    if problem.edit is not None:
        return problem.edit.text.strip("'\"")
    named = _NAMED.search(problem.help)
    return named[1] if named else ""


def of_labels(number: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield so many mistyped labels: what was meant, what was written, and what is told."""
    texts = [[part.title for part in load(item.text).classes.values()] for item in holdings()]
    while number:
        titles = chance.choice(texts)
        meant = chance.choice(titles)
        written = mistyped(meant, chance)
        if written not in titles:
            number -= 1
            yield meant, written, hint(written, titles)


def main() -> int:
    """Mistype and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slips", description=__doc__)
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/benchmarks.md")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    missed = [
        (meant, written, one.said)
        for meant, written, one in in_guidelines(asked.number, chance)
        if suggested(one) != meant
    ]
    labels = [slip for slip in of_labels(asked.number, chance) if f"“{slip[0]}”" not in slip[2]]
    sys.stdout.writelines(f"{meant!r} written {written!r}: {told}\n" for meant, written, told in (*missed, *labels))
    shares = {what: 1 - len(lost) / asked.number for what, lost in (("guidelines", missed), ("labels", labels))}
    print(", ".join(f"{share:.1%} in {what}" for what, share in shares.items()), f"of {asked.number:,} each")
    if asked.keep:
        keep("slips", number=asked.number, **shares)
    return int(min(shares.values()) < GOAL)


if __name__ == "__main__":
    sys.exit(main())
