"""Names that two things claim: a delivery that uses such a name could mean either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from guidelint.annotation.tool import TOOLS
from guidelint.language.lint.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.language.form.guideline import ClassFacts, Option
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import KeyPath

IMAGE = "image"
"""What the image itself is called in a labeling config, and in ``of: image``."""


_ANOTHER = {"hotkey": "key"}
"""What is chosen anew, where it is not a name."""
_EDITORS_KEYS: Final = {"h": "moves the picture", "v": "takes up the pointer", "u": "lets go of the region"}
"""What keys of the editor do beside choosing the class; seen in Label Studio 1.23.2."""
_EDITORS_KEYS_WITH_A_BRUSH: Final = {"b": "takes up the brush", "e": "takes up the eraser"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A name, who claims it, and where."""

    name: str
    owner: str
    path: KeyPath


def claimed_twice(written: WrittenBody) -> Iterator[Flaw]:
    """Find names with two owners, and names that are taken."""
    yield from _contested(_labels(written), "label")
    yield from _contested(_controls(written), "control")
    yield from _contested(_keys(written), "hotkey")
    yield from dict.fromkeys(_asked_twice(written))
    for name, part in written.attributes.items():
        answer = ("attributes", name, part.answer_key)
        yield from _contested(_options(part.options, answer), "answer")
    yield from _reserved(written)
    yield from _keys_of_the_editor(written)


def _contested(claims: Iterable[Claim], what: str) -> Iterator[Flaw]:
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.name, claim)
        if other.owner != claim.owner:
            message = f"the {what} `{claim.name}` already means `{other.owner}`, not `{claim.owner}`"
            yield Flaw("claimed-twice", message, claim.path, f"Give one of them another {_ANOTHER.get(what, 'name')}.")


def _labels(written: WrittenBody) -> Iterator[Claim]:
    for name, part in written.classes.items():
        yield from _names(name, part, ("classes", name))


def _names(name: str, part: ClassFacts | Option, path: KeyPath) -> Iterator[Claim]:
    yield Claim(name, name, path)
    for title in dict.fromkeys((part.title, _as_seen(part.title))):
        yield Claim(title, name, (*path, "title"))
    for at, alias in enumerate(part.aliases):
        yield Claim(alias, name, (*path, "aliases", at))


def _as_seen(title: str) -> str:
    """Write titles that look the same the same way: one kind of space, letters composed, nothing that is not seen."""
    return " ".join("".join(letter for letter in normalize("NFC", title) if category(letter) != "Cf").split())


def _options(options: Mapping[str, Option], path: KeyPath) -> Iterator[Claim]:
    for key, option in options.items():
        yield from _names(key, option, (*path, key))


def _asked_twice(written: WrittenBody) -> Iterator[Flaw]:
    """Find questions that nobody can tell apart where they stand together: a verdict names them by their titles."""
    for of in (IMAGE, *written.classes):
        asked = {name: part for name, part in written.attributes.items() if of in part.of}
        titles = (Claim(_as_seen(part.title), name, ("attributes", name, "title")) for name, part in asked.items())
        yield from _contested(titles, "title")


def _controls(written: WrittenBody) -> Iterator[Claim]:
    for alias, tool in written.control_aliases.items():
        yield Claim(alias, tool, ("control_aliases", alias))
    for name, part in written.attributes.items():
        yield Claim(name, name, ("attributes", name))
        for at, alias in enumerate(part.aliases):
            yield Claim(alias, name, ("attributes", name, "aliases", at))


def _keys(written: WrittenBody) -> Iterator[Claim]:
    for name, part in written.classes.items():
        if part.hotkey is not None:
            yield Claim(part.hotkey.lower(), name, ("classes", name, "hotkey"))


def _reserved(written: WrittenBody) -> Iterator[Flaw]:
    taken = {*TOOLS, IMAGE}
    for claim in _controls(written):
        if (claim.name in taken and claim.name != claim.owner) or (
            claim.path[0] == "attributes" and claim.name in taken
        ):
            yield _taken(claim)
    if IMAGE in written.classes:
        yield _taken(Claim(IMAGE, IMAGE, ("classes", IMAGE)))


def _keys_of_the_editor(written: WrittenBody) -> Iterator[Flaw]:
    brushed = any({"brush", "bitmask"}.intersection(part.draw) for part in written.classes.values())
    taken = _EDITORS_KEYS | (_EDITORS_KEYS_WITH_A_BRUSH if brushed else {})
    for claim in _keys(written):
        if what := taken.get(claim.name):
            message = f"the key `{claim.name}` {what} in Label Studio's editor, and the class could not be drawn"
            yield Flaw("reserved-name", message, claim.path, "Choose another key, or delete the line: one is chosen.")


def _taken(claim: Claim) -> Flaw:
    what = "the image itself" if claim.name == IMAGE else "a drawing tool"
    return Flaw("reserved-name", f"`{claim.name}` is the name of {what}", claim.path, "Choose another name.", "key")
