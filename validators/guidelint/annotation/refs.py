"""References to what stands in a delivery, for findings on subjects that span several tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region_ref import RegionRef

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission


def region_ref(region: Region, submission: Submission) -> RegionRef:
    """Refer to a region of one of many submissions."""
    return RegionRef(
        region.id,
        f"{region.title} of task {submission.task}",
        region.class_name,
        region.number,
        submission.task,
        submission.annotation,
        region.item,
    )


def annotation_ref(task: str, annotation: str) -> RegionRef:
    """Refer to all that one annotation marks."""
    return RegionRef("", f"Annotation {annotation} of task {task}", task=task, annotation=annotation)


def task_ref(task: str) -> RegionRef:
    """Refer to a task, whatever is marked on it."""
    return RegionRef("", f"Task {task}", task=task)
