"""The rule ``qualified``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.annotation.qualification import Qualification
from guidelint.validation.rule.beside import Beside
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names

NOBODY_KNOWN = "who has passed the exam of {} is not known here; hand over the results of the exam with the work"
NO_TIME = "it is not told when this was handed in, and the exam was passed on {}"
ONE_PERSON = "whether {} is {}, who has passed the exam, cannot be told; hand over both by the same id or address"
DO = "Pass the exam, or let somebody do this who has."
_FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
_LAST = datetime(2027, 1, 5, 9, tzinfo=UTC)


def _passed(**told: Any) -> Qualification:
    given: dict[str, Any] = {
        "guideline": "case",
        "version": "1.2.0",
        "role": "reader",
        "annotator": "ann",
        "passed_at": _FIRST,
    }
    return Qualification(**{**given, **told})


def _by(*qualifications: Qualification, at: datetime | None = _FIRST, draws: str = "#", **told: Any) -> Handed:
    return Handed(draws=draws, submitted_at=at, qualifications=qualifications, **told)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _moment(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def _addresses(*names: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if "@" in name)


def _are_ids(*names: str) -> bool:
    """Whether all are ids of users, which tell people apart."""
    return all(map(str.isdecimal, names))


class Qualified(SubmissionRule):
    """Whoever marks something has passed the exam for it.

    ## Why
    Who has not shown that they can tell a lesion from what looks like one teaches a model their mistakes, and nothing
    in an outline tells whose it is.

    ## How it is measured
    Each class that somebody marks is looked for among the exams that they had passed when they handed it in: of this
    guideline, of a version since which nobody need pass again, not expired, and for this class. Who marks nothing has
    said that nothing is there, and must have passed for some class where every class asks for it. Somebody is told by
    their id, or by their address where both sides know it; where one side knows the id alone and the other the address
    alone, and where one id stands with two addresses, whether it is one person cannot be told.

    ## Source
    Certification of annotators before they work, and again after a change of the protocol, is a choice of the
    guideline.
    """

    classes: Annotated[Classes, Concerned(), From("annotators.roles.*.of")] = ()
    """Classes that ask for the exam; none: all."""
    role: Annotated[Words, Beside(), From("annotators.roles.*.title")] = "annotators"
    """Whose exam it is."""
    guideline: Annotated[Words, From("name", given="the guideline", fills_in=True)] = ""
    """Whose exam counts, by the name of the guideline."""
    since: Annotated[Words, From("qualified_since", given="`calibration: again_after:`", fills_in=True)] = ""
    """First version under which it counts; left out: every version."""

    follows = "annotators.roles.*.exam"
    of_people = True
    needs = frozenset({"annotators"})
    says = {
        "not-passed": Says(
            "{annotator} has not passed the exam of {role} for {what}", DO, names_all=True, beyond_reach=True
        ),
        "again": Says(
            "{annotator} passed the exam of {role} for {what} under version {version}; from version {since} on it is "
            "to be passed again",
            DO,
            names_all=True,
            beyond_reach=True,
        ),
        "expired": Says(
            "that {annotator} passed the exam of {role} for {what} held until {until}; this was handed in at {time}",
            DO,
            names_all=True,
            beyond_reach=True,
        ),
        "later": Says(
            "{annotator} passed the exam of {role} for {what} at {passed}, after this was handed in at {time}",
            "Look at this once more, or let somebody do it who had passed.",
            names_all=True,
            beyond_reach=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Whoever {self._marks(names)} has passed the exam of {self._of()}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"somebody {self._marks(names)} who has not passed the exam of {self._of()}"

    def _marks(self, names: Names) -> str:
        classes = self.classes or names.concerned
        return f"marks any {names.kinds(classes)}" if classes else "works"

    def _of(self) -> str:
        return f"{self.role}, under version {self.since} or later" if self.since else self.role

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Look for each class that is marked among the exams that were passed."""
        marked = self._marked(submission)
        if self.classes and not marked:
            return
        if submission.annotator is None:
            yield CannotTell(NO_ANNOTATOR, ())
        elif submission.qualifications is None:
            yield CannotTell(NOBODY_KNOWN.format(self.role), ())
        else:
            own, perhaps = self._theirs(submission)
            for name, regions in marked.items() or ((None, ()),):
                yield from self._judge(submission, name, regions, own, perhaps)

    def _marked(self, submission: Submission) -> Mapping[str, tuple[Region, ...]]:
        names = dict.fromkeys(region.class_name for region in submission.regions)
        asked = (name for name in names if name is not None and (not self.classes or name in self.classes))
        return {name: submission.of_class(name) for name in asked}

    def _theirs(self, submission: Submission) -> tuple[list[Qualification], list[Qualification]]:
        """Find the exams that the annotator passed, and those of which that cannot be told."""
        own: list[Qualification] = []
        perhaps: list[Qualification] = []
        ours = _addresses(submission.annotator or "", submission.annotator_name)
        for one in submission.qualifications or ():
            theirs = _addresses(one.annotator, one.annotator_name)
            if one.guideline != self.guideline:
                continue
            if ours & theirs:
                own.append(one)
            elif one.annotator == submission.annotator:
                (perhaps if ours and theirs else own).append(one)
            elif bool(ours) != bool(theirs) and not _are_ids(one.annotator, submission.annotator or ""):
                perhaps.append(one)
        return own, perhaps

    def _judge(
        self,
        submission: Submission,
        name: str | None,
        regions: tuple[Region, ...],
        own: Sequence[Qualification],
        perhaps: Sequence[Qualification],
    ) -> Iterator[Reply]:
        reply = self._of_class(submission, name, regions, own)
        if reply is None:
            return
        other = next((one for one in perhaps if self._of_class(submission, name, regions, [one]) is None), None)
        if other is not None:
            us, them = submission.annotator_name or submission.annotator, other.annotator_name or other.annotator
            yield CannotTell(ONE_PERSON.format(us, them), regions)
        else:
            yield reply

    def _of_class(
        self, submission: Submission, name: str | None, regions: tuple[Region, ...], passed: Sequence[Qualification]
    ) -> Reply | None:
        """Tell what is lacking for a class; None: nothing is."""
        what = regions[0].class_title if regions else "anything"
        told: dict[str, Any] = {"role": self.role, "what": what, "annotator": (str(submission.annotator),)}
        fitting = [one for one in passed if name is None or one.holds_for(name)]
        counted = [one for one in fitting if _numbers(one.version) >= _numbers(self.since)]
        if not counted:
            return self._not_counted(regions, fitting, told)
        time = submission.updated_at or submission.submitted_at
        if time is None:
            return CannotTell(NO_TIME.format(_moment(min(one.passed_at for one in counted))), regions)
        if any(one.holds_at(time) for one in counted):
            return None
        told["time"] = _moment(time)
        ends = [one.valid_until for one in counted if one.valid_until is not None and one.valid_until <= time]
        if ends:
            return self.departs("expired", *regions, until=_moment(max(ends)), **told)
        return self.departs("later", *regions, passed=_moment(min(one.passed_at for one in counted)), **told)

    def _not_counted(
        self, regions: tuple[Region, ...], fitting: Sequence[Qualification], told: Mapping[str, Any]
    ) -> Departure:
        if not fitting:
            return self.departs("not-passed", *regions, **told)
        last = max((one.version for one in fitting), key=_numbers)
        return self.departs("again", *regions, version=last, since=self.since, **told)

    cases = (
        Case("who has passed", {"guideline": "case"}, (_by(_passed()),)),
        Case(
            "who has not passed",
            {"guideline": "case", "role": "Reader"},
            (_by(_passed(annotator="bob")),),
            finds="ann has not passed the exam of Reader for lesion",
        ),
        Case(
            "the exam of another guideline",
            {"guideline": "case"},
            (_by(_passed(guideline="other")),),
            finds="ann has not passed",
        ),
        Case(
            "an exam for another class",
            {"guideline": "case"},
            (_by(_passed(classes=("cyst",))),),
            finds="ann has not passed the exam of annotators for lesion",
        ),
        Case("a class that asks for no exam", {"guideline": "case", "classes": ["cyst"]}, (_by(),)),
        Case(
            "a class whose own pass mark was not reached",
            {"guideline": "case", "classes": ["lesion"]},
            (_by(_passed(not_for=("lesion",))),),
            finds="ann has not passed",
        ),
        Case(
            "each class by itself",
            {"guideline": "case"},
            (
                Handed(
                    draws=(Drawn(text="#.."), Drawn(text="..#", class_name="cyst")),
                    submitted_at=_FIRST,
                    qualifications=(_passed(classes=("cyst",)),),
                ),
            ),
            finds="for lesion",
        ),
        Case("who has passed and says that nothing is there", {"guideline": "case"}, (_by(_passed(), draws=""),)),
        Case(
            "who has not passed and says that nothing is there",
            {"guideline": "case"},
            (_by(draws=""),),
            finds="ann has not passed the exam of annotators for anything",
        ),
        Case(
            "who marks nothing where only some classes ask for it",
            {"guideline": "case", "classes": ["lesion"]},
            (_by(draws=""),),
        ),
        Case(
            "a mark without a class",
            {"guideline": "case", "classes": ["lesion"]},
            (Handed(draws=Drawn(text="#", class_name=None), submitted_at=_FIRST, qualifications=()),),
        ),
        Case(
            "a version since which nobody need pass again",
            {"guideline": "case", "since": "1.2.0"},
            (_by(_passed()),),
        ),
        Case(
            "a version after which everybody passes again",
            {"guideline": "case", "since": "1.10.0"},
            (_by(_passed(), _passed(version="1.9.0"), _passed(version="1.1.0")),),
            finds="lesion under version 1.9.0; from version 1.10.0 on it is to be passed again",
        ),
        Case(
            "handed in while it held",
            {"guideline": "case"},
            (_by(_passed(valid_until=_LAST), at=_LAST.replace(hour=8)),),
        ),
        Case(
            "handed in as it expired",
            {"guideline": "case"},
            (_by(_passed(valid_until=_LAST.replace(year=2026, month=2)), _passed(valid_until=_LAST), at=_LAST),),
            finds="for lesion held until 2027-01-05 09:00; this was handed in at 2027-01-05 09:00",
        ),
        Case(
            "handed in before it was passed",
            {"guideline": "case"},
            (
                _by(
                    _passed(passed_at=_LAST),
                    _passed(passed_at=_LAST.replace(hour=10), valid_until=_LAST.replace(hour=11)),
                ),
            ),
            finds="lesion at 2027-01-05 09:00, after this was handed in at 2026-01-05 09:00",
        ),
        Case(
            "passed once more",
            {"guideline": "case"},
            (_by(_passed(valid_until=_FIRST), _passed(passed_at=_FIRST)),),
        ),
        Case(
            "it is not told when it was handed in",
            {"guideline": "case"},
            (_by(_passed(passed_at=_LAST), _passed(), _passed(passed_at=_LAST), at=None),),
            cannot="it is not told when this was handed in, and the exam was passed on 2026-01-05 09:00",
        ),
        Case(
            "nobody's exam is known",
            {"guideline": "case", "role": "Reader"},
            (Handed(draws="#", submitted_at=_FIRST),),
            cannot="who has passed the exam of Reader is not known here",
        ),
        Case(
            "it is not told who did it",
            {"guideline": "case"},
            (_by(_passed(), annotator=None),),
            cannot="does not say who made it",
        ),
        Case(
            "the same address, on another server",
            {"guideline": "case"},
            (
                _by(
                    _passed(annotator="7", annotator_name="Ann@example.org"),
                    annotator="3",
                    annotator_name="ann@example.org",
                ),
            ),
        ),
        Case(
            "the address alone, where the id is known as well",
            {"guideline": "case"},
            (_by(_passed(annotator="7", annotator_name="ann@example.org"), annotator="ann@example.org"),),
        ),
        Case(
            "the same id with another address",
            {"guideline": "case"},
            (
                _by(
                    _passed(annotator="7", annotator_name="ann@example.org"),
                    annotator="7",
                    annotator_name="bob@example.org",
                ),
            ),
            cannot="whether bob@example.org is ann@example.org, who has passed the exam, cannot be told",
        ),
        Case(
            "the same id, of which only one side knows the address",
            {"guideline": "case"},
            (_by(_passed(annotator="7"), annotator="7", annotator_name="ann@example.org"),),
        ),
        Case(
            "an id on one side and an address on the other",
            {"guideline": "case"},
            (_by(_passed(annotator="7"), annotator="ann@example.org"),),
            cannot="whether ann@example.org is 7, who has passed",
        ),
        Case(
            "another id, of which only one side knows the address",
            {"guideline": "case"},
            (_by(_passed(annotator="7"), annotator="8", annotator_name="bob@example.org"),),
            finds="annotator 8 has not passed",
        ),
        Case(
            "another address",
            {"guideline": "case"},
            (_by(_passed(annotator="bob@example.org"), annotator="ann@example.org"),),
            finds="ann@example.org has not passed",
        ),
        Case(
            "an address on the other side whose exam does not count anyway",
            {"guideline": "case", "since": "2.0.0"},
            (_by(_passed(annotator="ann@example.org"), annotator="7"),),
            finds="annotator 7 has not passed",
        ),
    )
