"""The rule ``class-balance``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from guidelint.annotation.task_facts import TaskFacts
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.evidence import Quantity, in_percent
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import Ratio, Sample, Share
from guidelint.validation.rule.parameters.bound import SHARE_OF_CLASS, Lower, Upper
from guidelint.validation.rule.parameters.naming import ClassName
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import beyond, both, bounds, either, number, times
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Share as ShareOf

Of = Literal["regions", "submissions"]
WORK = "Find out what is missing or too much in the images, or in what was marked on them."
LEAST_HALF = {"shares": {"a": {"min": 0.5}}, "from_count": 1}
DONE = (TaskFacts("1", annotations=1), TaskFacts("2", skipped=1), TaskFacts("3", unread=1))


def _handed(*classes: str) -> tuple[Handed, ...]:
    """Make a submission for each text, with a region for each letter, which is its class."""
    return tuple(
        Handed(task=str(task), draws=tuple(Drawn(text="#", class_name=name) for name in letters))
        for task, letters in enumerate(classes, 1)
    )


class ShareLimits(BaseModel):
    """Between which limits the share of a class lies."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    min: Annotated[Share, Lower(SHARE_OF_CLASS)] | None = None
    """Least share, 1 being all."""
    max: Annotated[Share, Upper(SHARE_OF_CLASS)] | None = None
    """Largest share, 1 being all."""

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("give `min`, `max`, or both: without a limit every share is right")
        return self

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """Both limits in percent."""
        least, most = (None if end is None else times(100, end) for end in (self.min, self.max))
        return least, most


@dataclass(frozen=True, slots=True)
class Counted:
    """What one submission has of each class, or how far a task is."""

    classes: dict[str, int]
    """Class → regions."""
    is_task: bool
    """Whether it tells of a task, and not of a submission."""
    is_unfinished: bool
    """Whether nobody has annotated or skipped the task."""


