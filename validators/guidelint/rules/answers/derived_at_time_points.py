"""The rule ``derived-at-time-points``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.imaging.facts import ImageFacts
from guidelint.validation.derivation import Derivation, Sources
from guidelint.validation.deriving.from_told import Told
from guidelint.validation.deriving.over_time import AtStudy, by_time_point, contributed_at, days_of
from guidelint.validation.deriving.pieces import Pieces, pieces_of
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.told_of_several import AT_TIME_POINT, ListedTimePoints, ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Value
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive:` of a question of a patient that follows from a change"
_SUM: dict[str, Any] = {"how": "sum", "parts": [{"measured": "width", "classes": ["lesion"]}], "unit": "mm"}
_TARGET: dict[str, Any] = {
    "question": "target",
    "derivation": {"how": "sum"},
    "change": {
        "question": "sum",
        "derivation": _SUM,
        "bands": [
            {"option": "grown", "since_smallest": {"above": 0}},
            {"option": "stable", "since_smallest": {"at_most": 0}},
        ],
    },
}
_WORST: dict[str, Any] = {
    "how": "worst-of",
    "terms": [{"question": "found", "required": True}],
    "steps": ["no", "yes"],
}
_NEW: dict[str, Any] = {"question": "new", "derivation": _WORST}
_FIRST_OF: dict[str, Any] = {
    "how": "first-of",
    "terms": [{"question": "new", "required": True}, {"question": "target", "required": True}],
    "first_of": [
        {"option": "worse", "criteria": {"any_of": [{"answer": {"new": ["yes"]}}, {"answer": {"target": ["grown"]}}]}},
        {"option": "same"},
    ],
}
_OVERALL: dict[str, Any] = {"attribute": "overall", "derivation": _FIRST_OF, "sources": [_TARGET, _NEW]}


def _read(month: int, wide: int, *, found: Value | None = None, spaced: bool = True, by: str | None = "ann") -> Handed:
    """Hand in one image of a visit with an object so many pixels wide, and whether a new one was found."""
    image = ImageFacts(
        spacing=ONE_MM if spaced else None, patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1)
    )
    answers = {} if found is None else {"found": found}
    return Handed(draws=(Drawn(text="#" * wide),), task=str(month), image=image, answers=answers, annotator=by)


class DerivedAtTimePoints(ToldOfSeveral[AtStudy]):
    """An answer that follows at each time point of a patient from a change, and from others, is told.

    ## Why
    The response of a patient is read off a table: how the sum of the target lesions changed, what became of the others,
    whether a new lesion is there. Whoever looks it up by hand forgets the new lesion, or takes the row above.

    ## How it is measured
    At each time point after the first, as `derive:` of the question says, from answers told of the patient at that time
    point, and of its studies: studies of one time point count together, or of one day, as in
    [derived-change](derived-change.md). Points, sums, tables, the highest step and criteria take those answers as they
    take answers about one image. Where one that it depends on cannot be told, neither can this one: criteria decide as
    far as they can be told. Where one does not follow, since a question was left open, nothing follows at that time
    point, unless the others decide.

    Nobody enters the value: it is told once all tasks of the patient are in, and decides nothing, unless an escalation
    names it (`answer-escalates`): the patient escalates then, for each time point of that answer.

    Where nothing follows, a note says why. Where an escalation names it, the patient is then not accepted: whether it
    escalates is not known.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026), table 1: the overall response at a time point
    follows from that of target lesions, that of non-target lesions, and new lesions.
    """

    derivation: Annotated[Derivation, From("attributes.*.at_time_points", given=_GIVEN, fills_in=True)] = Derivation(
        how="sum"
    )
    """How it follows."""
    sources: Annotated[Sources, From("attributes.*.sources", given=_GIVEN, fills_in=True)] = ()
    """Answers told of the patient and its studies from which it follows, each after those that its own follows from."""
    time_points: ListedTimePoints = ()
    """Time points in the order in which they come; none: as their days tell."""

    contribution = AtStudy
    compares_time_points = True
    follows = "attributes.*.at_time_points"
    says = says_what_follows(AT_TIME_POINT)

    def told_of(self, names: Names) -> str:
        """Name the question, and of what it is told."""
        return f"{super().told_of(names)} at a time point"

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        return sources_told(self.derivation, names)

    def gather(self, share: Share) -> Iterator[Gathered[AtStudy]]:
        """Contribute what counts at each study."""

        def pieces(of_study: Share) -> Pieces:
            return pieces_of(self.derivation, self.sources, of_study, self.known_titles)

        yield from map(Gathered, contributed_at(share, pieces))

    def follows_from(self, contributed: Sequence[AtStudy]) -> Iterator[Reply]:
        """Tell what follows at each time point but the first."""
        told = Told(by_time_point(contributed, self.time_points), self.known_titles, days_of(contributed))
        for position, (point, follows) in enumerate(told.answers(self.derivation, self.sources)):
            if position:
                yield from self.tells(follows, self.derivation.unit, about=point, time_point=point, position=position)

    cases = (
        Case(
            "a new lesion, though the others are stable",
            {
                **_OVERALL,
                "titles": {"worse": "Worse"},
                "question_titles": {"new": "New lesion"},
                "option_titles": {"new": {"yes": "Yes"}},
            },
            (_read(1, 5, found="no"), _read(3, 5, found="yes")),
            finds="overall at 2026-03-01 is Worse: New lesion Yes",
        ),
        Case(
            "the change decides at each time point",
            {**_OVERALL, "values": ["worse"]},
            (_read(1, 5, found="no"), _read(3, 6, found="no"), _read(5, 5, found="no")),
            finds="overall at 2026-03-01 is worse: target grown",
        ),
        Case(
            "what somebody else must see is at no time point, and the first is none",
            {**_OVERALL, "values": ["worse"]},
            (_read(1, 5, found="yes"), _read(3, 5, found="no")),
        ),
        Case(
            "neither decides, and both are named",
            _OVERALL,
            (_read(1, 5, found="no"), _read(3, 5, found="no")),
            finds="overall at 2026-03-01 is same: nothing holds that leads to another answer "
            "(new no and target stable)",
        ),
        Case(
            "one answer cannot be told, and the other decides",
            _OVERALL,
            (_read(1, 5, found="no"), _read(3, 5, found="yes", spaced=False)),
            finds="overall at 2026-03-01 is worse: new yes",
        ),
        Case(
            "one answer cannot be told, and the other does not decide",
            _OVERALL,
            (_read(1, 5, found="no"), _read(3, 5, found="no", spaced=False)),
            cannot="(task 3)",
        ),
        Case(
            "a required answer is missing",
            _OVERALL,
            (_read(1, 5, found="no"), _read(3, 5)),
            cannot="it follows from the answer to “found”, which is missing (task 3)",
        ),
        Case(
            "a question that may be left open was",
            {
                **_OVERALL,
                "sources": [_TARGET, {**_NEW, "derivation": {**_NEW["derivation"], "terms": [{"question": "found"}]}}],
            },
            (_read(1, 5, found="no"), _read(3, 5)),
            finds=(
                "overall at 2026-03-01 does not follow: “new” does not follow: it follows from the answer to “found”,"
                " which was left open"
            ),
        ),
        Case(
            "time points in another order than the list",
            {**_OVERALL, "time_points": ["later", "2026-01-01"]},
            (_read(1, 5, found="no"), _read(3, 5, found="yes")),
            finds="overall at 2026-03-01 is worse",
        ),
        Case(
            "nobody knows who has read it",
            _OVERALL,
            (_read(1, 5, found="no", by=None), _read(3, 5, found="no", by=None)),
            cannot="does not say who made it",
        ),
    )
