"""A Label Studio export, read, mapped and written."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.source import source_of
from guidelint.labelstudio.migrating.migrate import Migration
from guidelint.labelstudio.migrating.renaming import Renaming
from guidelint.language.texts import NoSuchGuidelineError

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.labelstudio.migrating.redo import Redo
    from guidelint.language.form.guideline import Guideline

_PACKED = ".gz"
MOST_BYTES = 2**30
"""So much text is read, packed or not: all of it is held."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of an export."""

    tasks: int
    changed: int
    """Items that have another name now."""
    redo: tuple[Redo, ...]
    """What somebody must do again."""
    kept: tuple[str, ...] = ()
    """Of a running project: controls that stay in the labeling config, out of sight, since drafts use them."""


class MigrationError(NoSuchGuidelineError):
    """An export cannot be mapped; the message says why."""


def migrate_file(old: Guideline, new: Guideline, export: Path, output: Path, *, back: bool = False) -> Migrated:
    """Write an export under the names of a later version; ``back``: of the earlier one. Raises MigrationError."""
    if output.exists() and output.samefile(export):
        raise MigrationError(f"{output} is the export itself: name another file")
    content = _read(export)
    migration = Migration(Renaming.between(old, new, back=back))
    tasks = [migration.task(task) if isinstance(task, dict) else task for task in content]
    beside = output.with_name(f".{output.name}.new")
    try:
        beside.write_bytes(_packed(output, msgspec.json.encode(tasks)))
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MigrationError(f"{output} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
    return Migrated(len(tasks), migration.changed, tuple(migration.redo))


def _read(export: Path) -> list[Any]:
    try:
        content = msgspec.json.decode(_text(export))
    except OSError as error:
        raise MigrationError(f"{export} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except msgspec.DecodeError as error:
        raise MigrationError(f"{export} is no JSON: {error}") from error
    if not isinstance(content, list) or not all(isinstance(task, dict) and "data" in task for task in content):
        raise MigrationError(f"{export} is no list of tasks. Export it from Label Studio as JSON")
    return content


def _text(export: Path) -> bytearray:
    """Read what may be packed. Raises OSError and MigrationError."""
    text = bytearray()
    with source_of(export).opened() as file:
        blocks = Blocks(file, lambda _: None)
        for block in blocks:
            text += block
            if len(text) > MOST_BYTES:
                raise MigrationError(f"{export} holds more than {MOST_BYTES // 2**20} MiB: export it in parts")
    if blocks.problem:
        raise MigrationError(f"{export} cannot be read: {blocks.problem}")
    return text


def _packed(path: Path, data: bytes) -> bytes:
    return gzip.compress(data, mtime=0) if path.suffix == _PACKED else data
