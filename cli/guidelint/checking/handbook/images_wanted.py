"""Which images are wanted, before anything is marked on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.labelstudio.instructions.part import Part
from guidelint.language.form.places.places import IMAGE
from guidelint.validation.rule.wording import both, bounds, either, number, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline, Images
    from guidelint.language.form.sections.image_demands import MatrixLimits, Privacy, SeriesDemands

_SYNTHETIC: Final[Mapping[str, str]] = {
    "refused": "Images that were made or filled in by a program are refused.",
    "marked": "Images that were made or filled in by a program must say so.",
    "allowed": "Images that were made or filled in by a program are taken.",
}
_TEXT: Final[Mapping[str, str]] = {
    "refused": "Images with names or numbers in their pixels are refused.",
    "masked": "Names and numbers in the pixels are masked.",
    "allowed": "Names and numbers in the pixels are left as they are.",
}
_FACES: Final[Mapping[str, str]] = {
    "refused": "Volumes from which a face can be rebuilt are refused.",
    "defaced": "Faces are taken out of volumes.",
    "allowed": "Volumes are taken with faces in them.",
}

_ONE_GRID: Final = "They show the same pixels: what is marked on one is compared with what is marked on the others."


def images_wanted(guideline: Guideline, also: Part | None) -> Part:
    """Tell what images must be; ``also``: what annotators are told and asked of them, under the same heading."""
    rows = {name: list(content) for name, content in _rows(guideline.images)}
    for name, content in (also.rows if also else {}).items():
        rows.setdefault(name, []).extend(content)
    return Part(IMAGE, IMAGE, rows=rows)


def _rows(images: Images) -> Iterator[tuple[str, list[ET.Element]]]:
    thickness, magnified = images.slice_thickness, images.magnification
    plain = {
        "Body part": either(images.body_part),
        "View": _wanted(images.views),
        "Time points": either(images.time_points),
        "Slice thickness": "" if thickness is None else _limits(thickness.min_mm, thickness.max_mm, "mm"),
        "Rows and columns": "" if images.matrix is None else _matrix(images.matrix),
        "Magnification": "" if magnified is None else _limits(magnified.min, magnified.max, "×"),
        "Transfer syntax": either(images.transfer_syntaxes),
        "File names": images.file_names or "",
    }
    yield from ((name, [authored("div", words)]) for name, words in plain.items() if words)
    if images.of_task:
        together = list(listed(authored("li", one.title) for one in images.of_task.values()))
        yield "Shown together", [*together, *([told("div", _ONE_GRID)] if images.one_grid else [])]
    yield from _conditions(images)


def _conditions(images: Images) -> Iterator[tuple[str, list[ET.Element]]]:
    if images.series is not None and (series := tuple(_series(images.series))):
        yield "Series", [authored("div", words) for words in series]
    if images.refused_if:
        yield "Refused if", list(listed(authored("li", words) for words in images.refused_if))
    if images.privacy is not None and (private := tuple(_privacy(images.privacy))):
        yield "Privacy", [authored("div", words) for words in private]
    if images.synthetic is not None:
        yield "Made by a program", [told("div", _SYNTHETIC[images.synthetic])]


def _wanted(views: tuple[str, ...]) -> str:
    return f"Wanted: {either(views)}." if views else ""


def _limits(least: float | None, most: float | None, unit: str) -> str:
    return sentence(bounds(least, most, unit) or "known")


def _matrix(limits: MatrixLimits) -> str:
    sides = (("rows", limits.min_rows, limits.max_rows), ("columns", limits.min_columns, limits.max_columns))
    return both(f"{bounds(least, most)} {name}" for name, least, most in sides if least is not None or most is not None)


def _series(demands: SeriesDemands) -> Iterator[str]:
    if demands.no_missing_slices:
        yield "No slice is missing between the first and the last."
    if demands.min_slices is not None:
        yield f"At least {number(demands.min_slices)} slices."
    if demands.covers:
        yield f"Covered: {demands.covers.rstrip('.')}."


def _privacy(privacy: Privacy) -> Iterator[str]:
    if privacy.profile:
        yield f"De-identified by {privacy.profile}."
    if privacy.burned_in_text:
        yield _TEXT[privacy.burned_in_text]
    if privacy.faces:
        yield _FACES[privacy.faces]
