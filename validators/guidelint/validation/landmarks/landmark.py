"""The one region of a class by which places on an image are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission


def landmark(submission: Submission, image: int, class_name: str, titles: Mapping[str, str]) -> Region:
    """Find the region of a class on an image, by its index. Raises NotMeasurable unless there is exactly one."""
    found = tuple(
        region for region in submission.of_class(class_name) if submission.one_grid or region.image_index == image
    )
    if len(found) != 1:
        title = titles.get(class_name, class_name)
        raise NotMeasurable(
            f"{len(found)} × {title} are marked, and one is wanted" if found else f"no {title} is marked"
        )
    return found[0]
