"""The rule ``enough-readers``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from guidelint.annotation.natural_order import natural
from guidelint.annotation.task_facts import TaskFacts
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import Readers
from guidelint.validation.rule.parameters.bound import READERS, Lower, Upper
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, counted, miscounted
from guidelint.validation.scopes.readers_of_series import READERS_OF_SERIES, images_in, readings
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Scope, Share

WORDS = ("reader", "readers")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the task, or how many more there may be."""

    marks: bool
    """Whether it marks what asks for so many readers."""
    unseen: int = 0
    """Annotations of the task that could not be read or were not delivered, and whose readers are not known."""
    images: tuple[int, ...] = ()
    """Which images of the task lie in the series that it is a reading of; none: the task is what is read."""


def _readers(count: int) -> str:
    return f"{count} {WORDS[count != 1]}"


def _twice(times: Counter[str]) -> dict[str, Evidence]:
    """Name those who read it more than once."""
    repeated = tuple(sorted((reader for reader, count in times.items() if count > 1), key=natural))
    if not repeated:
        return {"several": "", "by": (), "once": ""}
    if len(repeated) == 1:
        count = max(times.values())
        return {"several": f" ({count} annotations are by ", "by": repeated, "once": ", who counts once)"}
    return {"several": " (several annotations each are by ", "by": repeated, "once": ", who count once)"}


def _why_uncounted(unnamed: Sequence[str], unseen: int, of: str = "task") -> str:
    """Say why the readers cannot be counted."""
    reasons: list[str] = []
    if unnamed:
        says = (
            "annotation {} does not say who made it" if len(unnamed) == 1 else "annotations {} do not say who made them"
        )
        reasons.append(says.format(both(unnamed)))
    if unseen:
        says = "1 annotation was" if unseen == 1 else f"{unseen} annotations were"
        reasons.append(f"{says} not delivered, or cannot be read")
    return f"{both(reasons)}, so the readers of the {of} cannot be counted"


def _slice(task: str, annotator: str | None = "ann", annotation: str = "") -> Handed:
    """Read one slice of a series."""
    return Handed(task=task, annotator=annotator, annotation=annotation, image=ImageFacts(series_uid="1.2.3"))


