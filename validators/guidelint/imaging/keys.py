"""Keys of the task data under which the facts of an image stand."""

from __future__ import annotations

from typing import Final

import msgspec


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


ADDED_LATER: Final = ("study_uid", "study_date", "time_point")
"""Keys that plans leave out where they are the default, so that earlier plans keep their digest."""
