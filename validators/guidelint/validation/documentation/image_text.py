"""What a case says of the image of a submission, in words: whose it is, and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.imaging.facts import ImageFacts


def image_words(image: ImageFacts) -> Iterator[str]:
    """Say which patient, study and series it is of, and where in the series it lies, as far as the case says it."""
    named = {
        "patient": image.patient,
        "study": image.study_uid,
        "time point": image.time_point,
        "view": image.view,
        "side": image.side,
        "body part": image.body_part,
        "series": image.series_uid,
    }
    yield from (f"{name} {value}" for name, value in named.items() if value)
    if image.place.position_mm is not None:
        yield f"at z {image.place.position_mm[2]:g} mm"
    elif image.place.position_problem:
        yield "at a place that is not known"
    if image.place.thickness_mm is not None:
        yield f"slices {image.place.thickness_mm:g} mm thick"
    if image.place.spacing_mm is not None:
        yield f"slices said to be {image.place.spacing_mm:g} mm apart"
