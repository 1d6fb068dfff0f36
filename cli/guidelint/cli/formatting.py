"""What ``guidelint fmt`` does: lay out files anew, or tell which are not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guidelint.cli.output import refused_where_nothing_can_be_written
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.language.layout.laid_out import CannotLayOutError, laid_out
from guidelint.language.library import source
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.tree import Leaf, node_at
from guidelint.language.texts import FINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def laid_out_files(files: Iterable[Path], *, check: bool) -> int:
    """Write each file anew where that changes it, or name it. Give the exit status."""
    changed = [file for file in files if _laid_out(file, check=check)]
    return 1 if check and changed else 0


def _laid_out(file: Path, *, check: bool) -> bool:
    with refusals():
        text, _ = source(f"{file.parent}/{file.name}")
        parsed = parse(text)
        if parsed.root is None:
            raise GuidelineProblems(parsed.problems, text, str(file))
    status = node_at(parsed.root, ("status",))
    if isinstance(status, Leaf) and status.value in FINISHED:
        tell(f"guidelint: {visible(str(file))} is {status.value}, and stays as it is\n")
        return False
    try:
        written = laid_out(text)
    except CannotLayOutError as error:
        raise refused(f"{file} cannot be laid out: {error}") from error
    if written.encode() == file.read_bytes():
        return False
    if not check:
        with refused_where_nothing_can_be_written(file):
            file.write_bytes(written.encode())
    sys.stdout.write(f"{visible(str(file))}: {'is not laid out so' if check else 'laid out'}\n")
    return True
