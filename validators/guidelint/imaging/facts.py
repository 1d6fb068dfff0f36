"""Facts of one image that rules may rely on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from guidelint.imaging.slice_place import SlicePlace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from guidelint.geometry.spacing import Spacing
    from guidelint.imaging.keys import NamedImage

Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What is known of the image that was annotated, in the frame of the file shown (``columns`` × ``rows`` pixels)."""

    rows: int | None = None
    columns: int | None = None
    spacing: Spacing | None = None
    spacing_problem: str = ""
    """Why there is no trustworthy spacing; shown to people when a millimetre rule cannot be evaluated."""
    modality: str | None = None
    series_uid: str | None = None
    series_problem: str = ""
    """Why it is not known to which series the image belongs; shown to people where a rule needs that."""
    sop_uid: str | None = None
    instance_number: int | None = None
    """Instance Number (0020,0013): counts the images of a series; says nothing of where they lie."""
    place: SlicePlace = field(default_factory=SlicePlace)
    """Where the slice lies in the patient."""
    patient: str | None = None
    """Patient ID (0010,0020), or the pseudonym that stands for it."""
    patient_problem: str = ""
    """Why it is not known whose image it is; shown to people where a rule needs that."""
    study_uid: str | None = None
    study_problem: str = ""
    """Why it is not known to which study the image belongs; shown to people where a rule needs that."""
    study_date: date | None = None
    time_point: str | None = None
    """At which visit it was made, as those who run the study call it: ``baseline``, ``week-8``."""
    view: str | None = None
    """View Position (0018,5101), e.g. PA or MLO."""
    side: Side | None = None
    """Side of the body that it shows (0020,0062)."""
    body_part: str | None = None
    """Body Part Examined (0018,0015), e.g. CHEST."""
    named: NamedImage | None = None
    """Which of the images of its task it is, where the guideline names them."""
    unreadable: Mapping[str, str] = field(default_factory=dict[str, str])
    """Declared keys of the task data whose value could not be read: key → reason."""
    contradicted: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a key in the guideline → which two places tell otherwise, or which beside the task data is unreadable."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a key in the guideline → where its fact stands, of those that the task data do not tell."""
    unknown: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a key in the guideline → why there is nothing under it, where that is more than that none was named."""
