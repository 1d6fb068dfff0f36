"""Authors' Markdown to elements that Label Studio's instructions window keeps.

The window strips ``data:`` addresses of pictures, but keeps the rules of a ``style`` element: a picture that is carried
along is the background of an element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.language.form.pictures.markdown import PARSER
from guidelint.language.form.pictures.pictures import is_allowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from guidelint.language.form.pictures.picture import Picture

_OF_ONE_DIRECTION: Final = frozenset({"p", "ul", "ol", "h3", "h4", "td", "th", "blockquote"})
_HEADINGS: Final = {"h1": "h3", "h2": "h3", "h3": "h4"}


def markdown(text: str, pictures: Collection[str] = (), hosts: Collection[str] = ()) -> Iterator[ET.Element]:
    """Paragraphs, lists, tables … of a Markdown text; HTML in it is shown as text, never obeyed.

    ``pictures``: those that are carried along. A picture from elsewhere than the ``hosts`` allowed is its words alone.
    """
    numbers = {source: number for number, source in enumerate(pictures, 1)}
    root = ET.fromstring(f"<div>{PARSER.render(text)}</div>")  # noqa: S314 - made by the parser one line above
    for element in root.iter():
        element.tag = _HEADINGS.get(element.tag, element.tag)
        element.attrib.pop("style", None)
        if element.tag in _OF_ONE_DIRECTION:
            element.set("dir", "auto")
        if element.tag == "img" and not is_allowed(element.get("src", ""), hosts):
            _carry_along(element, numbers.get(element.get("src", "")))
    yield from root


def picture_element(source: str, words: str, pictures: Collection[str], hosts: Collection[str]) -> ET.Element:
    """Show a picture that is carried along, or stands at one of the hosts; else its words alone."""
    element = ET.Element("img", {"src": source, "alt": words})
    if not is_allowed(source, hosts):
        numbers = {carried: number for number, carried in enumerate(pictures, 1)}
        _carry_along(element, numbers.get(source))
    return element


_PICTURE: Final = (
    ".gli-picture { display: inline-block; max-width: 100%; overflow: hidden;"
    " font-size: 0; background-size: 100% 100% }"
)


def picture_rules(pictures: Mapping[str, Picture]) -> str:
    """Rules of style that hold the pictures; each is as large as it is, and never wider than the window."""
    rules = (
        f".gli-picture-{number} {{ width: {picture.width_px}px;"
        f" aspect-ratio: {picture.width_px} / {picture.height_px};"
        f" background-image: url({picture.data_address}) }}"
        for number, picture in enumerate(pictures.values(), 1)
    )
    return "".join(f"{rule}\n" for rule in (_PICTURE, *rules)) if pictures else ""


def _carry_along(element: ET.Element, number: int | None) -> None:
    """Turn a picture into an element with the picture as its background, its words hidden within it."""
    words = element.get("alt", "")
    element.tag, element.text = "span", words
    element.attrib.clear()
    if number is not None:
        element.set("class", f"gli-picture gli-picture-{number}")
        element.set("title", words)
