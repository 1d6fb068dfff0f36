"""The time point of an image, as those who run a study call it, or else its study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.image_fact import NOT_SAID

if TYPE_CHECKING:
    from guidelint.imaging.facts import ImageFacts

WANTED: Final = (
    "deliver Clinical Trial Time Point ID (0012,0050) or Study Instance UID (0020,000D), or name the keys that they "
    "stand under in the guideline: `images: keys: time_point:` and `study_uid:`"
)


def time_point(image: ImageFacts) -> tuple[str, str]:
    """Tell the time point of an image from others, and name it: as the study calls it, else the study itself."""
    if image.time_point:
        return image.time_point.casefold(), image.time_point
    if not image.study_uid:
        why = image.study_problem or NOT_SAID
        raise NotMeasurable(f"the time point of the image is not known: {why}; {WANTED}")
    day = f" of {image.study_date}" if image.study_date else ""
    return f"study {image.study_uid}", f"study {image.study_uid}{day}"
