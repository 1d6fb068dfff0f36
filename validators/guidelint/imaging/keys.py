"""Keys of the task data under which the facts of an image stand."""

from __future__ import annotations

from typing import Final

import msgspec


class NamedImage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of several images that a task shows at once, by the name that the guideline has for it."""

    name: str
    """Name in the guideline, and in Label Studio (``to_name``)."""
    title: str
    """Name that annotators see."""
    key: str
    """Key of the task data under which it stands; facts of it alone stand under this, ``_`` and the key of the fact."""
    aliases: tuple[str, ...] = ()
    """Other names that a delivery may use for it."""
    keys: tuple[tuple[str, str], ...] = ()
    """Keys of its own facts where they are others: fact, then key."""
    stated: tuple[tuple[str, str], ...] = ()
    """What the guideline says of it, whatever the task: fact, then value."""


class ImageKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Keys of the task data under which image facts are delivered; the defaults are DICOM keywords."""

    image: str = "image"
    """The image, or the list of images."""
    pixel_spacing: str = "PixelSpacing"
    """Pixel Spacing (0028,0030): row, then column."""
    rows: str = "Rows"
    """Rows (0028,0010)."""
    columns: str = "Columns"
    """Columns (0028,0011)."""
    modality: str = "Modality"
    """Modality (0008,0060)."""
    series_uid: str = "SeriesInstanceUID"
    """Series Instance UID (0020,000E)."""
    sop_uid: str = "SOPInstanceUID"
    """SOP Instance UID (0008,0018)."""
    position: str = "ImagePositionPatient"
    """Image Position (Patient) (0020,0032): x, y, z."""
    position_z: str = "ImagePositionPatientZ"
    """The z of Image Position (Patient), where it stands alone."""
    orientation: str = "ImageOrientationPatient"
    """Image Orientation (Patient) (0020,0037): direction along a row, then down a column."""
    slice_thickness: str = "SliceThickness"
    """Slice Thickness (0018,0050)."""
    slice_spacing: str = "SpacingBetweenSlices"
    """Spacing Between Slices (0018,0088)."""
    instance_number: str = "InstanceNumber"
    """Instance Number (0020,0013)."""
    patient: str = "PatientID"
    """Patient ID (0010,0020), or the pseudonym that stands for it."""
    study_uid: str = "StudyInstanceUID"
    """Study Instance UID (0020,000D)."""
    study_date: str = "StudyDate"
    """Study Date (0008,0020)."""
    time_point: str = "ClinicalTrialTimePointID"
    """Clinical Trial Time Point ID (0012,0050), or any name of the visit, e.g. baseline or week-8."""
    view: str = "ViewPosition"
    """View Position (0018,5101), e.g. PA or MLO."""
    side: str = "ImageLaterality"
    """Image Laterality (0020,0062): L, R or B; left is the patient's left."""
    body_part: str = "BodyPartExamined"
    """Body Part Examined (0018,0015), e.g. CHEST."""
    of_task: tuple[NamedImage, ...] = ()
    """The images of one task, where the guideline names several; none: one image, or a list of them."""


FACTS: Final = tuple(name for name in ImageKeys.__struct_fields__ if name != "of_task")
"""The image and its facts, as a guideline names them."""
ADDED_LATER: Final = ("study_uid", "study_date", "time_point", "view", "side", "body_part", "of_task")
"""Keys that plans leave out where they are the default, so that earlier plans keep their digest."""


def delivered(keys: ImageKeys) -> dict[str, str]:
    """Lead from each fact to the key of the task data that it stands under."""
    return {name: getattr(keys, name) for name in FACTS}


def first_key(keys: ImageKeys) -> str:
    """Name the key under which the image of a task stands, or the first of several that are named."""
    return keys.of_task[0].key if keys.of_task else keys.image


def own_keys(keys: ImageKeys, image: NamedImage) -> dict[str, str]:
    """Lead from each fact of a named image to the key that it stands under where it is of this image alone."""
    own = dict(image.keys)
    of_all = delivered(keys).items()
    return {fact: own.get(fact) or f"{image.key}_{key}" for fact, key in of_all if fact != "image"}
