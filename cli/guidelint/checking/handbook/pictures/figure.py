"""A picture with its caption: what was decided, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.checking.handbook.pictures.svg import svg
from guidelint.labelstudio.instructions.elements import authored, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.checking.handbook.pictures.scene import Outcome, Scene

_SAID: Final[Mapping[str, str]] = {
    "accepted": "Accepted",
    "returned": "Returned",
    "escalated": "Escalated",
    "pointed-out": "Pointed out",
    "unverified": "Not verified",
}
_MOST_SCENES: Final = 12
"""So many slices of a series are shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """How classes look in all pictures of a handbook."""

    colors: Mapping[str, str]
    titles: Mapping[str, str]


def gallery(figures: Iterable[ET.Element]) -> Iterator[ET.Element]:
    """Show figures side by side, unless there is none."""
    found = ET.Element("ul", {"class": "hb-gallery"})
    for figure in figures:
        ET.SubElement(found, "li").append(figure)
    if len(found):
        yield found


def figure(scenes: Sequence[Scene], outcome: Outcome, words: str, look: Look) -> ET.Element:
    """Show a scene, or several that belong together, and say beneath what was decided of it."""
    made = ET.Element("figure", {"class": f"hb-figure hb-{outcome}"})
    marked = dict.fromkeys(region.class_name or "" for scene in scenes for region in scene.regions)
    shown = [name for name in marked if name in look.titles]
    titles = ", ".join(look.titles[name] for name in shown)
    into = ET.SubElement(made, "div", {"class": "hb-strip"}) if scenes[1:] else made
    for scene in scenes[:_MOST_SCENES]:
        into.extend(_shown(scene, _described(titles, scene.label), look))
    caption = ET.SubElement(made, "figcaption")
    ET.SubElement(caption, "strong", {"class": "hb-verdict"}).text = _SAID[outcome]
    if words:
        said = told("span", words)
        caption[-1].tail = " "
        caption.append(said)
    if len(shown) > 1:
        caption[-1].tail = " "
        caption.append(_legend(shown, look))
    return made


def _shown(scene: Scene, words: str, look: Look) -> Iterator[ET.Element]:
    """Draw what is marked, and write what is answered beneath; where nothing is marked, the answers alone."""
    shown = ET.Element("div", {"class": "hb-scene"})
    if scene.regions or not scene.answers:
        shown.append(svg(scene, words, look.colors))
    if scene.answers:
        answers = ET.SubElement(shown, "dl", {"class": "hb-answers"})
        for question, answer in scene.answers:
            answers.append(authored("dt", question))
            answers.append(authored("dd", answer))
    yield shown if len(shown) > 1 or scene.answers else shown[0]


def _described(titles: str, label: str) -> str:
    return ": ".join(filter(None, (label or "Drawing", titles)))


def _legend(names: list[str], look: Look) -> ET.Element:
    legend = ET.Element("span", {"class": "hb-legend"})
    for name in names:
        swatch = ET.SubElement(legend, "span", {"class": f"gli-swatch gli-of-{name}", "aria-hidden": "true"})
        swatch.tail = f"{look.titles[name]} "
    return legend
