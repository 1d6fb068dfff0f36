"""The impact of another version on work in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import STANDARD_INPUT
from guidelint.checking.impact.differing import Differing
from guidelint.checking.impact.impact import impact
from guidelint.checking.input.inputs import inputs
from guidelint.checking.supplied import SuppliedError
from guidelint.imaging.given import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.impact.impact import Impact
    from guidelint.validation.judging.plan import Plan


def impact_on_files(old: Plan, new: Plan, arguments: Sequence[str], given: Given = NOTHING_GIVEN) -> Impact:
    """Tell which work changes its verdict. Raises SuppliedError where there is none."""
    sources, differing = inputs(arguments).sources, Differing(old.of_work, new.of_work)
    if differing.both is None and any(source.name == STANDARD_INPUT for source in sources):
        raise SuppliedError("the two versions read work differently, so that it is read twice: name a file, not `-`")
    found = impact(differing, sources, given)
    if not found.annotations and not found.changed:
        unread = f": {found.unread} records could not be read" if found.unread else ""
        raise SuppliedError(f"there is no work to judge in {', '.join(arguments)}{unread}")
    return found
