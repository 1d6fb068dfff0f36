"""All known answers, by kind, and the run over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.known_answers.answer import Measured, ask
from guidelint.geometry.known_answers.codecs import CODECS
from guidelint.geometry.known_answers.morphology import MORPHOLOGY
from guidelint.geometry.known_answers.outlines import OUTLINES, RASTERS
from guidelint.geometry.known_answers.pairs import GAPS, OVERLAP, SURFACE
from guidelint.geometry.known_answers.pixels import BORDER, MASKS, PIECES
from guidelint.geometry.known_answers.shapes import DIAMETERS, FORM, THICKNESS
from guidelint.geometry.known_answers.stacks import VOLUMES

if TYPE_CHECKING:
    from guidelint.geometry.known_answers.answer import Group

KIT: tuple[Group, ...] = (
    MASKS, PIECES, BORDER, DIAMETERS, FORM, THICKNESS, MORPHOLOGY, RASTERS, OUTLINES, OVERLAP, SURFACE, GAPS,
    VOLUMES, CODECS,
)  # fmt: skip


def run_kit() -> tuple[Measured, ...]:
    """Ask for every answer, in the order of the kit, with the kernels in use."""
    return tuple(ask(answer) for group in KIT for answer in group.answers)
