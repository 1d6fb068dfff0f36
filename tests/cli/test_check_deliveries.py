"""`guidelint check` judges annotators and the delivery as a whole, and tells what was found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.delivery_file import Json, run, task

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def told(folder: Path, rules: str, tasks: Sequence[Json], *, of: str = "delivery") -> tuple[int, str]:
    """What a guideline with these rules on the delivery (or the annotators) tells of these tasks, and the exit code."""
    guideline, export = folder / "guideline.yaml", folder / "export.json"
    guideline.write_text(with_part(f"{of}:\n  rules:\n    {rules}\n"), encoding="utf-8")
    export.write_text(json.dumps(tasks), encoding="utf-8")
    done = run("check", str(guideline), str(export), "--format", "concise")
    return done.exit_code, done.stdout


def test_tasks_that_nobody_annotated_are_told_of_the_delivery(tmp_path: Path) -> None:
    tasks = [task(1, []), task(2), {**task(3), "drafts": [{"id": 1, "result": []}]}]
    code, text = told(tmp_path, "complete-delivery: {}", tasks)
    assert "there is no annotation on 1 of 3 tasks: 2" in text
    assert "there is a draft and no annotation on 1 of 3 tasks: 3" in text
    assert code == 1


def test_a_complete_delivery_is_accepted(tmp_path: Path) -> None:
    code, text = told(tmp_path, "complete-delivery: {}", [task(1, []), task(2, [])])
    assert "On batches    1 accepted" in text
    assert code == 0


def test_annotations_that_were_not_delivered_are_told_of_the_delivery(tmp_path: Path) -> None:
    tasks = [task(1, []), {**task(2, []), "total_annotations": 3}]
    _, text = told(tmp_path, "complete-delivery: {}", tasks)
    assert "the tool counts 2 more annotations than were delivered, on 1 of 2 tasks: 2" in text
