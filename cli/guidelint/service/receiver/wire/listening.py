"""The sockets that the receiver listens on, bound before anything else is begun."""

from __future__ import annotations

import errno
import socket

from guidelint.service.settings import SettingsError


def bound(host: str, port: int) -> list[socket.socket]:
    """Bind to every address that a host stands for. Raises SettingsError, which says what to do."""
    made: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, place in sorted({(family, place) for family, _, _, _, place in found}):
            made.append(socket.socket(family, socket.SOCK_STREAM))
            _bind(made[-1], place)
    except OSError as error:
        for item in made:
            item.close()
        raise SettingsError(f"the service cannot listen on {host}:{port}: {_reason(error)}") from error
    return made


def _bind(item: socket.socket, place: tuple[object, ...]) -> None:
    item.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if item.family == socket.AF_INET6:
        item.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    item.bind(place)


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            "somebody listens there already. If that is another `guidelint serve`, stop it; otherwise take another"
            " port with --port, and push each project with --service"
        )
    if error.errno == errno.EACCES:
        return "a port below 1024 needs more rights than this user has. Take another one with --port"
    words = (error.strerror or "unknown reason").lower()
    return f"{words}. Name an address of this machine with --host"
