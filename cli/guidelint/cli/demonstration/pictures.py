"""The demonstration's pictures: a phantom for every slice, in a folder that Label Studio serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.demonstration.phantom import phantom

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.cli.demonstration.sample import SampleTask

PICTURES = "pictures"


def draw_pictures(tasks: Sequence[SampleTask], folder: Path) -> None:
    """Draw the phantom of every slice into a folder."""
    pictures = folder / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    for task in tasks:
        phantom(task.outlines, task.side, seed=task.number).save(pictures / str(task.data["image"]))
