"""Several places that are asked in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.imaging.providers.provider import NoSuchImage

if TYPE_CHECKING:
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey
    from guidelint.imaging.providers.provider import ImageProvider


@dataclass(frozen=True, slots=True)
class JoinedImages:
    """The first place that has an image gives it: what cannot be read there is not looked for elsewhere."""

    providers: tuple[ImageProvider, ...]

    @property
    def name(self) -> str:
        """All of them, in their order."""
        return ", ".join(one.name for one in self.providers)

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        """Ask one after the other. Raises NotMeasurable, of what kind the provider says."""
        reasons: list[str] = []
        for one in self.providers:
            try:
                return one.read(image, sop_uid, frame)
            except NoSuchImage as error:
                reasons.append(str(error))
        raise NoSuchImage("; ".join(reasons))


def joined(providers: tuple[ImageProvider, ...]) -> ImageProvider:
    """Take one as it is."""
    return providers[0] if len(providers) == 1 else JoinedImages(providers)
