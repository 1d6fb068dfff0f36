"""The rule ``derived-from-time-points``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.imaging.facts import ImageFacts
from guidelint.validation.derivation import Derivation, Sources
from guidelint.validation.deriving.from_told import Told
from guidelint.validation.deriving.over_time import AtStudy, by_time_point, contributed_at, days_of
from guidelint.validation.deriving.pieces import Pieces, pieces_of
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.told_of_several import ListedTimePoints, ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Value
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive:` of a question of a patient that asks for nothing but what is so at any time point (`ever:`)"
_SOURCES: list[dict[str, Any]] = [
    {
        "question": "response",
        "derivation": {
            "how": "worst-of",
            "terms": [{"question": "seen", "required": True}],
            "steps": ["ne", "pd", "sd", "pr", "cr"],
        },
    }
]
_OPEN = {**_SOURCES[0]["derivation"], "terms": [{"question": "seen"}]}
_RESPONSE = {"question": "response", "required": True}


def _again(option: str, *others: str) -> dict[str, Any]:
    """Ask for a response that another confirms four weeks later."""
    answer = {"response": [option, *others]}
    return {"ever": {"answer": answer, "later": {"answer": answer, "days": {"at_least": 28.0}}}}


_BEST: dict[str, Any] = {
    "attribute": "best",
    "derivation": {
        "how": "first-of",
        "terms": [_RESPONSE],
        "first_of": [
            {"option": "cr", "criteria": _again("cr")},
            {"option": "pr", "criteria": _again("cr", "pr")},
            {
                "option": "sd",
                "criteria": {
                    "ever": {"answer": {"response": ["cr", "pr", "sd"]}, "days_since_baseline": {"at_least": 42.0}}
                },
            },
            {"option": "pd", "criteria": {"ever": {"answer": {"response": ["pd"]}}}},
            {"option": "ne"},
        ],
    },
    "sources": _SOURCES,
}
_FIRST_GROWS: dict[str, Any] = {
    **_BEST,
    "attribute": "course",
    "derivation": {
        "how": "first-of",
        "terms": [_RESPONSE],
        "first_of": [
            {
                "option": "lasting",
                "criteria": {
                    "ever": {
                        "answer": {"response": ["cr"]},
                        "later": {"which": "every", "answer": {"response": ["cr"]}},
                        "earlier": {"which": "last", "answer": {"response": ["pr"]}},
                    }
                },
            },
            {
                "option": "back",
                "criteria": {
                    "ever": {
                        "answer": {"response": ["pd"]},
                        "earlier": {"answer": {"response": ["cr"]}, "days": {"above": 20.0}, "which": "first"},
                    }
                },
            },
            {"option": "other"},
        ],
    },
}


def _read(day: date | None, seen: Value | None, *, point: str | None = None, by: str | None = "ann") -> Handed:
    """Hand in one image of a visit, and which response was seen there."""
    image = ImageFacts(patient="P-1", study_uid=f"1.{day or point}", study_date=day, time_point=point)
    return Handed(
        draws="", task=f"{day or point}", image=image, answers={} if seen is None else {"seen": seen}, annotator=by
    )


def _visits(*seen: Value | None, days: int = 28) -> tuple[Handed, ...]:
    """Hand in visits so many days apart, the first of which is the baseline."""
    first = date(2026, 1, 1).toordinal()
    return tuple(_read(date.fromordinal(first + days * at), one) for at, one in enumerate(seen))


class DerivedFromTimePoints(ToldOfSeveral[AtStudy]):
    """An answer that follows from all time points of a patient together is told.

    ## Why
    The best response of a trial is one for each patient, picked out of all time points by hand, with a calendar beside
    it: was the response there four weeks later, had six weeks gone by when it was stable? Whoever does so for a
    hundred patients counts a response that nothing confirmed.

    ## How it is measured
    As `derive:` of the question says, from answers that are told at each time point of the patient
    ([derived-at-time-points](derived-at-time-points.md)): criteria hold that hold at any of them (`ever:`), where an
    answer of an earlier or a later one may be asked for as well, so many days apart. Of the baseline, nothing that
    follows from a change counts. The day of a time point is that of its first study. Where one time point cannot be
    told, criteria decide as far as the others can. Of a patient with one time point nothing is told.

    Nobody enters the value: it is told once all tasks of the patient are in, and decides nothing, unless an escalation
    names it (`answer-escalates`). Where nothing follows, a note says why. Where an escalation names it, the patient is
    then not accepted: whether it escalates is not known.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026), section 4.4 and table 3: the best overall
    response, where a response must be confirmed at least four weeks later.
    """

    derivation: Annotated[Derivation, From("attributes.*.from_time_points", given=_GIVEN, fills_in=True)] = Derivation(
        how="first-of"
    )
    """How it follows."""
    sources: Annotated[Sources, From("attributes.*.sources", given=_GIVEN, fills_in=True)] = ()
    """Answers told of the patient and its studies from which it follows, each after those that its own follows from."""
    time_points: ListedTimePoints = ()
    """Time points in the order in which they come; none: as their days tell."""

    contribution = AtStudy
    compares_time_points = True
    follows = "attributes.*.from_time_points"
    says = says_what_follows()

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        return f"{sources_told(self.derivation, names)} at all time points"

    def gather(self, share: Share) -> Iterator[Gathered[AtStudy]]:
        """Contribute what counts at each study."""

        def pieces(of_study: Share) -> Pieces:
            return pieces_of(self.derivation, self.sources, of_study, self.known_titles)

        yield from map(Gathered, contributed_at(share, pieces))

    def follows_from(self, contributed: Sequence[AtStudy]) -> Iterator[Reply]:
        """Tell what follows, seen from the last time point."""
        told = Told(by_time_point(contributed, self.time_points), self.known_titles, days_of(contributed))
        if len(told.points) > 1:
            *_, (_, follows) = told.answers(self.derivation, self.sources)
            yield from self.tells(follows, self.derivation.unit)

    cases = (
        Case(
            "confirmed four weeks later",
            {
                **_BEST,
                "titles": {"pr": "Partial response"},
                "question_titles": {"response": "Response"},
                "option_titles": {"response": {"pr": "PR", "cr": "CR"}},
            },
            _visits("ne", "pr", "cr", "pd"),
            finds="best is Partial response: at 2026-01-29 Response PR and at 2026-02-26, 28\N{NO-BREAK SPACE}"
            "days later, Response CR",
        ),
        Case(
            "a day too early, and stable for long enough",
            {**_BEST, "title": "Best response", "values": ["sd"]},
            _visits("ne", "pr", "pr", "pd", days=27),
            finds="Best response is sd: at 2026-02-24 response pr and 54\N{NO-BREAK SPACE}days since 2026-01-01",
        ),
        Case("an answer that nobody else need see", {**_BEST, "values": ["sd"]}, _visits("ne", "pr", "pr")),
        Case(
            "not confirmed, and progressive before six weeks",
            _BEST,
            _visits("ne", "pr", "pd", days=14),
            finds="best is pd: at 2026-01-29 response pd",
        ),
        Case(
            "nothing else holds",
            _BEST,
            _visits("ne", "sd", "ne", days=14),
            finds="best is ne: nothing holds that leads to another answer",
        ),
        Case("one time point alone", _BEST, _visits("cr")),
        Case("the only one after the first", _BEST, _visits("ne", "pd"), finds="best is pd: at 2026-01-29 response pd"),
        Case(
            "a question that may be left open was, at a time point that might have confirmed",
            {**_BEST, "sources": [{**_SOURCES[0], "derivation": _OPEN}]},
            _visits("ne", "cr", None),
            finds="best does not follow: “response” does not follow: it follows from the answer to “seen”, which was"
            " left open",
        ),
        Case(
            "one time point cannot be told, and others decide",
            _BEST,
            _visits("ne", "cr", None, "cr"),
            finds="best is cr: at 2026-01-29 response cr and at 2026-03-26, 56\N{NO-BREAK SPACE}days later, response",
        ),
        Case(
            "one time point cannot be told, and it might have confirmed",
            _BEST,
            _visits("ne", "cr", None),
            cannot="it follows from the answer to “seen”, which is missing (task 2026-02-26)",
        ),
        Case(
            "the days are not known, and it depends on them",
            {**_BEST, "time_points": ["before", "after", "later"]},
            (_read(None, "ne", point="before"), _read(None, "cr", point="after"), _read(None, "cr", point="later")),
            cannot="the day of after is not known; deliver Study Date (0008,0020)",
        ),
        Case(
            "every later one, and the last before",
            _FIRST_GROWS,
            _visits("sd", "pr", "cr", "cr", "cr"),
            finds="course is lasting: at 2026-02-26 response cr, at 2026-01-29 response pr and at 2026-03-26 response"
            " cr and at 2026-04-23 response cr",
        ),
        Case(
            "the first before, if it lies far enough back",
            _FIRST_GROWS,
            _visits("cr", "sd", "pd", "sd"),
            finds="course is back: at 2026-02-26 response pd and at 2026-01-01, 56\N{NO-BREAK SPACE}days earlier,"
            " response cr",
        ),
        Case(
            "not the first before, and not every later one",
            _FIRST_GROWS,
            _visits("sd", "pr", "cr", "cr", "pd"),
            finds="course is other",
        ),
        Case(
            "nobody knows who has read it",
            _BEST,
            (_read(date(2026, 1, 1), "cr", by=None), _read(date(2026, 3, 1), "cr", by=None)),
            cannot="does not say who made it",
        ),
    )
