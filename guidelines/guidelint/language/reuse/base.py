"""``extends: lung-nodule-ct@1.0.0``: a guideline that has everything of another, and asks for more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.language.form.sections.provenance import Provenance
from guidelint.language.reuse.merged import merged
from guidelint.language.reuse.taken_away import WITHOUT
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.tree import Branch, Entry, Leaf, Node, Row, node_at
from guidelint.language.texts import NoSuchGuidelineError, folder_of, is_path, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.loaded import Loaded
    from guidelint.language.reuse.taken_away import TakenAway
    from guidelint.language.text.problem import Code
    from guidelint.language.text.span import Span

    Read = Callable[[str, str, Path | None, tuple[str, ...]], Loaded]
    """Reads a text: its file, its folder, and which guidelines are being read already."""

EXTENDS: Final = "extends"
MOST_BASES: Final = 5
"""Guidelines that may extend each other in a row."""
OWN: Final = frozenset({EXTENDS, WITHOUT, "guideline", "version", "status", *Provenance.model_fields})
"""Keys that every guideline says for itself: which it is, and who answers for it."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a guideline extends."""

    name: str
    """As it is written."""
    read: Loaded
    place: Span
    """Where it is named."""

    @property
    def guideline(self) -> Guideline:
        """The guideline that it is by itself."""
        return self.read.guideline

    def under(self, own: Node, text: str, taken: TakenAway) -> tuple[Node, str]:
        """Put what is written over it; what comes from it stands where it is named. Give the texts of both, too."""
        texts, tree = f"{text}\n{self.read.texts}", taken.of(self.read.tree, own)
        if not isinstance(tree, Branch):
            return own, texts
        inherited = {key: entry for key, entry in tree.entries.items() if key not in OWN}
        return merged(own, _moved(replace(tree, entries=inherited), self.place)), texts

    def apart_from(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Leave out what is told of the base by itself, or allowed there; nothing of it is mended from here."""
        for one in problems:
            if one.span != self.place or one.level == "error":
                yield replace(one, edit=None) if one.span == self.place else one
            elif (one.code, one.message) not in self.read.met:
                yield replace(one, edit=None)


def base_of(root: Node, folder: Path | None, reading: tuple[str, ...], read: Read) -> Base | Problem | None:
    """Read the guideline that one extends, if it extends one; else tell why it cannot be read."""
    word = node_at(root, (EXTENDS,))
    if not isinstance(word, Leaf) or not isinstance(word.value, str) or not word.value:
        return None
    try:
        what, beside = _found(word, folder, reading)
        text, filename = source(what)
        return Base(word.written, read(text, filename, beside, (*reading, what)), word.span)
    except _Unfit as unfit:
        return Problem(unfit.code, str(unfit), word.span, unfit.remedy)
    except NoSuchGuidelineError as error:
        return Problem("unusable-base", str(error).rstrip("."), word.span, "Name a guideline of the library or a file.")
    except GuidelineProblems as found:
        return _unsound(word, found)


class _Unfit(ValueError):  # noqa: N818 - what it is
    """A base that cannot be one; the message says why."""

    def __init__(self, code: Code, message: str, remedy: str = "Delete `extends:` in one of them.") -> None:
        super().__init__(message)
        self.code: Code = code
        self.remedy = remedy


def _found(word: Leaf, folder: Path | None, reading: tuple[str, ...]) -> tuple[str, Path | None]:
    """Name what is meant and the folder of its pictures. Raises _Unfit."""
    what, beside = _named(word.written, folder)
    if what in reading:
        raise _Unfit("circle", f"`{word.written}` extends this guideline, by itself or by way of others")
    if len(reading) >= MOST_BASES:
        raise _Unfit("too-deep", f"more than {MOST_BASES} guidelines extend each other in a row")
    return what, beside


def _named(name: str, folder: Path | None) -> tuple[str, Path | None]:
    if not is_path(name):
        if "@" not in name:
            message = f"`{name}` does not say which version it extends: the newest is another one tomorrow"
            raise _Unfit("unusable-base", message, f"Write `{name}@` and the version, e.g. `{name}@1.0.0`.")
        return name, folder_of(name)
    if folder is None:
        message = f"`{name}` cannot be looked for: the guideline was read without its folder"
        raise _Unfit("unusable-base", message, "Name the guideline by the path of its file.")
    try:
        file = (folder / name).resolve()
    except (OSError, ValueError):
        file = folder.resolve().parent
    if not file.is_relative_to(folder.resolve()):
        remedy = "Put it beside the guideline and write `./NAME.yaml`."
        raise _Unfit("unusable-base", f"`{name}` does not lie in the folder of the guideline", remedy)
    return str(file), file.parent


def _unsound(word: Leaf, found: GuidelineProblems) -> Problem:
    """Tell that the base is no guideline by itself, and the first thing that is wrong with it."""
    first = next((one for one in found.problems if one.level == "error"), found.problems[0])
    if first.code in {"circle", "too-deep"}:
        return Problem(first.code, first.message, word.span, first.help)
    message = f"`{word.written}` has {found.count}, the first in line {first.line}: {first.message}"
    return Problem("unusable-base", message, word.span, "Mend it first; `guidelint lint` shows all of it.")


def _moved(node: Node, place: Span) -> Node:
    """Let everything stand in one place."""
    match node:
        case Branch(entries=entries):
            moved = {key: Entry(key, place, _moved(entry.value, place)) for key, entry in entries.items()}
            return replace(node, entries=moved, span=place)
        case Row(items=items):
            return replace(node, items=tuple(_moved(item, place) for item in items), span=place)
        case Leaf():
            return replace(node, span=place)
