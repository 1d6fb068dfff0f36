"""The rule ``unique-region-ids``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure


class UniqueRegionIds(SubmissionRule):
    """No two regions of a submission share an id.

    ## Why
    Answers, parents and relations name a region by its id. With two of the same id nobody knows which one was rated.

    ## How it is measured
    Regions are grouped by id. Several answers about one region repeat its id and are one region; the same item twice
    is two regions. Regions without an id share none.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    fixed_because = "an answer that may be about either of two regions would be accepted"
    needs = frozenset({"region ids"})
    says = {
        "shared": Says(
            "{count} regions are stored as one and the same (id {id})",
            "Delete all but one and draw the others again. If you did not draw them, tell who imported them.",
            "Have all but one drawn again. If they were imported, give each its own id.",
        ),
    }

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Group by id."""
        groups: dict[str, list[Region]] = defaultdict(list)
        for region in submission.drawn:
            if region.id:
                groups[region.id].append(region)
        for name, regions in groups.items():
            if len(regions) > 1:
                yield self.departs("shared", *regions, count=len(regions), id=name)

    cases = (
        Case("two regions with two ids", {}, (Drawn(text="#..", id="a"), Drawn(text="..#", id="b"))),
        Case(
            "two regions with one id",
            {},
            (Drawn(text="#..", id="a"), Drawn(text="..#", id="a")),
            finds="2 regions are stored as one and the same (id a)",
        ),
        Case("two regions without an id", {}, (Drawn(text="#..", id=None), Drawn(text="..#", id=None))),
    )
