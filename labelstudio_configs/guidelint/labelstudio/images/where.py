"""Under which path Label Studio gives an image that a task names."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from guidelint.imaging.addresses.address import has_dots

_OWN: Final = re.compile(r"/(data/upload|data/local-files|storage-data/uploaded)/.+", re.DOTALL)
"""Where files lie that were imported, those of its own machine, and those that it keeps in a cloud."""
_STORED: Final = re.compile(r"(?!https?:|file:|ftp:)[a-z][a-z0-9+.-]*://.+", re.DOTALL)
"""What only a storage knows that is connected with the project: s3://…, gs://…, azure-blob://…"""


class Where(NamedTuple):
    """A path, and what is asked for there."""

    path: str
    params: dict[str, str] | None = None


def where_at(image: str, server: str, project: int) -> Where | None:
    """Tell where the image of a task is at a server; None: it does not lie there."""
    if _STORED.fullmatch(image):
        told = urlsafe_b64encode(image.encode(errors="surrogatepass")).decode()
        return Where(f"/projects/{project}/resolve/", {"fileuri": told})
    path = image.removeprefix(server) if image.startswith(f"{server}/") else image
    below = urlsplit(server).path
    path = path.removeprefix(below) if below and path.startswith(f"{below}/") else path
    is_clear = path.isprintable() and "#" not in path and not has_dots(path)
    return Where(path) if _OWN.fullmatch(path) and is_clear else None
