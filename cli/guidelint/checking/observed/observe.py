"""Files of work, read twice: for the names that they use, and to measure everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.input.inputs import inputs
from guidelint.checking.input.submissions import submissions
from guidelint.checking.observed.measured import Measuring
from guidelint.checking.observed.names_seen import NOTHING_KNOWN, names_seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.observed.facts import Observed

NOTHING = "nothing is drawn in it: there is no work to look at"


def observe(arguments: Sequence[str]) -> Observed:
    """Measure all work in files and folders. Raises FormatError where one cannot be read, or holds none."""
    sources = inputs(arguments).sources
    seen = names_seen(one for one in submissions(sources, NOTHING_KNOWN) if not isinstance(one, PayloadError))
    if not seen.classes:
        raise FormatError(NOTHING)
    measuring = Measuring(seen)
    for one in submissions(sources, seen):
        measuring.add(one)
    return measuring.observed()
