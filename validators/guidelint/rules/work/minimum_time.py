"""The rule ``minimum-time``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.annotation.refs import annotation_ref
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import ExceptionShare, Sample, Seconds
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.reply import CannotTell, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.rule.size import SHARE
from guidelint.validation.rule.wording import both, either, number, percent, times
from guidelint.validation.scopes.annotator import ANNOTATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Share as ShareOf

TWO = (Drawn(text="#.."), Drawn(text="..#"))
PROPOSED = Drawn(text="..#", origin="prediction")
NONE_FASTER = {"max_faster_fraction": 0, "min_submissions": 1}


def _handed(*lead_times_s: float | None, draws: tuple[Drawn, ...] = ()) -> tuple[Handed, ...]:
    return tuple(Handed(task=str(task), lead_time_s=time, draws=draws) for task, time in enumerate(lead_times_s, 1))


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a submission took, and what was done in it."""

    lead_time_s: float | None
    """None: not told."""
    drawn: int
    """Regions that were drawn by hand, or changed."""


class MinimumTime(GatheringRule[Pace]):
    """An annotator takes the time that the work takes.

    ## Why
    Nobody outlines a tumour in two seconds. Work that is done faster than it can be done was clicked through, copied,
    or made by a program, and looks like any other.

    ## How it is measured
    The time that the tool counted for each submission of an annotator (`lead_time` in Label Studio), skipped ones left
    out, is compared with a limit for a submission and with one for each region in it. A region that a model proposed
    and that nobody changed takes no time. The share of submissions that are faster is compared with what may be; a few
    submissions say little, so that an annotator with fewer is not found fault with, but cannot be told about if they
    are too fast so far. Where times are missing, it is told only what holds whatever they were.

    ## Source
    A choice of this catalogue; how fast is too fast depends on the work: look at the times of annotators who are
    trusted.
    """

    min_s: Annotated[Seconds, Lower("time of a submission")] | None = None
    """Least time in seconds for a submission."""
    min_s_per_region: Annotated[Seconds, Lower("time of a region")] | None = None
    """Least time in seconds for every region that is drawn or changed by hand."""
    max_faster_fraction: ExceptionShare = 0.1
    """Share of an annotator's submissions that may be faster, 1 being all of them."""
    min_submissions: Sample = 10
    """Submissions from which on an annotator is found fault with."""

    contribution = Pace
    revision = 2
    scope = ANNOTATOR
    needs = frozenset({"lead time"})
    says = {
        "too-fast": Says(
            "{count} of {all} submissions ({share}) took less than {least}; at most {limit} may: those on the tasks "
            "{tasks}",
            "Look at these before they are used, and ask how they were made.",
            names_all=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"A submission takes at least {both(self._limits())}; {self._slack()} may be faster."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"more than {self._slack()} take less than {either(self._limits())}"

    def _slack(self) -> str:
        return f"{percent(self.max_faster_fraction)} of somebody's submissions, once there are {self.min_submissions},"

    def _limits(self) -> Iterator[str]:
        if self.min_s is not None:
            yield f"{number(self.min_s)} s"
        if self.min_s_per_region is not None:
            yield f"{number(self.min_s_per_region)} s for every region"

    def gather(self, share: ShareOf) -> Iterator[Gathered[Pace]]:
        """Take the time, and how much was drawn in it."""
        drawn = sum(region.origin != "prediction" for region in each_once(share.regions))
        yield Gathered(Pace(share.submission.lead_time_s, drawn))

    def check_gathered(self, contributions: Sequence[Contributed[Pace]]) -> Iterator[Reply]:
        """Compare the share of faster submissions with what may be, whatever the missing times were."""
        total = untimed = 0
        faster = Several()
        for one in contributions:
            total += 1
            if one.value.lead_time_s is None:
                untimed += 1
            elif self._is_faster(one.value.lead_time_s, one.value.drawn):
                faster.add(annotation_ref(one.task, one.annotation), one.task)
        allowed = times(self.max_faster_fraction, total)
        if faster.count > allowed:
            yield self._too_fast(faster, total)
        elif faster.count + untimed > allowed:
            yield CannotTell(f"the time is not known of {untimed} of {total} submissions", ())

    def _is_faster(self, lead_time_s: float, drawn: int) -> bool:
        if self.min_s is not None and lead_time_s < self.min_s:
            return True
        return self.min_s_per_region is not None and lead_time_s < self.min_s_per_region * drawn

    def _too_fast(self, faster: Several, total: int) -> Reply:
        least = either(self._limits())
        if total < self.min_submissions:
            said = f"{faster.count} of {total} submissions so far took less than {least}"
            return CannotTell(f"{said}; annotators are judged from {self.min_submissions} submissions on", ())
        share, limit = SHARE.shown(faster.count / total), SHARE.shown(self.max_faster_fraction)
        return self.departs_by_each(
            "too-fast", faster, count=faster.count, all=total, share=share, least=least, limit=limit, tasks=faster.named
        )

    cases = (
        Case("as fast as a submission may be", {"min_s": 10, **NONE_FASTER}, _handed(10.0)),
        Case(
            "faster than a submission may be",
            {"min_s": 10, **NONE_FASTER},
            _handed(9.9),
            finds="1 of 1 submissions (100 %) took less than 10 s; at most 0 % may: those on the tasks 1",
        ),
        Case("as fast as two regions may be", {"min_s_per_region": 6, **NONE_FASTER}, _handed(12.0, draws=TWO)),
        Case(
            "faster than two regions may be",
            {"min_s_per_region": 6, **NONE_FASTER},
            _handed(11.9, draws=TWO),
            finds="1 of 1 submissions (100 %) took less than 6 s for every region; at most",
        ),
        Case(
            "slow enough for two regions, and too fast for a submission",
            {"min_s": 15, "min_s_per_region": 6, **NONE_FASTER},
            _handed(14.0, draws=TWO),
            finds="took less than 15 s or 6 s for every region",
        ),
        Case(
            "an image on which there is nothing to draw",
            {"min_s_per_region": 6, **NONE_FASTER},
            (Handed(lead_time_s=0.5),),
        ),
        Case(
            "proposals of a model, of which one was changed",
            {"min_s_per_region": 6, **NONE_FASTER},
            (Handed(lead_time_s=6.0, draws=(Drawn(text="#..", origin="prediction-changed"), PROPOSED)),),
        ),
        Case(
            "as many faster ones as may be",
            {"min_s": 10, "max_faster_fraction": 0.5, "min_submissions": 1},
            _handed(9.0, 10.0),
        ),
        Case(
            "one faster one more than may be",
            {"min_s": 10, "max_faster_fraction": 0.5, "min_submissions": 1},
            _handed(9.0, 9.0, 10.0),
            finds="2 of 3 submissions (66.7 %) took less than 10 s; at most 50 % may: those on the tasks 1 and 2",
        ),
        Case(
            "one of ten, where nothing else is set",
            {"min_s": 10},
            _handed(9.0, *9 * [10.0]),
        ),
        Case(
            "two of ten, where nothing else is set",
            {"min_s": 10},
            _handed(9.0, 9.0, *8 * [10.0]),
            finds="2 of 10 submissions (20 %) took less than 10 s; at most 10 % may: those on the tasks 1 and 2",
        ),
        Case(
            "two of nine, where nothing else is set: too few to find fault with",
            {"min_s": 10},
            _handed(9.0, 9.0, *7 * [10.0]),
            cannot="2 of 9 submissions so far took less than 10 s; annotators are judged from 10 submissions on",
        ),
        Case(
            "too fast in any case, whatever the missing time is",
            {"min_s": 10, "max_faster_fraction": 0.2, "min_submissions": 1},
            _handed(9.0, None, 11.0),
            finds="1 of 3 submissions (33.3 %) took less than 10 s; at most 20 % may",
        ),
        Case(
            "not too fast in any case, whatever the missing time is",
            {"min_s": 10, "max_faster_fraction": 0.5, "min_submissions": 1},
            _handed(None, 11.0),
        ),
        Case(
            "too fast only if the missing times were short",
            {"min_s": 10, "max_faster_fraction": 0.5, "min_submissions": 1},
            _handed(9.0, None, None, 11.0),
            cannot="the time is not known of 2 of 4 submissions",
        ),
        Case(
            "each annotator by themselves",
            {"min_s": 10, "max_faster_fraction": 0.5, "min_submissions": 1},
            (Handed(lead_time_s=9.0), Handed(annotator="bob", lead_time_s=11.0)),
            finds="1 of 1 submissions",
        ),
        Case(
            "it is not told who did it",
            {"min_s": 10, **NONE_FASTER},
            (Handed(annotator=None, lead_time_s=11.0),),
            cannot="does not say who made it",
        ),
    )
