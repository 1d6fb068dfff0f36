"""Images that tasks name by an address of the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.addresses.address import AddressError, read_address, shown
from guidelint.imaging.addresses.body import BodyError
from guidelint.imaging.addresses.fetch import FetchError
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.fetched import read_fetched
from guidelint.imaging.providers.provider import NoSuchImage

if TYPE_CHECKING:
    from guidelint.imaging.addresses.address import Address
    from guidelint.imaging.addresses.fetch import Fetcher
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey

WEB = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class ImagesByAddress:
    """Fetches what lies at a place that was named, and nothing else."""

    fetcher: Fetcher

    @property
    def name(self) -> str:
        """The places."""
        return ", ".join(map(str, self.fetcher.allowed.places))

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:  # noqa: ARG002 - an address names one image
        """Fetch an image and read it. Raises NotMeasurable, of what kind the protocol says."""
        address = self._address(image)
        try:
            return read_fetched(self.fetcher.fetch(str(address)), address.shown, frame)
        except (AddressError, BodyError) as error:
            raise NotMeasurable(str(error)) from error
        except FetchError as error:
            raise NotNow(str(error)) from error

    def _address(self, image: str) -> Address:
        if image.lower().startswith(WEB):
            try:
                address = read_address(image)
            except AddressError as error:
                raise NotMeasurable(str(error)) from error
            if self.fetcher.allowed.holds(address):
                return address
        raise NoSuchImage(f"the image {shown(image) or 'of a task that names none'} does not lie at {self.name}")
