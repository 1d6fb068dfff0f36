"""What ``guidelint init`` does: choose the source, refuse what cannot be, write the files, say what is next."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.cli.output import refused_where_nothing_can_be_written
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.scaffold.begun import Begun, copied, empty, written
from guidelint.cli.scaffold.project_files import GUIDELINE, README, project_files
from guidelint.language.text.suggest import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Source:
    """What a guideline begins with; nothing: it begins empty."""

    guideline: str = ""
    config: Path | None = None
    export: str = ""

    @property
    def count(self) -> int:
        """How many sources were given."""
        return sum(map(bool, (self.guideline, self.config, self.export)))


def make_project(folder: Path, source: Source) -> None:
    """Make the folder of a project. Raises typer.Exit where that cannot be."""
    name = tidy(folder.resolve().name)
    if not name[:1].isalpha() or len(name) > LONGEST_NAME:
        raise refused(f"`{folder.name}` makes no name: begin it with a letter, in at most {LONGEST_NAME} characters")
    if source.count > 1:
        raise refused("give one source: --from, --from-config or --from-export")
    begun = _begun(name, source)
    files = project_files(name, begun)
    there = [path for path in files if (folder / path).exists()]
    if there:
        raise refused(f"{folder / there[0]} is there already, and nothing is written over: name another folder")
    _write(folder, files)
    _tell(folder, name, begun)


def _begun(name: str, source: Source) -> Begun:
    if source.config is not None:
        return _from_config(name, source.config)
    if source.export:
        return _from_export(name, source.export)
    if not source.guideline:
        return empty(name)
    with refusals():
        return copied(name, source.guideline)


def _from_export(name: str, export: str) -> Begun:
    from guidelint.annotation.decoding.files.format_error import FormatError  # noqa: PLC0415 - for this alone
    from guidelint.checking.observed.as_parts import as_parts  # noqa: PLC0415
    from guidelint.checking.observed.observe import observe  # noqa: PLC0415

    try:
        seen = observe([export])
    except FormatError as error:
        raise refused(f"{export} cannot be looked at: {error}") from error
    unread = f"{seen.unread} of the annotations in {export}: they cannot be read; `guidelint check` says why"
    return Begun(written(name, as_parts(seen)), (unread,) if seen.unread else ())


def _from_config(name: str, file: Path) -> Begun:
    from guidelint.labelstudio.taken_over.config import ConfigNotReadError, taken_over  # noqa: PLC0415 - for this alone

    try:
        read = taken_over(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise refused(f"{file} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except (ConfigNotReadError, UnicodeDecodeError) as error:
        raise refused(f"{file} is no labeling config: {error}") from error
    return Begun(written(name, read.parts), read.left_out)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    with refused_where_nothing_can_be_written(folder):
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def _tell(folder: Path, name: str, begun: Begun) -> None:
    lines = [f"{folder / GUIDELINE.format(name=name)}: a guideline, and a project around it"]
    if begun.left_out:
        lines += ["Not taken over:", *(f"  {one}" for one in begun.left_out)]
    lines += [f"Next: cd {folder}, and what stands in {README}"]
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))
