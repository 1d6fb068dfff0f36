"""The legend of a mask: the one that was given, or the nearest that lies beside or above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.legends.reading import read_legend

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.annotation.decoding.legends.legend import Legend

NAMES = ("legend.json", "legend.csv", "legend.tsv", "legend.txt", "labelmap.txt", "dataset.json")
"""What a legend is called that lies beside the masks; CVAT writes labelmap.txt, nnU-Net dataset.json."""
MOST_UP = 4
"""So many folders above that of the mask are looked into."""
_NONE = (
    "no legend says what its values mean. Give one with --legend FILE, or lay it beside or above the masks as "
    f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
)


def legend_for(source: Source, given: Legend | None = None) -> Legend:
    """Find the legend of a file. Raises FormatError where there is none, or two lie beside each other."""
    if given is not None:
        return given
    path = source.path
    for folder in () if path is None else list(path.absolute().parents)[: MOST_UP + 1]:
        found = [folder / name for name in NAMES if (folder / name).is_file()]
        if found[1:]:
            raise FormatError(f"{found[0].name} and {found[1].name} lie in one folder: say by --legend which is meant")
        if found:
            return _beside(found[0])
    raise FormatError(_NONE)


def _beside(path: Path) -> Legend:
    return replace(read_legend(path), folder=path.parent)
