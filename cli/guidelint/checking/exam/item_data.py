"""What rules need to know of the images of an item: no picture, no name, nothing of what is expected."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from guidelint.annotation.decoding.parts.task_data import judged_facts
from guidelint.checking.examples.image import PICTURES
from guidelint.imaging.files.dicom_header import HeaderError
from guidelint.imaging.keys import own_keys
from guidelint.imaging.supplied.headers import header_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.item import Item
    from guidelint.imaging.keys import ImageKeys

_TOLD_BY_HEADERS: Final = (
    "rows",
    "columns",
    "pixel_spacing",
    "modality",
    "slice_thickness",
    "slice_spacing",
    "view",
    "side",
    "body_part",
)
"""Facts that a DICOM header may tell of an item; what names a patient or a study is not among them."""


def item_data(exam: Exam, item: Item) -> dict[str, Any]:
    """Tell what rules need to know of the images of an item, under the keys of the guideline; no picture, no name."""
    keys = exam.runner.plan.vocabulary.image
    written = json.loads(exam.runner.written(replace(item.found, name=item.id)))["data"]
    known = {key: value for key, value in judged_facts(written, keys).items() if key not in item.pictures}
    for key, path in item.pictures.items():
        for name, value in _of_header(keys, key, path):
            known.setdefault(name, value)
    return known


def _of_header(keys: ImageKeys, picture: str, path: Path) -> Iterator[tuple[str, str]]:
    """Give what the header of a DICOM file says, each fact under its key."""
    if path.suffix.lower() in PICTURES:
        return
    try:
        values = header_facts(path)
    except HeaderError:
        return
    named = next((image for image in keys.of_task if image.key == picture), None)
    own = {} if named is None else own_keys(keys, named)
    for fact in _TOLD_BY_HEADERS:
        if values[fact]:
            yield own.get(fact) or str(getattr(keys, fact)), values[fact]
