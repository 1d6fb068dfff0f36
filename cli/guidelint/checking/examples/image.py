"""What is known of the image of an example, as the data of a task say it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import msgspec

from guidelint.imaging.keys import delivered, own_keys
from guidelint.language.examples.folder import ExamplesError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guidelint.imaging.keys import ImageKeys
    from guidelint.language.examples.form import Picture
    from guidelint.language.form.guideline import Guideline

SIDE_PX: Final = 200
"""Rows, and columns, of a canvas that does not say how many it has."""
PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""How the names of pictures end that have no DICOM header."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image: its size, and the data of its task."""

    rows: int
    columns: int
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    named: Mapping[str, Image] = field(default_factory=dict[str, "Image"])
    """The images of a task by their names, where the guideline names several."""

    def on(self, name: str) -> Image:
        """Give one of several, or the only one."""
        return self.named.get(name, self)

    def with_named(self, pictures: Mapping[str, Image], keys: ImageKeys) -> Image:
        """Show several in one task; what is told of one alone stands under keys of its own."""
        data = {key: value for key, value in self.data.items() if key != keys.image}
        for image in keys.of_task:
            own = pictures.get(image.name)
            if own is None:
                data.setdefault(image.key, f"{self.data[keys.image]}.{image.name}")
                continue
            data.setdefault(image.key, own.data[keys.image])
            own_key = own_keys(keys, image)
            of_one = ((fact, key) for fact, key in delivered(keys).items() if fact != "image" and key in own.data)
            data |= {own_key[fact]: own.data[key] for fact, key in of_one}
        named = {image.name: pictures.get(image.name, self) for image in keys.of_task}
        return replace(self, data=data, named=named)


def image_of(name: str, picture: Picture, guideline: Guideline, keys: ImageKeys, file: Path | None) -> Image:
    """Tell what is known of it. Raises ExamplesError where the file is no image.

    What a canvas or a picture without a header cannot say is as the guideline asks for it: of a series, a study
    and a patient of its own, and of the first modality.
    """
    rows, columns = (picture.rows or SIDE_PX, picture.columns or SIDE_PX) if file is None else _size_of(file)
    known: dict[str, Any] = {keys.image: picture.file or f"{name}.canvas"}
    if file is None or file.suffix.lower() in PICTURES:
        known |= {keys.rows: rows, keys.columns: columns}
        known |= {keys.series_uid: f"series of {name}", keys.study_uid: f"study of {name}"}
        known |= {keys.patient: f"patient of {name}"}
        if guideline.images.modality:
            known[keys.modality] = guideline.images.modality[0]
    return Image(rows, columns, known | _said(picture, keys))


def _said(picture: Picture, keys: ImageKeys) -> dict[str, Any]:
    """Give what the author says, each fact under the key of the guideline."""
    by_name: dict[str, str] = msgspec.structs.asdict(keys)
    said: dict[str, Any] = {by_name.get(key, key): value for key, value in picture.facts.items()}
    if picture.spacing_mm is not None:
        said[keys.pixel_spacing] = [picture.spacing_mm[0], picture.spacing_mm[-1]]
    if picture.modality is not None:
        said[keys.modality] = picture.modality
    return said


def _size_of(file: Path) -> tuple[int, int]:
    """Rows and columns of a file. Raises ExamplesError."""
    return _size_of_picture(file) if file.suffix.lower() in PICTURES else _size_of_dicom(file)


def _size_of_picture(file: Path) -> tuple[int, int]:
    from PIL import Image as Reader  # noqa: PLC0415

    from guidelint.geometry.not_measurable import NotMeasurable  # noqa: PLC0415 - few examples have files
    from guidelint.imaging.pixels.bounds import refuse_too_large, within_bounds  # noqa: PLC0415

    try:
        with within_bounds(), Reader.open(file, formats=("PNG", "JPEG", "TIFF")) as picture:
            refuse_too_large(picture.height, picture.width)
            return picture.height, picture.width
    except NotMeasurable as error:
        raise ExamplesError(f"`{file.name}`: {error}. Crop it") from error
    except Exception as error:  # a broken file can make a reader raise anything
        raise ExamplesError(f"`{file.name}` is no sound PNG, JPEG or TIFF. Export it again") from error


def _size_of_dicom(file: Path) -> tuple[int, int]:
    from guidelint.imaging.files.dicom_header import HeaderError  # noqa: PLC0415 - few examples have files
    from guidelint.imaging.supplied.headers import header_facts  # noqa: PLC0415

    try:
        values = header_facts(file)
        return int(values["rows"]), int(values["columns"])
    except (HeaderError, ValueError) as error:
        raise ExamplesError(f"`{file.name}` is no PNG, JPEG, TIFF or DICOM image. Export it again") from error
