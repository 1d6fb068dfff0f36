"""Names of images, as paths and addresses: which of two name one image."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

IMAGE_COLUMNS = ("image", "image_url", "image_path", "image_name", "file", "file_name", "filename", "path", "url")
"""Names under which an image is told, in tables and in task data."""
ENDINGS = (
    *(".dcm", ".dicom", ".ima", ".nii.gz", ".nii"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"),
)
"""How the names of pictures end; an image is often shown as a copy in another format."""
_SIGNS: Final = re.compile(
    r"x-(amz|goog|oss|cos)-.*|.*signature|sig|.*token|.*secret.*|.*passw(or)?d|auth|authorization|jwt|credentials?|policy"
    r"|expires|.*access-?key-?id|googleaccessid|key-pair-id|.*api[-_]?key|hdn(ea|ts)",
    re.IGNORECASE,
)
"""What an address is signed with at AWS, Google, Azure, Alibaba, Tencent, Akamai, and what lets in elsewhere."""
_WITH_SIG: Final = frozenset({"sv", "ss", "srt", "sr", "sp", "se", "st", "spr", "sip", "si", "sdd"}) | {
    *("skoid", "sktid", "skt", "ske", "sks", "skv")
}
"""What Azure signs, beside ``sig``; it is another each time as well."""


def steps(name: str) -> tuple[str, ...]:
    """Split a path or an address; of ``/data/local-files/?d=ct/1.png`` only what it asks for."""
    path = unquote(name.replace("\\", "/"))
    if "?d=" in path:
        path = path.partition("?d=")[2]
    return tuple(step for step in path.partition("?")[0].split("/") if step not in {"", "."}) or (name,)


@lru_cache(maxsize=16)
def unsigned(name: str) -> str:
    """Leave out who asks and what an address is signed with: a secret, and another one each time it is exported."""
    name = without_user(name)
    path, mark, asked = name.partition("?")
    if not mark:
        return name
    told = asked.split("&")
    keys = [unquote(one.partition("=")[0]).lower() for one in told]
    signed = _WITH_SIG if "sig" in keys else frozenset[str]()
    kept = [one for one, key in zip(told, keys, strict=True) if key not in signed and not _SIGNS.fullmatch(key)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def without_user(name: str) -> str:
    """Leave out who asks."""
    scheme, mark, rest = name.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{rest[len(authority) :]}" if "@" in authority else name


def without_ending(name: str) -> str:
    """Leave out what only tells the format: ``12`` of ``12.png`` and of ``12.dcm``."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending) and len(name) > len(ending)), "")
    return name[: len(name) - len(ending)]
