"""The handbook of a guideline: its document, with whatever is told to others than annotators, and with pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.checking.handbook.cover import cover
from guidelint.checking.handbook.drawn.follows import FollowsDrawn
from guidelint.checking.handbook.drawn.paths import paths
from guidelint.checking.handbook.drawn.tiers import tiers
from guidelint.checking.handbook.illustrated import Illustrator
from guidelint.checking.handbook.images_wanted import images_wanted
from guidelint.checking.handbook.of_class import with_keys_and_codes
from guidelint.checking.handbook.people import READERS, people
from guidelint.checking.handbook.pictures.figure import Look
from guidelint.checking.handbook.pictures.of_cases import CasePictures
from guidelint.checking.handbook.pictures.of_examples import ExamplePictures
from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.instructions.document import document
from guidelint.labelstudio.instructions.markdown import markdown
from guidelint.labelstudio.instructions.part import Part
from guidelint.language.form.places.places import IMAGE
from guidelint.language.form.places.titles import class_titles, titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.examples.folder import Folder
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan

_HOW: Final = "How to work"


@dataclass(frozen=True, slots=True)
class Handbook:
    """A handbook before it is laid out."""

    guideline: Guideline
    cover: Part
    parts: tuple[Part, ...]


def handbook(guideline: Guideline, plan: Plan, folder: Folder | None) -> Handbook:
    """Gather everything that a guideline tells people, with pictures of its examples that lie in a folder.

    Raises ExamplesError or GuidelineProblems where the examples are not what they should be.
    """
    look = Look(colors(guideline.classes), class_titles(guideline))
    examples = None if folder is None else ExamplePictures(guideline, plan, folder, look)
    illustrator = Illustrator(CasePictures(guideline, plan, look), examples)
    parts = (illustrator.illustrated(part) for part in _parts(guideline, illustrator.further()) if not part.is_empty)
    return Handbook(guideline, cover(guideline, plan), tuple(parts))


def _parts(guideline: Guideline, further: Iterator[Part]) -> Iterator[Part]:
    """Tell what is new, how to work and on which images; then everything else in its order, further examples last."""
    told = {part.key: _drawn(part, guideline) for part in document(guideline, FollowsDrawn(guideline))}
    if (changes := told.pop("changes", None)) is not None:
        yield changes
    text = markdown(guideline.instructions, guideline.pictures, guideline.picture_hosts)
    yield Part("instructions", _HOW, tuple(text))
    yield images_wanted(guideline, told.pop(IMAGE, None))
    readers, sources = told.pop(READERS, None), told.pop("sources", None)
    yield from told.values()
    yield from people(guideline, readers)
    yield from further
    if sources is not None:
        yield sources


def _drawn(part: Part, guideline: Guideline) -> Part:
    """Draw paths of escalation and tiers of review before they are told; tell of classes what editors show."""
    match part.key:
        case _ if part.of:
            return replace(part, rows=with_keys_and_codes(part.rows, guideline, part.of))
        case "escalation":
            return replace(part, content=(*paths(guideline, titles(guideline)), *part.content))
        case "review":
            return replace(part, content=(*tiers(guideline), *part.content))
        case _:
            return replace(part, parts=tuple(_drawn(one, guideline) for one in part.parts))
