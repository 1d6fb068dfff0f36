"""Where images may be fetched from: places that were named, and never what leads inside unless that was named, too."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final, NamedTuple

from guidelint.imaging.addresses.address import AddressError, read_address
from guidelint.imaging.addresses.inner import is_never, leads_inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.imaging.addresses.address import Address, Origin
    from guidelint.imaging.addresses.inner import IpAddress, Network

    LookUp = Callable[[str, int], tuple[str, ...]]
    """Host and port → its addresses, as DNS or the machine tells them."""

_HIDDEN_STEPS: Final = ("%2f", "%5c", "%25")
"""What some servers take for a further step of the path."""


class Place(NamedTuple):
    """An origin, and how paths begin there."""

    origin: Origin
    path: str
    """It ends with a slash."""

    def holds(self, address: Address) -> bool:
        """Whether an address lies there."""
        hides = self.path != "/" and any(step in address.path.lower() for step in _HIDDEN_STEPS)
        return address.origin == self.origin and address.path.startswith(self.path) and not hides

    def __str__(self) -> str:
        return f"{self.origin}{self.path}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What was named; nothing by itself."""

    places: tuple[Place, ...] = ()
    inside: tuple[Network, ...] = ()
    """Networks of one's own that may be asked."""

    def holds(self, address: Address) -> bool:
        """Whether an address lies at one of the places."""
        return any(place.holds(address) for place in self.places)

    def refuse_elsewhere(self, address: Address) -> None:
        """Refuse what lies at none of them. Raises AddressError."""
        if not self.holds(address):
            named = ", ".join(map(str, self.places)) or "none"
            reason = f"it lies at no place that may be asked for images ({named})"
            raise AddressError(f"{address.shown} is not fetched: {reason}. Name it with --images, if it shall be")

    def numbers(self, host: str, port: int, look_up: LookUp) -> tuple[str, ...]:
        """Look up the addresses of a host, all of which may be asked. Raises AddressError, OSError."""
        found = look_up(host, port)
        for one in found:
            self._refuse_inside(host, ip_address(one))
        return found

    def _refuse_inside(self, host: str, number: IpAddress) -> None:
        if getattr(number, "scope_id", None) or is_never(number):
            raise AddressError(f"{host} is not asked: it leads to {number}, where no image is. Name another host")
        if leads_inside(number) and not any(number in one for one in self.inside):
            remedy = "If it is yours and shall be asked, name its network with --inside"
            raise AddressError(f"{host} is not asked: it leads inside, to {number}. {remedy}")


def place_at(text: str) -> Place:
    """Read a place such as ``https://pictures.example.org/scans``. Raises AddressError."""
    address = read_address(text)
    if "?" in address.target:
        raise AddressError(f"{address.shown} is no place for images: it asks for something. Give it up to the ?")
    return Place(address.origin, address.path if address.path.endswith("/") else f"{address.path}/")


def network_of(text: str) -> Network:
    """Read a network such as ``10.1.0.0/16``. Raises AddressError."""
    try:
        network = ip_network(text.strip())
    except ValueError as error:
        raise AddressError(f"{text!r} is no network. Write one like 10.1.0.0/16") from error
    if is_never(network.network_address) or network.prefixlen == 0:
        raise AddressError(f"{network} is no network of your own. Write one like 10.1.0.0/16")
    return network
