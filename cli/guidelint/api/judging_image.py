"""An image judged before a task exists."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.submission import Submission
from guidelint.api.error import GuidelintError, refusals
from guidelint.checking.plain.from_record import plain
from guidelint.checking.plain.verdict import Verdict
from guidelint.checking.record import Judged
from guidelint.checking.supplied import supplied
from guidelint.imaging.beside import Record
from guidelint.imaging.files.dicom_header import HeaderError
from guidelint.imaging.given import Given
from guidelint.imaging.image_name import unsigned
from guidelint.imaging.items import image_name
from guidelint.imaging.keys import first_key
from guidelint.validation.judging.judge import asked_of_images, judge_image

if TYPE_CHECKING:
    from guidelint.imaging.supplied.supply import Supply
    from guidelint.validation.judging.plan import Plan

_TAKEN = "the path of a DICOM file, or the data that a task of the image will have, as a dict"


def judged_image(
    plan: Plan, image: str | os.PathLike[str] | Mapping[str, object], facts: str | os.PathLike[str] | None
) -> Verdict:
    """Judge it. Raises GuidelintError when it cannot be read, or the guideline asks nothing of an image by itself."""
    _refuse_another(image)
    if not asked_of_images(plan):
        raise GuidelintError(f"{plan.guideline} asks nothing of an image by itself. Judge what is drawn on it")
    data, given = _known(plan, image, facts)
    keys = plan.vocabulary.image
    known = TaskImage(data, keys, given)
    nothing = Submission("", "", None, known.facts((0, 0)), item_images=known.listed, item_count=known.count)
    record = Judged("", judge_image(plan, nothing), image=unsigned(image_name(data, keys, None)))
    found = plain(record, plan.routes)
    if not isinstance(found, Verdict):
        raise TypeError("an image is judged, and never unread")
    return found


def _refuse_another(image: object) -> None:
    if not isinstance(image, str | os.PathLike | Mapping):
        raise GuidelintError(f"{type(image).__name__} is no image. Give {_TAKEN}")


def _known(
    plan: Plan, image: str | os.PathLike[str] | Mapping[str, object], facts: str | os.PathLike[str] | None
) -> tuple[Mapping[str, object], Given]:
    """Tell what is known of the image, and what stands beside. Raises GuidelintError."""
    if isinstance(image, Mapping):
        with refusals():
            return image, supplied(None if facts is None else Path(facts), ()).given
    if facts is not None:
        raise GuidelintError("facts= goes with the data of a task: a DICOM file tells its own facts. Leave it out")
    path = Path(image)
    return {first_key(plan.vocabulary.image): path.name}, Given(_of_header(path))


def _of_header(path: Path) -> Supply:
    """Let the header of a file tell of the image. Raises GuidelintError."""
    from guidelint.imaging.supplied.headers import header_values  # noqa: PLC0415 - loads pydicom
    from guidelint.imaging.supplied.supply import Supply  # noqa: PLC0415

    try:
        values, faults = header_values(path)
    except HeaderError as error:
        raise GuidelintError(f"{path}: {error}. Or give {_TAKEN}") from error
    if faults:
        raise GuidelintError(f"{path}: its {' and its '.join(faults)} cannot be read. Export it again")
    return Supply(path.name, "files", (Record(path.name, path.name, values, is_header=True),))
