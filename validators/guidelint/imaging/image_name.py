"""Names of images, as paths and addresses: which of two name one image."""

from __future__ import annotations

from urllib.parse import unquote

IMAGE_COLUMNS = ("image", "image_url", "image_path", "image_name", "file", "file_name", "filename", "path", "url")
"""Names under which an image is told, in tables and in task data."""
ENDINGS = (
    *(".dcm", ".dicom", ".ima", ".nii.gz", ".nii"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"),
)
"""How the names of pictures end; an image is often shown as a copy in another format."""


def steps(name: str) -> tuple[str, ...]:
    """Split a path or an address; of ``/data/local-files/?d=ct/1.png`` only what it asks for."""
    path = unquote(name.replace("\\", "/"))
    if "?d=" in path:
        path = path.partition("?d=")[2]
    return tuple(step for step in path.partition("?")[0].split("/") if step not in {"", "."}) or (name,)


def without_ending(name: str) -> str:
    """Leave out what only tells the format: ``12`` of ``12.png`` and of ``12.dcm``."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending) and len(name) > len(ending)), "")
    return name[: len(name) - len(ending)]
