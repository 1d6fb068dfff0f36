"""Claims: which names a guideline gives to what, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import ClassFacts, Option
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import KeyPath


@dataclass(frozen=True, slots=True)
class Claim:
    """A name, who claims it, and where."""

    name: str
    owner: str
    path: KeyPath


def labels(written: WrittenBody) -> Iterator[Claim]:
    """Yield every name of every class."""
    for name, part in written.classes.items():
        yield from _names(name, part, ("classes", name))


def _names(name: str, part: ClassFacts | Option, path: KeyPath) -> Iterator[Claim]:
    yield Claim(name, name, path)
    for title in dict.fromkeys((part.title, as_seen(part.title))):
        yield Claim(title, name, (*path, "title"))
    for at, alias in enumerate(part.aliases):
        yield Claim(alias, name, (*path, "aliases", at))


def as_seen(title: str) -> str:
    """Write titles that look the same the same way: one kind of space, letters composed, nothing that is not seen."""
    return " ".join("".join(letter for letter in normalize("NFC", title) if category(letter) != "Cf").split())


def options(given: Mapping[str, Option], path: KeyPath) -> Iterator[Claim]:
    """Yield every name of every option."""
    for key, option in given.items():
        yield from _names(key, option, (*path, key))


def controls(written: WrittenBody) -> Iterator[Claim]:
    """Yield every name of a control: of drawing tools and of questions."""
    for alias, tool in written.control_aliases.items():
        yield Claim(alias, tool, ("control_aliases", alias))
    for name, part in written.attributes.items():
        yield Claim(name, name, ("attributes", name))
        for at, alias in enumerate(part.aliases):
            yield Claim(alias, name, ("attributes", name, "aliases", at))


def keys(written: WrittenBody) -> Iterator[Claim]:
    """Yield every key that chooses a class."""
    for name, part in written.classes.items():
        if part.hotkey is not None:
            yield Claim(part.hotkey.lower(), name, ("classes", name, "hotkey"))
