"""Thumbnails for the editor: of each class the first example that is of it and is to teach, as a small picture."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.checking.handbook.pictures.figure import Look
from guidelint.checking.handbook.pictures.of_examples import ExamplePictures
from guidelint.checking.handbook.pictures.svg import svg
from guidelint.labelstudio.config.colours import colors
from guidelint.language.form.places.titles import class_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.handbook.pictures.scene import Scene
    from guidelint.language.examples.folder import Folder
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan

_LONGEST_SIDE_PX: Final = 160
_STYLE: Final = (
    "svg{background:#262c33}.hb-mark>*{stroke:#5fd38a;stroke-width:3px;vector-effect:non-scaling-stroke;"
    "fill-opacity:.35}.hb-mark>.hb-dot{stroke:none}.hb-open,.hb-edge{fill:none}"
)


def thumbnails(guideline: Guideline, plan: Plan, folder: Folder) -> dict[str, str]:
    """Draw them: class → ``data:`` address. Raises ExamplesError or GuidelineProblems.

    Nothing that is kept for an exam is among them.
    """
    look = Look(colors(guideline.classes), class_titles(guideline))
    examples = ExamplePictures(guideline, plan, folder, look, _LONGEST_SIDE_PX)
    return dict(_each(guideline, examples, look))


def _each(guideline: Guideline, examples: ExamplePictures, look: Look) -> Iterator[tuple[str, str]]:
    for name in guideline.classes:
        if (scene := examples.first_of(name)) is not None:
            yield name, _address(scene, look)


def _address(scene: Scene, look: Look) -> str:
    drawn = svg(scene, "", look.colors)
    drawn.set("xmlns", "http://www.w3.org/2000/svg")
    style = ET.Element("style")
    style.text = _STYLE
    drawn.insert(0, style)
    return f"data:image/svg+xml;base64,{base64.b64encode(ET.tostring(drawn)).decode()}"
