"""The first thing the demonstration shows: the bundled sample judged offline, while Label Studio installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.counting.totals import Totals
from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.cli.demonstration.sample import sample_path
from guidelint.cli.render.summary.totals_text import totals_text
from guidelint.cli.render.terminal.ink import Ink
from guidelint.cli.render.words.names import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.cli.demonstration.sample import SampleTask
    from guidelint.cli.demonstration.screen import Screen
    from guidelint.validation.judging.plan import Plan

SHOWN = 6
"""So many findings are shown in words; the table counts all."""


def offline_check(plan: Plan, tasks: Sequence[SampleTask], guideline: str, screen: Screen) -> float:
    """Judge the sample and show what was found; seconds from the start of the command to the first verdict."""
    patients = {str(task.number): str(task.data["PatientID"]) for task in tasks}
    screen.say(
        f"\n[bold]Offline:[/] guidelint check {guideline} {sample_path().name} [dim](published LIDC-IDRI readings)[/]"
    )
    totals = Totals()
    first = 0.0
    shown = 0
    for record in Delivery(plan, [sample_path()]).records():
        totals.count(record)
        if not first:
            first = screen.seconds
            screen.say(f"[green]First verdict after {first:.1f} s[/]")
        if isinstance(record, Judged) and record.verdict.subject.kind == "submission":
            for finding in record.verdict.findings[: max(0, SHOWN - shown)]:
                shown += 1
                what = f"{patients[record.verdict.subject.task]}, {finding.rule}"
                decision = record.verdict.decision if finding.level != "note" else "noted"
                screen.row(f"reader-{record.annotator}", what, decision, "", sentence(finding))
    screen.console.out(totals_text(totals, (plan,), Ink(screen.console.is_terminal)), highlight=False)
    return first
