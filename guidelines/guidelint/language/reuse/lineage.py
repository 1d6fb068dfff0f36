"""Which class is a kind of which family or class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.language.reuse.names import unknown, words_at
from guidelint.language.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.reuse.notebook import Notebook
    from guidelint.language.text.tree import Entry, Leaf

KIND_OF: Final = "kind_of"


@dataclass(frozen=True, slots=True)
class Lineage:
    """Every kind with what it is a kind of, and the reverse."""

    above: Mapping[str, tuple[str, ...]]
    """Kind → what it is a kind of, the nearest first."""
    kinds: Mapping[str, tuple[str, ...]]
    """Family or class → all its kinds, in the order of the classes."""


def lineage(classes: Mapping[str, Entry], families: Mapping[str, Entry], notebook: Notebook) -> Lineage:
    """Follow every `kind_of`. Tells of names that lead nowhere, and of circles. Raises TooMuchError."""
    words = {name: word for name, entry in classes.items() for word in words_at(entry.value, (KIND_OF,))[:1]}
    parents: dict[str, str] = {}
    cut: set[str] = set()
    for name, word in words.items():
        if word.written in families or word.written in classes:
            parents[name] = word.written
        else:
            known = (*families, *(other for other in classes if other != name))
            problem = unknown("unknown-family", "family, and no class", word, known)
            notebook.tell(problem)
            cut.add(name)
    cut |= _break_circles(parents, words, notebook)
    above: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, list[str]] = {}
    for name in parents:
        above[name] = _above(name, parents)
        notebook.count_parts(len(above[name]), words[name].span)
        for other in above[name]:
            kinds.setdefault(other, []).append(name)
    notebook.causes.update(("classes", one, "draw") for name in cut for one in (name, *kinds.get(name, ())))
    return Lineage(above, {name: tuple(of_it) for name, of_it in kinds.items()})


def _above(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    while name in parents:
        name = parents[name]
        found.append(name)
    return tuple(found)


def _break_circles(parents: dict[str, str], words: Mapping[str, Leaf], notebook: Notebook) -> set[str]:
    """Take out whatever stands in a circle, and tell each circle once, where it is written first."""
    cut: set[str] = set()
    done: set[str] = set()
    for first in tuple(parents):
        path: dict[str, None] = {}
        name = first
        while name in parents and name not in done and name not in path:
            path[name] = None
            name = parents[name]
        done |= path.keys()
        if name in path:
            circle = [*path][[*path].index(name) :]
            first_of_it, *rest = (f"`{one}`" for one in (*circle, name))
            shown = f"{first_of_it} is a kind of {', which is a kind of '.join(rest)}"
            place = words[circle[0]].span
            notebook.tell(Problem("circle", shown, place, f"Delete one `{KIND_OF}:`."))
            cut |= set(circle)
            for one in circle:
                del parents[one]
    return cut
