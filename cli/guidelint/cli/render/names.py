"""How records are named to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.visible import visible

if TYPE_CHECKING:
    from guidelint.checking.record import Judged, Unread
    from guidelint.validation.judging.finding import Finding


def subject_name(judged: Judged) -> str:
    """Name what was judged: ``task 12, annotation 31, annotator 104``."""
    subject = judged.verdict.subject
    named = (
        ("series ", subject.series),
        ("", task_name(judged)),
        ("annotation ", subject.annotation),
        (f"{subject.kind} ", subject.name),
        ("annotator ", judged.annotator or subject.annotator),
    )
    return visible(", ".join(f"{kind}{value}" for kind, value in named if value) or subject.title)


def task_name(judged: Judged) -> str:
    """Name the task: ``task 12``, or the record and its image where it has no id; empty for a series."""
    task = judged.verdict.subject.task
    if judged.task_has_id or not task:
        return task and f"task {task}"
    return f"record {judged.record}" + (f" ({judged.image})" if judged.image else "")


def record_name(unread: Unread) -> str:
    """Name what could not be read: ``record 7 (byte 102400), task 12, annotation 2 of its list``."""
    parts = [f"record {unread.position} (byte {unread.offset})"] if unread.position else []
    parts += [f"task {unread.task}"] if unread.task else []
    parts += [f"annotation {unread.annotation} of its list"] if unread.annotation else []
    return visible(", ".join(parts))


def region_names(finding: Finding) -> str:
    """Name the regions a finding is about, not more than can be read."""
    return visible(", ".join(region.title for region in finding.named_regions) + finding.unnamed)


def advice(finding: Finding) -> str:
    """Say what to do next to whoever holds the file; empty where there is nothing to say."""
    return visible(finding.advice_offline)


def next_step(finding: Finding) -> str:
    """Lead from a sentence to what to do next; empty where there is nothing to say."""
    return f" → {advice(finding)}" if finding.advice_offline else ""


def sentence(finding: Finding) -> str:
    """Give the message with its regions before it."""
    regions, message = region_names(finding), visible(finding.message)
    return f"{regions}: {message}" if regions else message
