"""How records are named to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.refs import task_called
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.words.listed import listed
from guidelint.validation.rule.says import reader_called
from guidelint.validation.rule.subject import Subject
from guidelint.validation.rule.wording import NAMED

if TYPE_CHECKING:
    from guidelint.checking.record import Judged, Unread
    from guidelint.validation.judging.finding import Finding


def subject_name(judged: Judged) -> str:
    """Name what was judged: ``task 12, annotation 31, annotator 104``; a delivery is none of several, and not named."""
    subject = judged.verdict.subject
    named = (
        ("series ", subject.series),
        ("", task_name(judged)),
        ("annotation ", subject.annotation),
        (f"{subject.kind} ", subject.name),
        ("", annotator_name(judged)),
    )
    return visible(", ".join(f"{kind}{value}" for kind, value in named if value) or f"the whole {subject.kind}")


def subject_title(judged: Judged) -> str:
    """Name what lies above one annotation, as a heading: ``Series 1.2.3``, ``Ann Lee (annotator 104)``."""
    if not is_of_annotator(judged):
        return judged.verdict.subject.title
    name = annotator_name(judged)
    return name if judged.annotator_name else name[:1].upper() + name[1:]


def is_of_annotator(judged: Judged) -> bool:
    """Whether a verdict is on an annotator, and on nothing in particular that they read."""
    subject = judged.verdict.subject
    return bool(subject.annotator) and subject == Subject(subject.kind, annotator=subject.annotator)


def annotator_name(judged: Judged) -> str:
    """Name who made an annotation, or whom a verdict is on: ``Ann Lee (annotator 104)``; empty where that is nobody."""
    return called(judged.annotator or judged.verdict.subject.annotator, judged.annotator_name)


def called(annotator: str, name: str) -> str:
    """Call an annotator by name, and by the id that tells them from others; empty where there is none."""
    known = reader_called(annotator) if annotator else ""
    return f"{name} ({known})" if name and name != annotator else known


def task_name(judged: Judged) -> str:
    """Name the task: ``task 12``, or the record and its image where it has no id; empty for a series."""
    task = judged.verdict.subject.task
    if judged.task_has_id or not task:
        return task and task_called(task)
    return f"record {judged.record}" + (f" ({judged.image})" if judged.image else "")


def record_name(unread: Unread) -> str:
    """Name what could not be read: ``record 7 (byte 102400), task 12, annotation 2 of its list``."""
    where = "" if unread.offset is None else f" (byte {unread.offset})"
    parts = [f"record {unread.position}{where}"] if unread.position else []
    parts += [f"task {unread.task}"] if unread.task else []
    parts += [f"annotation {unread.annotation} of its list"] if unread.annotation else []
    return visible(", ".join(parts))


def region_names(finding: Finding) -> str:
    """Name the regions a finding is about, not more than can be read."""
    return visible(", ".join(region.title for region in finding.named_regions) + finding.unnamed)


def everything(finding: Finding) -> str:
    """List what a finding on many is about, where its sentence names only a part of it; else nothing.

    A slip of a whole annotation concerns more of its regions than anybody wants to read.
    """
    if finding.count <= NAMED:
        return ""
    return visible(listed(finding.regions, finding.unlisted))


def all_of_them(finding: Finding) -> str:
    """Lead from a sentence to what it names only in part; empty where it names all there is."""
    names = everything(finding)
    return f" (all of them: {names})" if names else ""


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
