"""The rule ``relation-endpoints-exist``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.submission import Relation, Submission
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


def _name(end: str) -> str:
    return end or "no id"


class RelationEndpointsExist(SubmissionRule):
    """Both ends of a relation are regions of the submission.

    ## Why
    A relation to a deleted region is a sentence with a missing word.

    ## How it is measured
    The two ids of each relation are looked up among the ids of the regions.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    needs = frozenset({"relations"})
    says = {
        "missing": Says(
            "a relation leads to a region that is not there (stored ids: from {start} to {end}; missing: {missing})",
            "Delete it under Relations, beside the list of regions. If the page stays empty, tell a manager.",
            "Take the relation out, or have the missing region drawn and the two related again.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "Both ends of every relation are regions that are there."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look both ends up."""
        regions = {region.id: region for region in submission.regions if region.id}
        for relation in submission.relations:
            ends = (relation.from_id, relation.to_id)
            missing = [end for end in ends if end not in regions]
            if missing:
                here = (regions[end] for end in ends if end in regions)
                start, end, absent = _name(relation.from_id), _name(relation.to_id), ", ".join(map(_name, missing))
                yield self.departs("missing", *here, start=start, end=end, missing=absent)

    cases = (
        Case(
            "both ends are there",
            {},
            (Drawn(text="#..", id="a"), Drawn(text="..#", id="b")),
            relations=(Relation("a", "b"),),
        ),
        Case(
            "the second end was deleted",
            {},
            Drawn(text="#..", id="a"),
            finds="from a to b; missing: b)",
            relations=(Relation("a", "b"),),
        ),
        Case(
            "an end without an id is none",
            {},
            (Drawn(text="#..", id="a"), Drawn(text="..#", id=None)),
            finds="missing: no id)",
            relations=(Relation("a", ""),),
        ),
        Case(
            "both ends were deleted",
            {},
            "",
            finds="from a to b; missing: a, b)",
            relations=(Relation("a", "b"),),
        ),
    )
