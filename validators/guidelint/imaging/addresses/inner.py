"""Which addresses of networks lead inside: to this machine, into a network of one's own, or nowhere."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

IpAddress = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEVER: Final = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",  # also where cloud machines ask for their keys
            "168.63.129.16/32",  # the same on Azure
            "192.0.0.0/24",  # the same on Oracle's
            "fd00:ec2::/32",  # the same on Amazon's
            "224.0.0.0/4",
            "240.0.0.0/4",
            "fe80::/10",
            "ff00::/8",
            "::/128",
        ),
    )
)
"""Where no image is, whatever is allowed."""
_INNER: Final = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001::/23",  # with Teredo, and what is for trials
            "2001:db8::/32",
            "2002::/16",  # 6to4, which carries an address of IPv4
            "3fff::/20",
        ),
    )
)
"""Special purposes of the registries of IANA, besides those above."""
_OUTER_6: Final = IPv6Network("2000::/3")
"""All of IPv6 that is given out."""
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are an address of IPv4."""
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
"""Second half of such an address (RFC 5214), before an address of IPv4."""


def leads_inside(address: IpAddress) -> bool:
    """Whether it is anything else than an address of the public internet, or carries one that is."""
    if isinstance(address, IPv6Address) and address in _TRANSLATED:
        return leads_inside(_last_32_bits(address))
    if isinstance(address, IPv6Address) and (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return True
    if isinstance(address, IPv6Address) and address not in _OUTER_6:
        return True
    return not address.is_global or is_never(address) or any(address in network for network in _INNER)


def is_never(address: IpAddress) -> bool:
    """Whether no image can be there, whatever is allowed."""
    return any(address in network for network in NEVER)


def _last_32_bits(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
