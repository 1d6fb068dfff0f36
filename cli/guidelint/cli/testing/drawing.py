"""Examples drawn by themselves, shown or stored beside the guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.examples.drawing.chosen import chosen
from guidelint.checking.examples.drawing.written import written
from guidelint.cli.refusals import refused
from guidelint.cli.streams import tell
from guidelint.cli.testing.run_examples import examples_of
from guidelint.language.library import is_path

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.cli.testing.of_one import OfOne

_NOTHING = "nothing is left to draw: its examples notice every change that can be drawn"
DRAWN = "drawn"


def drawn(guideline: str) -> tuple[OfOne, str]:
    """Draw what the examples of a guideline lack; the text of a file, empty where nothing is lacking."""
    one = examples_of(guideline)
    if one.files:
        raise refused(f"a file of its examples is not what it should be: `guidelint test {guideline}` tells")
    drawings = tuple(chosen(one.runner, one.as_expected))
    named = frozenset(each.name for each in one.chosen)
    return one, written(drawings, one.read.guideline, named) if drawings else ""


def show(guideline: str) -> str:
    """Give the text of a file of examples; say where there is nothing to draw."""
    _, text = drawn(guideline)
    if not text:
        tell(f"guidelint: {guideline}: {_NOTHING}\n")
    return text


def store(guideline: str) -> None:
    """Store what is drawn as a file beside the guideline."""
    if not is_path(guideline):
        raise refused(f"{guideline} comes with guidelint, and stays as it is. Name the YAML file of your own guideline")
    one, text = drawn(guideline)
    if not text:
        tell(f"guidelint: {guideline}: {_NOTHING}\n")
        return
    path = free(one.runner.folder.path, DRAWN, ".yaml")
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise refused(f"{path} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
    tell(f"guidelint: {path} written. What is expected there is what the guideline says today: look at each\n")


def free(folder: Path, name: str, ending: str) -> Path:
    """Give the first path of a name that is not taken."""
    paths = (folder / f"{name}{'' if at == 1 else f'-{at}'}{ending}" for at in range(1, 10_000))
    return next(path for path in paths if not path.exists())
