"""What became of stored work that was mapped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from guidelint.cli.render.json_text import json_text
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.labelstudio.migrating.of_file import Migrated

_MOST: Final = 20
"""So many places are listed; JSON has all."""


def as_json(made: Migrated) -> str:
    """Write everything."""
    return json_text(made)


def projects_as_json(made: Mapping[str, Migrated], failed: Mapping[str, str]) -> str:
    """Write everything of running projects, by their addresses, and why some could not be moved."""
    return json_text({"projects": made, "failed": failed})


def as_text(made: Migrated, where: str) -> str:
    """Say how much was mapped, and list what somebody must do again."""
    return "\n".join(_lines(made, where)) + "\n"


def _lines(made: Migrated, where: str) -> Iterator[str]:
    tasks = "1 task is" if made.tasks == 1 else f"{made.tasks:,} tasks are"
    changed = "1 mark or answer has" if made.changed == 1 else f"{made.changed:,} marks and answers have"
    yield f"{tasks} in {visible(where)}; {changed} another name."
    if made.kept:
        listed = ", ".join(made.kept)
        yield visible(
            f"Drafts use {listed}, out of sight in the labeling config: run it again once they are handed in."
        )
    if not made.redo:
        return
    yield "\nTo be done again by somebody:\n"
    for (what, choices), count in Counter((one.what, one.choices) for one in made.redo).items():
        chosen = f", now perhaps {' or '.join(f'`{name}`' for name in choices)}" if choices else ""
        yield f"  {count:,} × {visible(what)}{visible(chosen)}"
    yield ""
    for one in made.redo[:_MOST]:
        region = f", region {one.region}" if one.region else ""
        yield visible(f"  task {one.task}, annotation {one.annotation}{region}: {one.what}")
    if len(made.redo) > _MOST:
        yield f"  and {len(made.redo) - _MOST:,} more; `--format json` lists them all."