class ClassBalance(GatheringRule[Counted]):
    """Every class has its share.

    ## Why
    What a model hardly sees, it does not learn, and a test with three cysts says nothing about cysts. A share that is
    far from what is known of the patients means that a class was mistaken for another, or forgotten.

    ## How it is measured
    Regions are counted by class, or submissions with a region of the class, among all regions or submissions, skipped
    ones left out; several readers of one task count each. For the imbalance, the most frequent class is compared with
    the rarest of those that have a share here, or of all classes. Of few, shares say little: they are
    judged from a number of regions or submissions on, and when every task is annotated or skipped, which is the
    hand-over. Before that, a share beyond its limits cannot be told, and one within them passes.

    ## Source
    A choice of this catalogue.
    """

    shares: dict[ClassName, ShareLimits] = {}
    """Class → limits of its share; for a target, the least and the most that will do."""
    max_imbalance: Ratio | None = None
    """So many times as frequent as the rarest class the most frequent one may be."""
    of: Of = "regions"
    """What is counted: ``regions``, or ``submissions`` with a region of the class."""
    from_count: Sample = 100
    """So many regions or submissions must there be, unless every task is done."""
    titles: ClassTitles = {}
    """The classes as annotators see them: class → title."""

    contribution = Counted
    counts_alike = True
    revision = 2
    scope = DELIVERY
    says = {
        "too-rare": Says("of {total} {of}, {share} {are} {what}; at least {limit} is asked for", WORK),
        "too-frequent": Says("of {total} {of}, {share} {are} {what}; at most {limit} may be", WORK),
        "imbalance": Says("{most} stands against {fewest}, {ratio} as many; {limit} as many may be", WORK),
        "none-beside": Says("{most} stands against {fewest}; {allowed} as many may be", WORK),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Of all {self.of}, {both(self._asked(names))}; this is looked at {self._when()}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"of all {self.of}, {either(self._broken(names))} {self._when()}"

    def _when(self) -> str:
        return f"from {self.from_count} {self.of} on, and when every task is done"

    def _asked(self, names: Names) -> Iterator[str]:
        for name, limits in self.shares.items():
            yield f"{names.class_(name)} is {bounds(*limits.ends, '%')}"
        if self.max_imbalance is not None:
            yield f"no class is more than {number(self.max_imbalance)} times as frequent as another"

    def _broken(self, names: Names) -> Iterator[str]:
        for name, limits in self.shares.items():
            yield f"{names.class_(name)} is {beyond(*limits.ends, '%')}"
        if self.max_imbalance is not None:
            yield f"a class is more than {number(self.max_imbalance)} times as frequent as another"

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        if not self.shares and self.max_imbalance is None:
            raise ValueError("give `shares`, `max_imbalance`, or both: without a limit every balance is right")
        return self

    def gather(self, share: ShareOf) -> Iterator[Gathered[Counted]]:
        """Count the regions of each class."""
        classes = Counter(region.class_name for region in share.regions if region.class_name is not None)
        yield Gathered(Counted(dict(classes), is_task=False, is_unfinished=False))

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[Counted]]:
        """Tell whether a task is done."""
        yield Gathered(Counted({}, is_task=True, is_unfinished=not (task.annotations or task.skipped or task.unread)))

    def check_gathered(self, contributions: Sequence[Contributed[Counted]]) -> Iterator[Reply]:
        """Add all up, and compare."""
        counts: Counter[str] = Counter()
        submissions = 0
        has_tasks = has_unfinished = False
        for one in contributions:
            for name, count in one.value.classes.items():
                counts[name] += one.times * (count if self.of == "regions" else 1)
            has_tasks = has_tasks or one.value.is_task
            has_unfinished = has_unfinished or one.value.is_unfinished
            submissions += one.times * (not one.value.is_task)
        total = counts.total() if self.of == "regions" else submissions
        if not total:
            yield CannotTell(f"there are no {self.of}, so that no class has a share", ())
            return
        departures = list(self._compare(counts, total))
        if total >= self.from_count or (has_tasks and not has_unfinished):
            yield from departures
        elif departures:
            yield CannotTell(f"there are {total} {self.of} so far; the balance is judged {self._when()}", ())

    def _compare(self, counts: Mapping[str, int], total: int) -> Iterator[Departure]:
        for kind, name, limit in self._beyond(counts, total):
            yield self.departs(
                kind,
                about=name,
                total=total,
                of=self.of,
                share=in_percent(counts.get(name, 0) / total),
                are="are" if self.of == "regions" else "show",
                what=self.titles.get(name, name),
                limit=in_percent(limit),
            )
        compared = {name: counts.get(name, 0) for name in self.shares} or counts
        if self.max_imbalance is not None and compared:
            yield from self._imbalance(compared, self.max_imbalance)

    def _imbalance(self, compared: Mapping[str, int], allowed: float) -> Iterator[Departure]:
        names = sorted(compared)  # of classes as frequent as each other the first is told
        most, fewest = max(names, key=lambda name: compared[name]), min(names, key=lambda name: compared[name])
        if compared[most] <= times(allowed, compared[fewest]):
            return
        shown: dict[str, Evidence] = {
            place: f"{self.titles.get(name, name)} ({compared[name]})"
            for place, name in (("most", most), ("fewest", fewest))
        }
        if compared[fewest]:
            shown["ratio"] = Quantity(compared[most] / compared[fewest], "times")
            shown["limit"] = Quantity(allowed, "times")
        else:
            shown["allowed"] = f"{number(allowed)} times"
        kind = "imbalance" if compared[fewest] else "none-beside"
        yield Departure(kind, shown, about=f"{most}\x1f{fewest}")

    def _beyond(self, counts: Mapping[str, int], total: int) -> Iterator[tuple[str, str, float]]:
        """Find the classes beyond a limit of theirs: how, which, and the limit."""
        for name, limits in self.shares.items():
            count = counts.get(name, 0)
            if limits.min is not None and count < times(limits.min, total):
                yield "too-rare", name, limits.min
            elif limits.max is not None and count > times(limits.max, total):
                yield "too-frequent", name, limits.max

    cases = (
        Case("as many of a class as are asked for", LEAST_HALF, _handed("ab")),
        Case(
            "too few of a class",
            LEAST_HALF,
            _handed("abb"),
            finds="of 3 regions, 33.3 % are a; at least 50 % is asked for",
        ),
        Case("as many of a class as may be", {"shares": {"a": {"max": 0.5}}, "from_count": 1}, _handed("ab")),
        Case(
            "too many of a class",
            {"shares": {"a": {"max": 0.5}}, "titles": {"a": "Cyst"}, "from_count": 1},
            _handed("aab"),
            finds="of 3 regions, 66.7 % are Cyst; at most 50 % may be",
        ),
        Case(
            "a class that nobody marked, beside one that is marked enough",
            {"shares": {"a": {"min": 0.1}, "b": {"min": 0.1, "max": 1.0}}, "from_count": 1},
            _handed("bb"),
            finds="of 2 regions, 0 % are a; at least 10 % is asked for",
        ),
        Case(
            "submissions with a class",
            {"shares": {"a": {"min": 0.5}}, "of": "submissions", "from_count": 2},
            _handed("aab", ""),
        ),
        Case(
            "too few submissions with a class",
            {"shares": {"a": {"min": 0.5}}, "of": "submissions", "from_count": 3},
            _handed("aab", "", "b"),
            finds="of 3 submissions, 33.3 % show a",
        ),
        Case("three times as many", {"max_imbalance": 3, "from_count": 1}, _handed("aaab")),
        Case(
            "four times as many",
            {"max_imbalance": 3, "titles": {"a": "Cyst"}, "from_count": 1},
            _handed("aaaaaaaabb"),
            finds="Cyst (8) stands against b (2), 4 times as many; 3 times as many may be",
        ),
        Case(
            "a class that nobody marked, where it has a share",
            {"shares": {"a": {"max": 1.0}, "b": {"min": 0.0}}, "max_imbalance": 3, "from_count": 1},
            _handed("aac"),
            finds="a (2) stands against b (0); 3 times as many may be",
        ),
        Case("nothing marked", {"max_imbalance": 3}, _handed(""), cannot="there are no regions, so that no class"),
        Case("nothing marked in any submission", {"max_imbalance": 3, "of": "submissions"}, _handed("")),
        Case(
            "too few to judge so far",
            {"shares": {"a": {"min": 0.5}}},
            _handed("b"),
            cannot="there are 1 regions so far; the balance is judged from 100 regions on, and when every task is done",
        ),
        Case(
            "too few to judge while a task is to be done",
            {"shares": {"a": {"min": 0.5}}, "from_count": 2},
            _handed("b"),
            cannot="there are 1 regions so far",
            tasks=(*DONE, TaskFacts("4")),
        ),
        Case("few, but right so far", {"shares": {"a": {"min": 0.5}}}, _handed("a")),
        Case(
            "few, at hand-over",
            {"shares": {"a": {"min": 0.5}}, "from_count": 2},
            _handed("b"),
            finds="of 1 regions, 0 % are a",
            tasks=DONE,
        ),
    )
