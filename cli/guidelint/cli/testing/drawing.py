"""Examples drawn by themselves, shown or stored beside the guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.examples.drawing.chosen import chosen
from guidelint.checking.examples.drawing.written import written
from guidelint.cli.output import refused_where_nothing_can_be_written
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
    """Draw what the examples of a guideline lack; the text of a file, empty where nothing is, which is said."""
    one = examples_of(guideline)
    if one.files:
        raise refused(f"a file of its examples is not what it should be: `guidelint test {guideline}` tells")
    drawings = tuple(chosen(one.runner, one.as_expected))
    if not drawings:
        tell(f"guidelint: {guideline}: {_NOTHING}\n")
        return one, ""
    return one, written(drawings, one.read.guideline, frozenset(each.name for each in one.chosen))


def show(guideline: str) -> str:
    """Give the text of a file of examples."""
    _, text = drawn(guideline)
    return text


def store(guideline: str) -> None:
    """Store what is drawn as a file beside the guideline."""
    refuse_what_stays(guideline)
    one, text = drawn(guideline)
    if not text:
        return
    path = free(one.runner.folder.path, DRAWN, ".yaml")
    with refused_where_nothing_can_be_written(path):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    tell(f"guidelint: {path} written. What is expected there is what the guideline says today: look at each\n")


def refuse_what_stays(guideline: str) -> None:
    """Refuse a guideline beside which nothing is stored. Raises typer.Exit."""
    if not is_path(guideline):
        raise refused(f"{guideline} comes with guidelint, and stays as it is. Name the YAML file of your own guideline")


def free(folder: Path, name: str, ending: str) -> Path:
    """Give the first path of a name that is not taken."""
    paths = (folder / f"{name}{'' if at == 1 else f'-{at}'}{ending}" for at in range(1, 10_000))
    return next(path for path in paths if not path.exists())
