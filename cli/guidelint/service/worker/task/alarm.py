"""Tell the operator what only a person can put right: rules that fail, data that met another task."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from guidelint.service.log import note
from guidelint.service.worker.task.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.validation.judging.finding import Finding


def tell_of_failed_rules(key: TaskKey, versions: Sequence[HandedIn]) -> None:
    """Count the verdicts, and write one line for each annotation that a rule failed on."""
    tally.judged(versions)
    for version in versions:
        if failed := version.verdict.failed_rules:
            note(
                "a rule failed",
                logging.ERROR,
                server=key.server,
                project=key.project,
                task=key.task,
                annotation=version.annotation,
                decision=version.verdict.decision,
                rules=sorted({_named(finding) for finding in failed}),
            )


def tell_of_replaced_data(key: TaskKey) -> None:
    """Write one line about a task that was deleted and whose id was given to another one while we wrote."""
    note(
        "another task was given this id while its data was written: import the new task again",
        logging.ERROR,
        server=key.server,
        project=key.project,
        task=key.task,
    )


def _named(finding: Finding) -> str:
    """Rule and kind of error: what follows the colon may quote what was drawn."""
    kind, _, _ = str(finding.evidence.get("reason", "")).partition(":")
    return f"{finding.rule}: {kind}"
