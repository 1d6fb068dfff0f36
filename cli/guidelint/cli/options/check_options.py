"""Options of ``guidelint check`` that judge otherwise, or part of the work only, or tell what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.completion import formats, guidelines, rules

From = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FORMAT",
        envvar="GUIDELINT_CHECK_FROM",
        autocompletion=formats,
        help="Format of all files, such as label-studio or coco; left out, each tells by how it begins.",
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GUIDELINE",
        autocompletion=guidelines,
        help="A further guideline, such as another version: each task is then judged by the one that it names.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE", autocompletion=rules, help="Judge by these rules only, and by those that no run can leave out."
    ),
]
Ignore = Annotated[list[str] | None, typer.Option(metavar="RULE", autocompletion=rules, help="Leave out this rule.")]
LevelOf = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE=LEVEL", help="Give a rule a level for this run: error, warning or note."),
]
OnlyClass = Annotated[
    list[str] | None,
    typer.Option(
        "--class",
        metavar="CLASS",
        envvar="GUIDELINT_CHECK_CLASS",
        help="Tell only what concerns regions of this class.",
    ),
]
OnlyAnnotator = Annotated[
    list[str] | None, typer.Option(metavar="ANNOTATOR", help="Judge only the annotations of this annotator.")
]
OnlyTask = Annotated[list[str] | None, typer.Option(metavar="TASK", help="Judge only the annotations of this task.")]
Baseline = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Findings that are known: shown as such, and no reason to end with 1 unless they got worse.",
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write the findings of this run into a baseline. Waivers in it stay; what could not be checked needs one.",
    ),
]
Facts = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="What is known of the images where the tasks do not say: a table with a column image and one for each fact"
        " (PixelSpacing, Modality, …), or a folder of their DICOM files.",
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
Inside = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NETWORK",
        help="A network of your own, such as 10.1.0.0/16, that addresses of --images may lead to; else none inside is"
        " asked.",
    ),
]
Schema = Annotated[
    bool,
    typer.Option(
        "--schema",
        help="Hold every annotation against the compiled JSON Schema, too: what breaks it is not readable.",
    ),
]
MaxFindings = Annotated[
    int | None, typer.Option(min=0, metavar="NUMBER", help="Show no more findings than these; all are counted.")
]
