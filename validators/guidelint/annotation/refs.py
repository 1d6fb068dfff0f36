"""References to what stands in a delivery, for findings on subjects that span several tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region_ref import RegionRef

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission


RECORD = "record "
"""What the name of a task begins with that has no id, and is known by its place."""


def task_called(task: str) -> str:
    """Name a task in a sentence: ``task 12``; one without an id by its record."""
    return task if task.startswith(RECORD) else f"task {task}"


def region_ref(region: Region, submission: Submission) -> RegionRef:
    """Refer to a region of one of many submissions."""
    return RegionRef(
        region.id,
        f"{region.title} of {task_called(submission.task)}",
        region.class_name,
        region.number,
        submission.task,
        submission.annotation,
        region.item,
    )


def annotation_ref(task: str, annotation: str) -> RegionRef:
    """Refer to all that one annotation marks."""
    return RegionRef("", f"Annotation {annotation} of {task_called(task)}", task=task, annotation=annotation)


def task_ref(task: str) -> RegionRef:
    """Refer to a task, whatever is marked on it."""
    name = task_called(task)
    return RegionRef("", name[:1].upper() + name[1:], task=task)
