"""Options that give what is known of images beside the tasks, and where the images are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

Facts = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="What is known of the images where the tasks do not say: a table with a column image and one for each fact"
        " (PixelSpacing, Modality, …), or a folder of their DICOM files.",
    ),
]
Qualifications = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Who has passed which exam, as `guidelint exam` wrote it (JSON or CSV), for guidelines that ask for one.",
    ),
]
Images = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PLACE",
        help="Where the images themselves are (DICOM, PNG, JPEG, TIFF), for rules that look at pixels: a folder; an"
        " address that those of the tasks begin with; a project such as http://localhost:8080/projects/7, through whose"
        " Label Studio they are read. Several are asked in order.",
    ),
]
ServedImages = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PLACE",
        help="Where images are that rules on pixels look at before Label Studio itself is asked: a folder, or an"
        " address that those of the tasks, or of storage that Label Studio leads to, begin with. Several are asked in"
        " order.",
    ),
]
Inside = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NETWORK",
        help="A network of your own, such as 10.1.0.0/16, that addresses of --images may lead to; else none inside is"
        " asked.",
    ),
]


def whole_places(places: Sequence[str] | None) -> tuple[str, ...]:
    """Name folders wholly, since they are looked into later, whatever folder one is in then."""
    return tuple(place if "://" in place else str(Path(place).absolute()) for place in places or ())
