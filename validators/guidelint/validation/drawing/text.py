"""Cases drawn in text, turned into submissions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import structs

from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Points, Polygon, Raster, Rectangle, Shape
from guidelint.annotation.submission import Submission
from guidelint.geometry.mask import Box, Mask, MaskError
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.keys import NamedImage
from guidelint.imaging.pixels.grey import Grey
from guidelint.imaging.pixels.pixels import Pixels, Recent
from guidelint.validation.rule.case import Answers, Case, Drawn, Handed, Painted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.geometry.spacing import Spacing

UNMARKED = ". "
PADDING = -9999.0
"""Stored where a drawn image shows nothing."""
EMPTY_IMAGE = (8, 8)
"""Rows, columns of an image on which nothing is drawn."""


class DrawingError(ValueError):
    """A text that cannot be read as a drawing; the message says why."""


def submissions_of(case: Case) -> tuple[Submission, ...]:
    """List what was handed in: one submission, or one per drawing when the case runs over the slices of a series."""
    if handed := several(case):
        return tuple(_handed_in(case, one) for one in handed)
    if not case.over_slices:
        return (submission_of(case, drawings(case)),)
    return tuple(
        submission_of(case, (drawn,), task=f"slice {number}", series_uid="1.2.3")
        for number, drawn in enumerate(drawings(case), 1)
    )


def several(case: Case) -> tuple[Handed, ...]:
    """List the submissions that a case says one by one; none: it says what was drawn."""
    draws = case.draws if isinstance(case.draws, tuple) else ()
    return tuple(one for one in draws if isinstance(one, Handed))


def drawings(case: Case) -> tuple[Drawn, ...]:
    """List the drawings of a case, a bare text as a brush mask."""
    if handed := several(case):
        return tuple(drawn for one in handed for drawn in drawn_by(one))
    return _drawn(case.draws)


def drawn_by(one: Handed) -> tuple[Drawn, ...]:
    """List the drawings of one of several submissions."""
    return _drawn(one.draws)


def _drawn(draws: str | Drawn | tuple[Drawn | Handed, ...]) -> tuple[Drawn, ...]:
    match draws:
        case str(text):
            return (Drawn(text=text),) if text else ()
        case Drawn() as drawn:
            return (drawn,)
        case several_drawn:
            return tuple(drawn for drawn in several_drawn if isinstance(drawn, Drawn))


def _handed_in(case: Case, one: Handed) -> Submission:
    """Make one of several submissions; all drawings of a case share the frame of the largest."""
    frame = _frame(drawings(case))
    spacing = one.image.spacing if one.image else case.spacing
    problem = one.image.spacing_problem if one.image else ""
    drawn = (region_of(drawn, number, frame, spacing) for number, drawn in enumerate(drawn_by(one), 1))
    image = one.image or ImageFacts(*frame, spacing=spacing, modality=case.modality)
    return Submission(
        task=one.task,
        annotation=one.annotation or f"{one.task} by {one.annotator or 'nobody'}",
        annotator=one.annotator,
        image=image,
        regions=tuple(structs.replace(region, spacing_problem=problem) if problem else region for region in drawn),
        answers=_answers(one.answers),
        item_answers={item: _answers(answers) for item, answers in one.item_answers.items()},
        item_images=_item_images(case, one.images, image),
        lead_time_s=one.lead_time_s,
        submitted_at=one.submitted_at,
        annotator_name=one.annotator_name,
        qualifications=one.qualifications,
        skipped=one.skipped,
    )


def _item_images(case: Case, images: tuple[ImageFacts, ...], image: ImageFacts) -> dict[int, ImageFacts]:
    """Tell what is known of each image of a task with several, by its name where they have names."""
    named = _named(case)
    if not named:
        return dict(enumerate(images))
    return {item: replace(facts, named=named[item]) for item, facts in enumerate(images or (image,) * len(named))}


def submission_of(
    case: Case, drawn: tuple[Drawn, ...], *, task: str = "case", series_uid: str | None = None
) -> Submission:
    """Make the submission that consists of these drawings."""
    frame = _frame((*drawn, *(case.previous or ())), case.pixels)
    rows, columns = case.image_shape or frame
    image = ImageFacts(
        rows,
        columns,
        spacing=case.spacing,
        modality=case.modality,
        series_uid=series_uid,
        unreadable=case.unread_of_image,
        contradicted=case.contradicted_of_image,
    )
    return Submission(
        task=task,
        annotation=task,
        annotator="reader",
        image=image,
        regions=_with_excluded(_regions(case, drawn, frame)),
        answers=_answers(case.answers),
        item_answers={item: _answers(answers) for item, answers in case.item_answers.items()},
        item_images={item: replace(image, named=named) for item, named in enumerate(_named(case))},
        item_count=len(case.of_task),
        one_grid=case.one_grid,
        relations=case.relations,
        unknown_items=case.unknown_items,
        unreadable_items=case.unreadable_items,
        unread_facts=case.unread_facts,
        repeated_items=case.repeated_items,
        items_without_id=case.items_without_id,
        skip_problem=case.skip_problem,
        result_items=len(drawn) + len(case.unknown_items) + len(case.unreadable_items),
        previous=_previous(case, frame),
    )


def _regions(case: Case, drawn: tuple[Drawn, ...], frame: tuple[int, int]) -> list[Region]:
    regions = [region_of(one, number, frame, case.spacing) for number, one in enumerate(drawn, 1)]
    if named := _named(case):
        regions = [structs.replace(one, named=named[one.image_index]) for one in regions]
    if case.pixels is None:
        return regions
    pixels = pixels_of(case.pixels)
    return [structs.replace(region, pixels=pixels) for region in regions]


def _named(case: Case) -> list[NamedImage]:
    return [NamedImage(name=name, title=title, key=name) for name, title in case.of_task.items()]


def pixels_of(painted: Painted) -> Pixels:
    """Make the pixels of an image that is drawn in text."""
    picture = _picture(painted.text)
    values = np.array([[painted.values.get(str(sign), PADDING) for sign in row] for row in picture], np.float64)
    grey = Grey(values, "the image", unit=painted.unit, modality=painted.modality, padding=(PADDING, PADDING))
    return Pixels(lambda: grey, Recent())


def _with_excluded(regions: list[Region]) -> tuple[Region, ...]:
    """Let an excluded area that is drawn by itself as well be that region, as a decoder gives it."""
    drawn = {region.id: region for region in regions if region.id}
    return tuple(
        structs.replace(region, excluded=tuple(drawn.get(area.id, area) for area in region.excluded))
        if region.excluded
        else region
        for region in regions
    )


def region_of(drawn: Drawn, number: int, frame: tuple[int, int], spacing: Spacing | None) -> Region:
    """Make the region of one drawing in an image of ``frame`` (rows, columns)."""
    shape = drawn.image_shape or frame
    return Region(
        id="" if drawn.id is None else drawn.id or f"r{number}",
        class_name=drawn.class_name,
        shape=_shape(drawn, shape),
        image_shape=shape,
        size_problem=drawn.size_problem,
        labels=_labels(drawn),
        answers=_answers(drawn.answers),
        spacing=spacing,
        number=number,
        class_title=drawn.class_name or "",
        control=drawn.control or drawn.as_,
        to_name="image",
        delivered_type=f"{drawn.as_}labels",
        object_name=drawn.object_name,
        item_index=drawn.item_index,
        origin=drawn.origin,
        parent_id=drawn.parent_id,
        image_rotation=drawn.image_rotation,
        boundary=drawn.boundary,
        excluded=tuple(region_of(area, 0, frame, spacing) for area in drawn.excluded),
    )


def _previous(case: Case, frame: tuple[int, int]) -> Submission | None:
    if case.previous is None:
        return None
    regions = (region_of(drawn, number, frame, case.spacing) for number, drawn in enumerate(case.previous, 1))
    return Submission("case", "case", "reader", ImageFacts(*frame, spacing=case.spacing), tuple(regions))


def _labels(drawn: Drawn) -> tuple[str, ...]:
    if drawn.labels is not None:
        return drawn.labels
    return (drawn.class_name,) if drawn.class_name else ()


def _answers(given: Answers) -> Mapping[str, Answer]:
    return {name: Answer(name, value if isinstance(value, tuple) else (value,)) for name, value in given.items()}


def _frame(drawn: tuple[Drawn, ...], pixels: Painted | None = None) -> tuple[int, int]:
    pictures = [_picture(one.text) for one in drawn] + ([_picture(pixels.text)] if pixels else [])
    if not pictures:
        return EMPTY_IMAGE
    return max(len(picture) for picture in pictures), max(picture.shape[1] for picture in pictures)


def _picture(text: str) -> npt.NDArray[np.str_]:
    """Characters (rows, columns), short rows filled with unmarked ones."""
    rows = text.split("\n")
    width = max(len(row) for row in rows)
    return np.array([list(row.ljust(width)) for row in rows], dtype=np.str_)


def _shape(drawn: Drawn, shape: tuple[int, int]) -> Shape:
    if drawn.malformed:
        return Malformed(drawn.as_, drawn.malformed)
    picture = _picture(drawn.text)
    match drawn.as_:
        case "brush" | "bitmask":
            return Raster(_decoder(drawn, picture, shape), drawn.as_)
        case "polygon" | "vector":
            return Polygon(_vertices(drawn, picture), drawn.closed, drawn.as_)
        case "keypoint":
            box = _box(picture)
            return KeyPoint(box.left + 0.5 + drawn.shift[0], box.top + 0.5 + drawn.shift[1])
        case "rectangle" | "ellipse":
            return _within(drawn, _box(picture))


def _decoder(drawn: Drawn, picture: npt.NDArray[np.str_], shape: tuple[int, int]) -> Callable[[], Mask]:
    def decode() -> Mask:
        if drawn.undecodable:
            raise MaskError(drawn.undecodable)
        return Mask.from_crop(_marked(picture), 0, 0, shape)

    return decode


def _vertices(drawn: Drawn, picture: npt.NDArray[np.str_]) -> Points:
    """Centres of the lettered pixels as x, y, in the order of the letters: a to z, then A to Z."""
    letters = {str(picture[row, column]): (column, row) for row, column in np.argwhere(np.char.isalpha(picture))}
    order = drawn.order or sorted(letters, key=str.swapcase)
    missing = [letter for letter in order if letter not in letters]
    if missing:
        raise DrawingError(f"no vertex {missing[0]!r} in the drawing")
    points = np.array([letters[letter] for letter in order], np.float64).reshape(-1, 2)
    return np.asarray(points + 0.5 + np.asarray(drawn.shift), np.float64)


def _within(drawn: Drawn, box: Box) -> Rectangle | Ellipse:
    (rows, columns), (left, top) = box.shape, drawn.shift
    width, height = columns * drawn.stretch[0], rows * drawn.stretch[1]
    left, top = box.left + left, box.top + top
    if drawn.as_ == "rectangle":
        return Rectangle(left, top, width, height, drawn.rotation_deg)
    return Ellipse(left + columns / 2, top + rows / 2, width / 2, height / 2, drawn.rotation_deg)


def _marked(picture: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    return ~np.isin(picture, list(UNMARKED))


def _box(picture: npt.NDArray[np.str_]) -> Box:
    rows, columns = np.nonzero(_marked(picture))
    if rows.size == 0:
        raise DrawingError("nothing is marked in the drawing")
    return Box(int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1)
