"""Whether something is a folder that tables can be written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TWO_FILES = "two tables are written, verdicts.parquet and findings.parquet, each into a file of its own"


class NotAFolderError(ValueError):
    """Tables cannot be written there; the message is the reason and the remedy."""


def refuse_no_folder(path: Path) -> None:
    """Refuse the name of a file. Raises NotAFolderError."""
    if path.is_dir():
        return
    if path.exists() or path.suffix.lower() == ".parquet":
        raise NotAFolderError(f"{path} is no folder: {TWO_FILES}. Name a folder, such as {path.with_suffix('')}-tables")
