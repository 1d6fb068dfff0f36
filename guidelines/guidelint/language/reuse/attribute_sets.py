"""``asks: ratings``: questions that several classes are asked, or the image is, written once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.language.reuse.names import entries_at, unknown, with_entry, words_at
from guidelint.language.text.problem import Problem
from guidelint.language.text.tree import Branch, Entry, Leaf, Row, key_span, keys_at, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.reuse.notebook import Notebook
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath

SETS: Final = "attribute_sets"
ASKS: Final = "asks"
_IMAGES: Final = ("images",)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A class that asks a set of questions, or the image."""

    name: str
    place: Span


def with_asked_sets(root: Branch, notebook: Notebook) -> Branch:
    """Add the questions of the sets that are asked, each of the classes or of the image that asks it."""
    sets = entries_at(root, (SETS,))
    asking = _asking(root, sets, notebook)
    added: dict[str, Entry] = {}
    for name, askers in asking.items():
        for question in entries_at(root, (SETS, name)).values():
            if (problem := _taken(question, name, root, added)) is not None:
                notebook.tell(problem)
            elif isinstance(question.value, Branch):
                notebook.count(question.value, askers[0].place)
                added[question.key] = _asked_of(question, question.value, askers)
    return _with_questions(root, added) if added else root


def _asking(root: Branch, sets: Mapping[str, Entry], notebook: Notebook) -> dict[str, list[_Asking]]:
    """Gather the classes that ask each set, and the image."""
    asking: dict[str, list[_Asking]] = {}
    for path in _parts(root):
        for word in dict.fromkeys(words_at(root, (*path, ASKS))):
            if word.written not in sets:
                notebook.tell(unknown("unknown-attribute-set", "attribute set", word, sets))
            elif path[0] != "families":
                name = "image" if path == _IMAGES else str(path[-1])
                asking.setdefault(word.written, []).append(_Asking(name, word.span))
    return asking


def _parts(root: Branch) -> Iterator[KeyPath]:
    """Yield whatever may ask a set."""
    if node_at(root, (*_IMAGES, ASKS)) is not None:
        yield _IMAGES
    for section in ("families", "classes"):
        yield from ((section, name) for name in keys_at(root, (section,)))


def _taken(question: Entry, name: str, root: Branch, added: Mapping[str, Entry]) -> Problem | None:
    """Tell a question whose name another one has."""
    if question.key in added:
        line = added[question.key].key_span.line + 1
    elif question.key in keys_at(root, ("attributes",)):
        line = key_span(root, ("attributes", question.key)).line + 1
    else:
        return None
    message = f"`{question.key}` of the set `{name}` is asked already, as written in line {line}"
    return Problem("name-taken", message, question.key_span, "Give one of them another name, or delete it.")


def _asked_of(question: Entry, written: Branch, askers: list[_Asking]) -> Entry:
    names = {one.name: Leaf(one.name, one.name, one.place) for one in askers}
    of = Entry("of", question.key_span, Row(tuple(names.values()), askers[0].place))
    return Entry(question.key, question.key_span, with_entry(written, of))


def _with_questions(root: Branch, added: Mapping[str, Entry]) -> Branch:
    own = root.entries.get("attributes")
    if own is None:
        place = root.entries[SETS]
        return with_entry(root, Entry("attributes", place.key_span, Branch(added, place.value.span)))
    if not isinstance(own.value, Branch):
        return root
    whole = replace(own.value, entries={**own.value.entries, **added})
    return with_entry(root, replace(own, value=whole))
