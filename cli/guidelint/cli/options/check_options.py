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
Legend = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="What the values of masks stand for (a table with value and label, JSON, labelmap.txt, a table of labels"
        " of a viewer); left out, a legend beside or above the masks says it.",
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
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=0, metavar="NUMBER", help="Judge in so many processes; 0: one for each core. Output stays."
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Judge on an engine, the scheduler of Dask at this address, or local; with --format parquet."
        " FILE may then also name objects of a store (s3://bucket/*.json), or @LISTING a file that lists them.",
    ),
]