class EnoughReaders(GatheringRule[Reading]):
    """A task has been read by as many readers as are asked for.

    ## Why
    What one reader misses a second one sees; a consensus of readers, and any figure of their agreement, begins with the
    readers being there. More than were planned cost time, and weigh one image more than others.

    ## How it is measured
    Everybody who handed in an annotation of the task is one reader, however many annotations they handed in; skipped
    ones do not count. An annotation that does not say who made it may be by somebody who has read the task already: it
    is told that the number cannot be known, unless it makes no difference; so it is for annotations that cannot be read
    or were not delivered. An e-mail address is one reader however its capitals are written; where one annotation names
    its reader by an address and another by a number, whether these are two cannot be told. With classes,
    only tasks count on which a reader has marked one of them. A task that nobody has read is not judged.

    With ``per: series`` those are counted who have read every image of the series that anybody has read; the message
    names who has read some of them. No more may read it than ``max``, all of it or some.

    ## Source
    LIDC-IDRI (Armato et al. 2011, doi 10.1118/1.3528204) has four readers for each scan; how many there must be is a
    choice of the guideline.
    """

    classes: Annotated[Classes, Concerned()] = ()
    """Classes that, marked by any reader, ask for so many readers; none: every task does."""
    min: Annotated[Readers, Lower(READERS)] | None = None
    """Fewest readers of a task."""
    max: Annotated[Readers, Upper(READERS)] | None = None
    """Most readers of a task."""
    per: Annotated[Literal["task", "series"], UnlessEmpty()] = "task"
    """What is read: a task, or all slices of a series."""

    scope = TASK
    tells_readers_apart = True
    contribution = Reading
    needs = frozenset({"annotators"})
    says = {
        "too-few": Says(
            "this task has {readers}{several}{by}{once}; at least {limit} must read it",
            "Let somebody read it who has not yet.",
        ),
        "too-many": Says(
            "this task has {readers}{several}{by}{once}; no more than {limit} may read it",
            "Decide whose readings count, and leave the others out.",
        ),
        "too-few-of-series": Says(
            "{readers} read all {images} images of this series{partly}; at least {limit} must",
            "Let somebody read all of it who has not yet.",
        ),
        "too-many-of-series": Says(
            "this series has {readers}{partly}; no more than {limit} may read it",
            "Decide whose readings count, and leave the others out.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {self._is_read(names)} by {counted(self.min, self.max, WORDS)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"a {self._is_read(names)} by {miscounted(self.min, self.max, WORDS)}"

    def _is_read(self, names: Names) -> str:
        classes = self.classes or names.concerned
        marked = f" on which a reader marks {names.kinds(classes)}" if classes else ""
        whole = ", all of it," if self.per == "series" else ""
        return f"{self.per}{marked} is read{whole}"

    def over(self) -> Scope | None:
        """Gather the readings of a task, or those of a series."""
        return READERS_OF_SERIES if self.per == "series" else self.scope

    def gather(self, share: Share) -> Iterator[Gathered[Reading]]:
        """Contribute that somebody has read the task."""
        marks = not self.classes or any(region.class_name in self.classes for region in share.submission.regions)
        yield Gathered(Reading(marks, images=images_in(share)))

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[Reading]]:
        """Contribute how many more may have read it."""
        if unseen := task.unread + task.undelivered:
            yield Gathered(Reading(marks=False, unseen=unseen))

    def check_gathered(self, contributions: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Count the readers, where what is marked asks for them."""
        unseen = sum(one.value.unseen for one in contributions)
        if any(one.value.marks for one in contributions):
            judge = self._judge_series if self.per == "series" else self._judge
            yield from judge([one for one in contributions if not one.value.unseen], unseen)
        elif unseen:
            yield CannotTell(_why_uncounted((), unseen), ())

    def _judge(self, readings: Sequence[Contributed[Reading]], unseen: int) -> Iterator[Reply]:
        times = Counter(one.annotator for one in readings if one.annotator is not None)
        unnamed = [one.annotation for one in readings if one.annotator is None]
        surely, at_most = len(times) or 1, len(times) + len(unnamed) + unseen
        if self.min is not None and at_most < self.min:
            yield self._counted("too-few", at_most, times, self.min)
        elif self.max is not None and surely > self.max:
            yield self._counted("too-many", surely, times, self.max)
        elif not self._allows(surely) or not self._allows(at_most):
            yield CannotTell(_why_uncounted(unnamed, unseen), ())

    def _judge_series(self, contributions: Sequence[Contributed[Reading]], unseen: int) -> Iterator[Reply]:
        """Count who has read all of it; where another may read it, whoever began."""
        read = readings(contributions)
        whole, begun = len(read.whole), len(read.whole) + len(read.partly)
        unknown = len(read.unnamed) + unseen
        at_most = begun + unknown
        partly = both(f"{reader} has read {count}" for reader, count in read.partly.items())
        evidence: dict[str, Evidence] = {"images": len(read.slices), "partly": f" ({partly})" if partly else ""}
        if self.max is not None and begun > self.max:
            yield Departure("too-many-of-series", {**evidence, "readers": _readers(begun), "limit": self.max})
        elif self.min is not None and whole < self.min and (not unknown or at_most < self.min):
            yield Departure("too-few-of-series", {**evidence, "readers": _readers(whole), "limit": self.min})
        elif unknown and not (self._allows(whole) and self._allows(at_most)):
            yield CannotTell(_why_uncounted(read.unnamed, unseen, "series"), ())

    def _counted(self, kind: str, count: int, times: Counter[str], limit: int) -> Departure:
        evidence: dict[str, Evidence] = {"count": count, "readers": _readers(count), **_twice(times), "limit": limit}
        return Departure(kind, evidence)

    def _allows(self, readers: int) -> bool:
        return (self.min is None or readers >= self.min) and (self.max is None or readers <= self.max)

    cases = (
        Case("as many as asked for", {"min": 2, "max": 2}, (Handed(annotator="ann"), Handed(annotator="bob"))),
        Case(
            "one reader where two are asked for",
            {"min": 2},
            (Handed(draws="#"),),
            finds="this task has 1 reader; at least 2 must read it",
        ),
        Case(
            "one reader too many",
            {"max": 1},
            (Handed(annotator="ann"), Handed(annotator="bob")),
            finds="this task has 2 readers; no more than 1 may read it",
        ),
        Case(
            "one reader twice counts once",
            {"min": 2},
            (Handed(annotation="7"), Handed(annotation="8")),
            finds="this task has 1 reader (2 annotations are by ann, who counts once); at least 2 must read it",
        ),
        Case(
            "one of two readers twice, where three are asked for",
            {"min": 3},
            (Handed(annotation="7"), Handed(annotation="8"), Handed(annotator="bob")),
            finds="this task has 2 readers (2 annotations are by ann, who counts once); at least 3 must read it",
        ),
        Case(
            "one reader twice, and no more may read it",
            {"max": 1},
            (Handed(annotation="7"), Handed(annotation="8")),
        ),
        Case(
            "a skipped reading does not count",
            {"min": 2},
            (Handed(annotator="ann"), Handed(annotator="bob", skipped=True)),
            finds="1 reader; at least 2",
        ),
        Case(
            "two tasks are counted each by itself",
            {"min": 2},
            (Handed(task="1"), Handed(annotator="bob", task="1"), Handed(task="2")),
            finds="this task has 1 reader",
        ),
        Case(
            "a reader by id and a reader by address may be one person",
            {"min": 2},
            (Handed(annotator="1", annotation="8"), Handed(annotator="ann@example.org", annotation="9")),
            cannot="annotation 8 is by annotator 1 and annotation 9 by ann@example.org, and whether that is one person",
        ),
        Case(
            "an annotation that does not say who made it may be the second",
            {"min": 2},
            (Handed(annotator="ann"), Handed(annotator=None, annotation="9")),
            cannot="annotation 9 does not say who made it",
        ),
        Case(
            "an annotation that does not say who made it may be one too many",
            {"max": 1},
            (Handed(annotator="ann"), Handed(annotator=None, annotation="9")),
            cannot="annotation 9 does not say who made it",
        ),
        Case(
            "it makes no difference who made it",
            {"min": 3},
            (Handed(annotator="ann"), Handed(annotator=None, annotation="9")),
            finds="this task has 2 readers; at least 3 must read it",
        ),
        Case(
            "somebody has read it, whoever that is",
            {"min": 1, "max": 1},
            (Handed(annotator=None, annotation="9"),),
        ),
        Case(
            "annotations that do not say who made them",
            {"min": 3},
            (
                Handed(annotator="ann"),
                Handed(annotator=None, annotation="8"),
                Handed(annotator=None, annotation="9"),
            ),
            cannot="annotations 8 and 9 do not say who made them, so the readers of the task cannot be counted",
        ),
        Case(
            "an annotation that cannot be read may be the second",
            {"min": 2},
            (Handed(annotator="ann"),),
            cannot="1 annotation was not delivered, or cannot be read, so the readers of the task cannot be counted",
            tasks=(TaskFacts("1", annotations=1, unread=1),),
        ),
        Case(
            "annotations that were not delivered may be too many",
            {"max": 2},
            (Handed(annotator="ann"),),
            cannot="2 annotations were not delivered, or cannot be read",
            tasks=(TaskFacts("1", annotations=1, undelivered=2),),
        ),
        Case(
            "an annotation that cannot be read may mark the class",
            {"min": 2, "classes": ["mass"]},
            (Handed(annotator="ann"),),
            cannot="1 annotation was not delivered, or cannot be read",
            tasks=(TaskFacts("1", annotations=1, unread=1),),
        ),
        Case(
            "a task whose only annotation cannot be read",
            {"min": 1},
            (Handed(annotator="ann"),),
            cannot="1 annotation was not delivered, or cannot be read",
            tasks=(TaskFacts("2", unread=1),),
        ),
        Case(
            "with one that cannot be read there are as many as may be",
            {"max": 2},
            (Handed(annotator="ann"),),
            tasks=(TaskFacts("1", annotations=1, unread=1),),
        ),
        Case(
            "a task that nobody has read",
            {"min": 1},
            (Handed(annotator="ann"),),
            tasks=(TaskFacts("2"),),
        ),
        Case(
            "a class that asks for a second reader",
            {"min": 2, "classes": ["mass"]},
            (Handed(draws=(Drawn(text="#.", class_name="mass"), Drawn(text=".#", class_name="cyst"))),),
            finds="this task has 1 reader; at least 2 must read it",
        ),
        Case(
            "a class that does not",
            {"min": 2, "classes": ["mass"]},
            (Handed(draws=Drawn(text="#", class_name="cyst")),),
        ),
        Case(
            "one of two readers marks the class",
            {"min": 3, "classes": ["mass"]},
            (Handed(draws=Drawn(text="#", class_name="mass")), Handed(annotator="bob")),
            finds="this task has 2 readers; at least 3 must read it",
        ),
        Case(
            "a series that two readers have read, one of them twice",
            {"min": 2, "max": 2, "per": "series"},
            (_slice("1"), _slice("2"), _slice("1", "bob"), _slice("2", "bob"), _slice("2", "bob", "9")),
        ),
        Case(
            "each image of a series has two readers, and the series one",
            {"min": 2, "max": 3, "per": "series"},
            (_slice("1"), _slice("2"), _slice("1", "bob"), _slice("2", "cyd")),
            finds="1 reader read all 2 images of this series (bob has read 1 and cyd has read 1); at least 2 must",
        ),
        Case(
            "too many begin to read a series",
            {"max": 1, "per": "series"},
            (_slice("1"), _slice("2"), _slice("1", "bob")),
            finds="this series has 2 readers (bob has read 1); no more than 1 may read it",
        ),
        Case(
            "an annotation of a series that does not say who made it",
            {"min": 2, "per": "series"},
            (_slice("1"), _slice("2"), _slice("1", None, "9")),
            cannot="annotation 9 does not say who made it, so the readers of the series cannot be counted",
        ),
        Case(
            "an annotation of a series that cannot be read may be the second",
            {"min": 2, "per": "series"},
            (_slice("1"),),
            cannot="1 annotation was not delivered, or cannot be read, so the readers of the series cannot be counted",
            tasks=(TaskFacts("1", annotations=1, unread=1, facts=(ImageFacts(series_uid="1.2.3"),)),),
        ),
        Case(
            "it makes no difference who made an annotation of a series",
            {"min": 3, "per": "series"},
            (_slice("1"), _slice("1", None, "9")),
            finds="1 reader read all 1 images of this series; at least 3 must",
        ),
        Case(
            "one reading of a series, whoever made it",
            {"max": 1, "per": "series"},
            (_slice("1", None, "9"),),
        ),
        Case(
            "an annotation of a series may be one too many",
            {"max": 1, "per": "series"},
            (_slice("1"), _slice("1", None, "9")),
            cannot="annotation 9 does not say who made it, so the readers of the series cannot be counted",
        ),
        Case(
            "as many as asked for have read a series, whoever else has",
            {"min": 1, "max": 2, "per": "series"},
            (_slice("1"), _slice("1", None, "9")),
        ),
    )
