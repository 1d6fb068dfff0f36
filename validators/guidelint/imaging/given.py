"""What a run was given of the images beside the tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guidelint.imaging.providers.images import Images
    from guidelint.imaging.supplied.supply import Supply


@dataclass(frozen=True, slots=True)
class Given:
    """Facts of images that stand beside the task data, and where their pixels are."""

    supply: Supply | None = None
    images: Images | None = None


NOTHING_GIVEN: Final = Given()
