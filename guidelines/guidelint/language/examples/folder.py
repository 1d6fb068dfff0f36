"""The folder beside a guideline in which its examples lie: `NAME.examples` beside `NAME.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidelint.language.texts import NoSuchGuidelineError, folder_of, source

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING: Final = ".examples"
MOST_FILES: Final = 500
"""Files of one folder, pictures among them."""
MOST_BYTES: Final = 16 * 2**20
"""Largest file that an example names."""
MOST_BYTES_TOGETHER: Final = 256 * 2**20
_YAML: Final = (".yaml", ".yml")


class ExamplesError(LookupError):
    """Examples cannot be read; the message is for people."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The examples of one guideline, as files."""

    path: Path

    @property
    def texts(self) -> tuple[Path, ...]:
        """Files in which examples are written, by name. Raises ExamplesError where there are too many files."""
        return tuple(sorted(path for path in self._files() if path.suffix.lower() in _YAML))

    def _files(self) -> Iterator[Path]:
        if not self.path.is_dir():
            return
        together = 0
        for number, path in enumerate(self.path.iterdir(), 1):
            if number > MOST_FILES:
                raise ExamplesError(f"{self.path} holds more than {MOST_FILES} files. Take out what no example names")
            if path.is_file():
                together += path.stat().st_size
                yield path
        if together > MOST_BYTES_TOGETHER:
            most = MOST_BYTES_TOGETHER // 2**20
            raise ExamplesError(f"the files of {self.path} are more than {most} MiB together. Crop the images")

    def file(self, name: str) -> Path:
        """Find a file that an example names. Raises ExamplesError where it is not there, elsewhere or too large."""
        here = self.path.resolve()
        try:
            found = (here / name).resolve()
            size = found.stat().st_size if found.is_file() else -1
        except (OSError, ValueError):
            raise ExamplesError(
                f"`{name}` cannot be looked for. Write the name of a file beside the examples"
            ) from None
        if not found.is_relative_to(here):
            raise ExamplesError(f"`{name}` does not lie in the folder of the examples. Put it there")
        if size < 0:
            raise ExamplesError(f"`{name}` is no file in {self.path}. Put it there, or correct the name")
        if size > MOST_BYTES:
            raise ExamplesError(f"`{name}` is larger than {MOST_BYTES // 2**20} MiB. Crop it")
        return found


def folder_for(what: str) -> Folder | None:
    """Folder of the examples of a guideline, there or not; None in a package that is not unpacked.

    ``what``: name, ``name@version`` or path. Raises NoSuchGuidelineError or GuidelineProblems.
    """
    _, filename = source(what)
    beside = folder_of(what)
    return None if beside is None else folder_beside(beside, filename)


def folder_beside(folder: Path, filename: str) -> Folder:
    """Folder of the examples of a guideline in a file, which in the library is called by its name, too."""
    return Folder(folder / f"{Path(filename).stem.rpartition('@')[2]}{ENDING}")


__all__ = ("ENDING", "MOST_BYTES", "ExamplesError", "Folder", "NoSuchGuidelineError", "folder_beside", "folder_for")
