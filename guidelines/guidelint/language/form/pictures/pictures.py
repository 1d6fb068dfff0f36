"""Pictures in a guideline's texts: files beside it, which are carried along, or at hosts that the guideline allows.

A picture at any other address would let every annotator's page call that address.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote, urlsplit

from guidelint.language.form.pictures.picture import MAX_BYTES, NoPictureError, Picture, picture_of
from guidelint.language.text.problem import Problem
from guidelint.language.text.span import in_line
from guidelint.language.text.tree import Leaf, items_of, keys_at, node_at, value_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node

MAX_BYTES_TOGETHER = 256 * 1024
_INSTRUCTIONS: Final = ("instructions",)
_CASES: Final = ("edge_cases",)
_DATA: Final = re.compile(r"data:[^,]*;base64,(?P<content>.*)", re.DOTALL)
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")
"""Begins with a scheme, or at the root of a server."""
_HTML: Final = re.compile(r"<(?:img|image|picture|svg|video|iframe|object|embed)\b", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"!\[[^\]\n]*\]\(")
_BESIDE: Final = "Put a PNG, JPEG, GIF or WebP file beside the guideline and name it: `![what it shows](file.png)`"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures that are carried along, by their address in the text, and what is wrong with others."""

    embedded: Mapping[str, Picture] = field(default_factory=dict[str, Picture])
    problems: tuple[Problem, ...] = ()


def pictures_of(
    root: Node, lines: Sequence[str], folder: Path | None, carried: tuple[Span, Mapping[str, Picture]] | None = None
) -> Pictures:
    """Read the pictures of instructions and edge cases, and tell of all that cannot stand in a guideline.

    ``carried``: those of the guideline that it extends, and the place that its texts have.
    """
    problems = list(_out_of_place(root, lines))
    text = node_at(root, _INSTRUCTIONS)
    embedded: dict[str, Picture] = {}
    for leaf, source in (*((text, source) for source in _sources(text)), *_of_cases(root)):
        if carried is not None and isinstance(leaf, Leaf) and leaf.span == carried[0] and source in carried[1]:
            embedded[source] = carried[1][source]
            continue
        try:
            picture = _embedded(source, _hosts(root), folder)
        except _Unfit as unfit:
            problems.append(Problem(unfit.code, str(unfit), _place(leaf, source, lines), unfit.remedy))
            continue
        if picture is not None:
            embedded[source] = picture
    if sum(len(picture.content) for picture in embedded.values()) > MAX_BYTES_TOGETHER and isinstance(text, Leaf):
        problems.append(_too_large(text))
    return Pictures(embedded, tuple(problems))


def is_allowed(source: str, hosts: Iterable[str]) -> bool:
    """Whether a picture stands at a host that the guideline allows."""
    try:
        address = urlsplit(source)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and address.netloc.lower() in set(hosts)


class _Unfit(ValueError):  # noqa: N818 - what it is
    """A picture that cannot be shown; the message says why."""

    def __init__(self, code: Literal["outside-picture", "unusable-picture"], message: str, remedy: str) -> None:
        super().__init__(message)
        self.code: Literal["outside-picture", "unusable-picture"] = code
        self.remedy = remedy


def _sources(leaf: Node | None) -> list[str]:
    if not isinstance(leaf, Leaf) or "![" not in leaf.written:
        return []
    from guidelint.language.form.pictures.markdown import picture_sources  # noqa: PLC0415 - few guidelines have pictures

    return list(dict.fromkeys(picture_sources(leaf.written)))


def _of_cases(root: Node) -> Iterator[tuple[Leaf, str]]:
    """Yield the picture of each edge case, as it stands there."""
    for name in keys_at(root, _CASES):
        leaf = node_at(root, (*_CASES, name, "picture"))
        if isinstance(leaf, Leaf) and leaf.written:
            yield leaf, leaf.written


def _hosts(root: Node) -> tuple[str, ...]:
    hosts = items_of(node_at(root, ("picture_hosts",)))
    return tuple(host.written for host in hosts if isinstance(host, Leaf))


def _embedded(source: str, hosts: tuple[str, ...], folder: Path | None) -> Picture | None:
    """Read a picture; None: it stands at a host that the guideline allows. Raises _Unfit."""
    if is_allowed(source, hosts):
        return None
    if inside := _DATA.fullmatch(source):
        return _picture("the picture in the text", _decoded(inside["content"]))
    if _ADDRESS.match(unquote(source)):
        raise _outside(source)
    return _picture(f"`{unquote(source)}`", _read(unquote(source), folder))


def _outside(source: str) -> _Unfit:
    host = urlsplit(source).netloc if source.startswith(("http://", "https://")) else ""
    allow = f"; to have annotators call that host, write `picture_hosts: [{host.lower()}]`" if host else ""
    message = f"the picture `{source}` is no file beside the guideline: the page of every annotator would call it"
    return _Unfit("outside-picture", message, f"{_BESIDE}{allow}.")


def _read(name: str, folder: Path | None) -> bytes:
    """Read a file beside the guideline. Raises _Unfit."""
    if folder is None:
        message = f"`{name}` cannot be looked for: the guideline was read without its folder"
        raise _Unfit("unusable-picture", message, "Name the guideline by the path of its file.")
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise _Unfit("unusable-picture", f"`{name}` does not lie in the folder of the guideline", f"{_BESIDE}.")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, _Unfit):
            raise
        message = f"there is no file `{name}` beside the guideline that can be read"
        raise _Unfit("unusable-picture", message, f"{_BESIDE}.") from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text), validate=True)
    except ValueError:
        return b""


def _picture(name: str, content: bytes) -> Picture:
    try:
        return picture_of(content)
    except NoPictureError as error:
        raise _Unfit("unusable-picture", f"{name} {error}", f"{_BESIDE}.") from error


def _too_large(leaf: Leaf) -> Problem:
    message = f"the pictures of the instructions are larger than {MAX_BYTES_TOGETHER // 1024} KiB together"
    remedy = "Make them smaller: Label Studio sends the instructions along with every single submission."
    return Problem("unusable-picture", message, leaf.span, remedy)


def _out_of_place(root: Node, lines: Sequence[str]) -> Iterator[Problem]:
    """Tell of pictures where none can stand: outside the instructions, and in HTML."""
    for path, part in walk(root):
        leaf = value_of(part)
        if isinstance(leaf, Leaf) and ("<" in leaf.written or "![" in leaf.written):
            yield from _in_a_text(path, leaf, lines)


def _in_a_text(path: KeyPath, leaf: Leaf, lines: Sequence[str]) -> Iterator[Problem]:
    if found := _HTML.search(leaf.written):
        message = f"`{found[0]}` is shown as text: HTML in a guideline is not obeyed"
        yield Problem("unusable-picture", message, _place(leaf, found[0], lines), f"{_BESIDE}, in the instructions.")
    elif path != _INSTRUCTIONS and (found := _MARKDOWN.search(leaf.written)):
        message = "a picture can stand in the instructions only; here it would be shown as text"
        remedy = "Move it to `instructions`, or say in words what it shows."
        yield Problem("unusable-picture", message, _place(leaf, found[0], lines), remedy)


def _place(leaf: Node | None, words: str, lines: Sequence[str]) -> Span:
    """Find words within a text; the text itself where they were written otherwise."""
    if not isinstance(leaf, Leaf):
        raise TypeError("only a text has pictures")
    for line in range(leaf.span.line, min(leaf.span.end_line + 1, len(lines))):
        for written in (words, unquote(words)):
            if (column := lines[line].find(written)) >= 0:
                return in_line(line, column, column + len(written))
    return leaf.span
