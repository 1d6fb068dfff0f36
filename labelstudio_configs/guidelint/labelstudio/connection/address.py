"""Which Label Studio: its address, and the path under which its webhooks arrive."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SECRET_HEADER = "X-Guidelint-Secret"  # noqa: S105 - the name of a header
"""Header of every delivery that carries the shared secret."""
TRIAL = b"{}"
"""What the doctor delivers: no event, so that nothing comes of it, and nothing to complain of."""


def normal_address(url: str) -> str:
    """Address of a server as it is stored: scheme and host in lower case, no default port, no slash at the end.

    Raises ValueError when it is not an http(s) address or carries credentials.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is not an address like http://localhost:8080")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a user name or password")
    standard = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {None, standard} else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def server_key(url: str) -> str:
    """Short name of a server for use in a path, e.g. ``localhost-8080``."""
    without_scheme = normal_address(url).split("://", 1)[1]
    return re.sub(r"[^a-z0-9.]+", "-", without_scheme.lower()).strip("-")


def hook_path(url: str) -> str:
    """Path at which the service takes the webhooks of one Label Studio; no slash at the end, or it would redirect."""
    return f"/hooks/{server_key(url)}"


def hook_address(service: str, url: str) -> str:
    """Address at which a service takes the webhooks of one Label Studio."""
    return service.rstrip("/") + hook_path(url)
