"""Options that say for how long the store keeps history."""

from __future__ import annotations

from typing import Annotated

import typer

KeepInboxDays = Annotated[
    float, typer.Option(min=0, metavar="DAYS", help="Keep hints that were dealt with for so long; 0: for ever.")
]
KeepHistoryDays = Annotated[
    float,
    typer.Option(
        min=0,
        metavar="DAYS",
        help="Keep versions and verdicts that newer ones have replaced for so long; 0: for ever. What stands, was"
        " returned last, is requeued, or is needed to judge again always stays.",
    ),
]
