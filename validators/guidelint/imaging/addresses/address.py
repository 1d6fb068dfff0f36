"""An address as it is read here: what two programs could understand otherwise is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from guidelint.imaging.image_name import without_user

LONGEST: Final = 8192
"""Characters of an address; one that is signed has a thousand."""
SHOWN: Final = 200
"""So many are shown to people."""
STANDARD_PORTS: Final = {"http": 80, "https": 443}
_WHOLE: Final = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]+)(?P<target>[^#]*)(?P<part>#.*)?", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_LABEL: Final = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_LOCAL_FILE: Final = "?d="
"""What Label Studio asks for by it is the name of a file."""
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
"""A last part of a name that makes programs take all of it for a number."""
_UNCLEAR: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_KEPT: Final = "/?:@!$&'()*+,;=-._~%"
LONGEST_HOST: Final = 253
HIGHEST_PORT: Final = 65535


class AddressError(ValueError):
    """An address that nothing is fetched from; the message is the reason and the remedy, for people."""


class Origin(NamedTuple):
    """Who answers."""

    scheme: str
    host: str
    """In small letters; an address of IPv6 without its brackets."""
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == STANDARD_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class Address:
    """One that is clear."""

    origin: Origin
    target: str
    """Path and what is asked for there."""

    @property
    def path(self) -> str:
        """The path alone."""
        return self.target.partition("?")[0]

    @property
    def shown(self) -> str:
        """For people: what is asked for may be signed, and is left out."""
        return shown(f"{self.origin}{self.path}")

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def shown(text: str) -> str:
    """Show an address to people, without what may be a secret: what is asked for, and who asks."""
    bare = text.partition("?")[0]
    if "://" in bare:
        return _printable(without_user(bare).partition("#")[0])
    return _printable(text if _LOCAL_FILE in text else bare)


def has_dots(path: str) -> bool:
    """Whether a path, as servers may understand it, goes up and down."""
    steps = unquote(unquote(path.partition("?")[0])).replace("\\", "/").split("/")
    return not {".", ".."}.isdisjoint(steps)


def read_address(text: str) -> Address:
    """Read one. Raises AddressError."""
    if len(text) > LONGEST:
        raise AddressError(f"the address is longer than {LONGEST} characters. Give a shorter one")
    if _UNCLEAR.search(text):
        raise _wrong(text, "it holds a space, a backslash or a sign that cannot be seen", "Write %20 for a space")
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        raise _wrong(text, "it does not begin with https:// or http:// and a host", "Give such an address")
    if whole["part"] is not None:
        raise _wrong(text, "a # stands in it", "Write %23 where it belongs to the name of the file")
    scheme = whole["scheme"].lower()
    host, port = _host_and_port(text, whole["authority"])
    target = whole["target"] if whole["target"].startswith("/") else f"/{whole['target']}"
    if has_dots(target):
        raise _wrong(text, "its path goes up and down", "Write where it leads to")
    return Address(Origin(scheme, host, port or STANDARD_PORTS[scheme]), quote(target, safe=_KEPT))


def _host_and_port(text: str, authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise _wrong(text, "it names a user before the host", "Take that out")
    if not authority.isascii() or "%" in authority:
        raise _wrong(text, "its host is not written in letters of ASCII", "Write it as in DNS, xn--…")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise _wrong(text, "its host and port are not clear", "Write them as in https://pictures.example.org:8443/")
    port = None if parts["port"] is None else int(parts["port"])
    if port is not None and not 0 < port <= HIGHEST_PORT:
        raise _wrong(text, f"there is no port {port}", "Take one from 1 to 65535")
    return _host(text, parts["host"].lower()), port


def _host(text: str, host: str) -> str:
    if host.startswith("["):
        try:
            return str(IPv6Address(host[1:-1]))
        except AddressValueError as error:
            raise _wrong(text, "its host is no address of IPv6", "Give a name") from error
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise _wrong(text, "its host is no name as DNS has them", "Write it without a dot at the end")
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_number(text, host)
    return host


def _plain_number(text: str, host: str) -> str:
    """Take four plain numbers and nothing else: 127.1, 0x7f000001 and 017700000001 are all this machine."""
    try:
        return str(IPv4Address(host))
    except AddressValueError as error:
        raise _wrong(text, "its host is a number in another form than 192.0.2.1", "Give a name") from error


def _wrong(text: str, reason: str, remedy: str) -> AddressError:
    return AddressError(f"{shown(text)} is not fetched: {reason}. {remedy}")


def _printable(text: str) -> str:
    clean = "".join(sign if sign.isprintable() else "�" for sign in text[: SHOWN + 1])
    return f"{clean[:SHOWN]}…" if len(clean) > SHOWN else clean
